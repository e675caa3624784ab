import type { ProviderRecords } from "../../src/bundle/types.ts";
import { nodeCrypto } from "../../src/crypto/node.ts";
import { encodeDer, readDer, TAG } from "../../src/timestamp/der.ts";
import { issueTimestamp } from "../../src/timestamp/issue.ts";
import { timestampRequest } from "../../src/timestamp/request.ts";
import { readTimestampResponse } from "../../src/timestamp/response.ts";
import type { Random } from "../../src/verify/testing/random.ts";
import { START } from "../../src/verify/testing/world.ts";
import type { Authorities, Chained } from "./authorities.ts";

/** A token over this text, at some minute of the hour after the conversation. */
export function stamp(random: Random, by: Chained, text: string): Uint8Array {
  const digest = nodeCrypto.sha256(new TextEncoder().encode(text));
  const nonce = random.bytes(16);
  const at = Number(START) + random.below(60) * 60_000;
  const answer = issueTimestamp(by, timestampRequest(digest, nonce), at);
  return withCertificates(readTimestampResponse(answer, { digest, nonce }), by.between);
}

/** Certificates in a token are not signed: anybody can put some beside the authority's. */
function withCertificates(token: Uint8Array, more: readonly Uint8Array[]): Uint8Array {
  const [type, explicit] = readDer(token, "token").children;
  const members = explicit?.children[0]?.children.map((one) =>
    one.tag === TAG.context0 ? encodeDer(TAG.context0, one.contents, ...more) : one.bytes,
  );
  if (type === undefined || members === undefined) throw new Error("a token has a type and contents");
  return encodeDer(TAG.sequence, type.bytes, encodeDer(TAG.context0, encodeDer(TAG.sequence, ...members)));
}

/** The records with up to two tokens over the log's checkpoint, and the certificates to trust for them. */
export function stampAll(
  random: Random,
  { good, bad }: Authorities,
  records: ProviderRecords,
): readonly [ProviderRecords, readonly Uint8Array[]] {
  const by = Array.from({ length: random.below(3) }, () => random.pick(random.below(8) === 0 ? bad : good));
  const [text = ""] = records.items.flatMap(({ inclusion }) => checkpointOf(inclusion?.proof ?? "") ?? []);
  const tokens = by.map((one) => stamp(random, one, text));
  const items = records.items.map((item) =>
    item.inclusion === null ? item : { ...item, inclusion: { ...item.inclusion, tokens } },
  );
  // The root as a rule, the authority's own certificate now and then.
  const roots = by.map(({ root, certificate }) => (random.below(4) === 0 ? certificate : root));
  const others = random.below(2) === 0 ? [] : good.map(({ root }) => root);
  return [{ ...records, items }, [...roots, ...others]];
}

/** The text that a log signed, out of its proof. */
export function checkpointOf(proof: string): string | null {
  const [, text] = proof.split("\n\n");
  return text === undefined ? null : `${text}\n`;
}
