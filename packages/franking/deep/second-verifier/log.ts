import type { LogInclusion } from "../../src/bundle/types.ts";
import { type Finding, finding } from "./input.ts";
import type { Shown } from "./message-steps.ts";
import { openProof } from "./log-proof.ts";
import { hmac, leafHash, sha256 } from "./primitives.ts";
import { rootFrom } from "./merkle-path.ts";
import { unlessRefused } from "./refused.ts";
import { existedBy } from "./timestamp.ts";
import { equal, hex } from "./tls.ts";

const utf8 = new TextEncoder();

/** e2ee.md V8, for one message: its record in a batch, the batch in the log, the log under somebody else's clock. */
export function checkLog({ held, item, evidence }: Shown): { finding: Finding; existedBy: string | null } {
  const left = (reason: string) => ({ finding: finding("V8", [], [reason]), existedBy: null });
  const inclusion = held?.inclusion ?? null;
  if (inclusion === null) return left("log.not-yet");
  const { logKey, timestampRoots } = evidence.trust;
  if (logKey === null) return left("log.no-key");
  const leaf = leafOf(inclusion);
  const text = leaf === null ? null : openProof(leaf, inclusion.proof, logKey);
  const root = rootFrom(
    leafHash(item.ext.recHash),
    inclusion.batchIndex,
    inclusion.batchSize,
    inclusion.batchPath,
  );
  const isInBatch = root !== null && equal(root, inclusion.batchRoot);
  const stamped = text === null ? new Uint8Array() : sha256(utf8.encode(text));
  const times = inclusion.tokens.map((token) =>
    unlessRefused(() => existedBy(token, stamped, timestampRoots, evidence.now)),
  );
  const isBroken = text === null || !isInBatch;
  const earliest = times.flatMap((time) => time ?? []).toSorted((one, other) => one - other)[0];
  return {
    finding: finding("V8", [isBroken && "log.broken", times.includes(null) && "log.timestamp"]),
    existedBy: isBroken || times.includes(null) || earliest === undefined ? null : String(earliest),
  };
}

/** The leaf of the audit log that names this batch and no other, as the log holds it; null if the facts are about something else. */
function leafOf({ leafBody, leafSalt, batchRoot, batchSize }: LogInclusion): Uint8Array | null {
  const facts = objectOf(leafBody);
  const { at, id, kind, body } = facts;
  const named = JSON.stringify(inOrder(body ?? null));
  const isAbout =
    typeof at === "string" &&
    typeof id === "string" &&
    kind === "chat.batch" &&
    named === JSON.stringify({ root: hex(batchRoot), size: Number(batchSize) }) &&
    equal(utf8.encode(JSON.stringify(inOrder(facts))), leafBody);
  if (!isAbout) return null;
  const commitment = Buffer.from(hmac(leafSalt, leafBody)).toString("base64");
  return utf8.encode(JSON.stringify({ at, commitment, id, kind, v: 1 }));
}

function objectOf(json: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(json));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** RFC 8785: names in the order of their UTF-16 code units. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, held]) => [name, inOrder(held)]));
}
