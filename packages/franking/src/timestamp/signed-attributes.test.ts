import assert from "node:assert/strict";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { test } from "node:test";
import { CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2 } from "./attributes.ts";
import { createTimestampAuthority } from "./authority.ts";
import { type DerValue, encodeDer, encodeOid, oidOf, readDer, TAG } from "./der.ts";
import { issueTimestamp } from "./issue.ts";
import { timestampRequest } from "./request.ts";
import { readTimestampResponse } from "./response.ts";
import { verifyTimestamp } from "./verify.ts";

// What an authority could sign wrongly, and what somebody without its key could try with what it did sign.

const NOON = Date.UTC(2026, 5, 21, 12);
const authority = createTimestampAuthority("Example", { from: NOON - 86_400_000, to: NOON + 86_400_000 });
const asked = {
  digest: createHash("sha256").update("A red kite").digest(),
  nonce: new Uint8Array(8).fill(9),
};
const token = readTimestampResponse(
  issueTimestamp(authority, timestampRequest(asked.digest, asked.nonce), NOON),
  asked,
);
const key = createPrivateKey({ key: Buffer.from(authority.privateKey), format: "der", type: "pkcs8" });
const DATA = "1.2.840.113549.1.7.1";

test("attributes that are signed anew as they were verify", () => {
  assert.equal(codeOf(rebuilt({ resign: true })), "verified");
});

test("a token whose digest was corrected after its time was moved is refused by its signature", () => {
  const moved = Buffer.from(infoOf(token));
  moved.write("20260620120000Z", moved.indexOf("20260621120000Z"));
  const digest = encodeDer(TAG.octetString, createHash("sha256").update(moved).digest());
  const forged = rebuilt({ info: moved, attributes: replaced(MESSAGE_DIGEST, digest) });
  assert.equal(codeOf(forged), "timestamp.signature");
});

test("a token with any bit of its signature changed is refused", () => {
  const at = token.length - 10;
  for (let bit = 0; bit < 8; bit++)
    assert.equal(
      codeOf(token.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))),
      "timestamp.signature",
    );
});

test("attributes that say something else, or nothing, or say it twice, are refused although they are signed", () => {
  const otherHash = encodeDer(TAG.octetString, new Uint8Array(32));
  const otherCertificate = encodeDer(
    TAG.sequence,
    encodeDer(TAG.sequence, encodeDer(TAG.sequence, otherHash)),
  );
  const cases: ReadonlyArray<
    readonly [change: (of: readonly DerValue[]) => readonly Uint8Array[], code: string]
  > = [
    [replaced(CONTENT_TYPE, encodeOid(DATA)), "timestamp.malformed"],
    [without(CONTENT_TYPE), "timestamp.malformed"],
    [replaced(MESSAGE_DIGEST, otherHash), "timestamp.signature"],
    [without(MESSAGE_DIGEST), "timestamp.signature"],
    [replaced(SIGNING_CERTIFICATE_V2, otherCertificate), "timestamp.malformed"],
    [without(SIGNING_CERTIFICATE_V2), "timestamp.malformed"],
    [(of) => [...of, ...of.slice(0, 1)].map(({ bytes }) => bytes), "timestamp.malformed"],
    [() => [], "timestamp.malformed"],
  ];
  for (const [attributes, code] of cases) assert.equal(codeOf(rebuilt({ attributes, resign: true })), code);
});

test("a token with a second signature is refused", () => {
  assert.equal(codeOf(rebuilt({ signers: 2 })), "timestamp.malformed");
  assert.equal(codeOf(rebuilt({ signers: 0 })), "timestamp.malformed");
});

interface Changes {
  readonly info?: Uint8Array;
  readonly attributes?: (of: readonly DerValue[]) => readonly Uint8Array[];
  readonly resign?: boolean;
  readonly signers?: number;
}

/** The token with parts of it exchanged. */
function rebuilt(changes: Changes): Uint8Array {
  const parts = signedDataOf(token).children;
  const signer = parts.at(-1)?.children[0]?.children ?? [];
  const attributes = changes.attributes?.(signer[3]?.children ?? []) ?? [
    signer[3]?.contents ?? new Uint8Array(),
  ];
  const signature = changes.resign === true ? sign("sha256", encodeDer(TAG.set, ...attributes), key) : null;
  const newSigner = encodeDer(
    TAG.sequence,
    ...signer.slice(0, 3).map(({ bytes }) => bytes),
    encodeDer(TAG.context0, ...attributes),
    ...signer.slice(4, 5).map(({ bytes }) => bytes),
    signature === null ? (signer[5]?.bytes ?? new Uint8Array()) : encodeDer(TAG.octetString, signature),
  );
  const [type, content] = parts[2]?.children ?? [];
  const info = changes.info === undefined ? content?.contents : encodeDer(TAG.octetString, changes.info);
  const signedData = encodeDer(
    TAG.sequence,
    ...parts.slice(0, 2).map(({ bytes }) => bytes),
    encodeDer(
      TAG.sequence,
      type?.bytes ?? new Uint8Array(),
      encodeDer(TAG.context0, info ?? new Uint8Array()),
    ),
    ...parts.slice(3, -1).map(({ bytes }) => bytes),
    encodeDer(TAG.set, ...Array.from({ length: changes.signers ?? 1 }, () => newSigner)),
  );
  const contentType = readDer(token, "token").children[0]?.bytes ?? new Uint8Array();
  return encodeDer(TAG.sequence, contentType, encodeDer(TAG.context0, signedData));
}

function signedDataOf(bytes: Uint8Array): DerValue {
  const signedData = readDer(bytes, "token").children[1]?.children[0];
  assert.ok(signedData);
  return signedData;
}

function infoOf(bytes: Uint8Array): Uint8Array {
  return signedDataOf(bytes).children[2]?.children[1]?.children[0]?.contents ?? new Uint8Array();
}

function replaced(oid: string, value: Uint8Array): (of: readonly DerValue[]) => readonly Uint8Array[] {
  return (of) =>
    of.map((one) => {
      const [type] = one.children;
      return type !== undefined && oidOf(type) === oid
        ? encodeDer(TAG.sequence, type.bytes, encodeDer(TAG.set, value))
        : one.bytes;
    });
}

function without(oid: string): (of: readonly DerValue[]) => readonly Uint8Array[] {
  return (of) =>
    of.filter(({ children: [type] }) => type === undefined || oidOf(type) !== oid).map(({ bytes }) => bytes);
}

function codeOf(bytes: Uint8Array): unknown {
  try {
    verifyTimestamp(bytes, asked.digest, [authority.root], NOON);
    return "verified";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
