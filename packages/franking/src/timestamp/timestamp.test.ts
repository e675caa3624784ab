import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type AuthorityKeyType, createTimestampAuthority } from "./authority.ts";
import { issueTimestamp } from "./issue.ts";
import { timestampRequest } from "./request.ts";
import { readTimestampResponse } from "./response.ts";
import { verifyTimestamp } from "./verify.ts";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 5, 21, 12, 0, 0, 250);
const valid = { from: NOON - DAY, to: NOON + DAY };
const authority = createTimestampAuthority("Example Timestamps", valid);
const digestOf = (text: string): Uint8Array => createHash("sha256").update(text).digest();

for (const keyType of ["p256", "p384", "rsa2048", "ed25519"] as const satisfies AuthorityKeyType[]) {
  test(`a token of an authority with a ${keyType} key verifies and says when and by whom`, () => {
    const own = createTimestampAuthority("Example Timestamps", valid, keyType);
    const asked = { digest: digestOf("The 14:20 to Exeter"), nonce: new Uint8Array(8).fill(7) };
    const answer = issueTimestamp(own, timestampRequest(asked.digest, asked.nonce), NOON);
    const token = readTimestampResponse(answer, asked);
    const { at, accuracyMs, authority } = verifyTimestamp(token, asked.digest, [own.root], NOON);
    assert.deepEqual([at, accuracyMs, authority], [NOON, 1000, "CN=Example Timestamps"]);
    // The authority's own certificate may be pinned as well.
    assert.equal(verifyTimestamp(token, asked.digest, [own.certificate], NOON).at, NOON);
  });
}

test("whatever is stamped and whenever, the token verifies for it and for nothing else", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(
      bytes(32),
      fc.uint8Array({ minLength: 8, maxLength: 32 }),
      // Certificates keep whole seconds.
      fc.integer({ min: valid.from + 1000, max: valid.to - 1000 }),
      fc.nat(31),
      (digest, nonce, at, flipped) => {
        const answer = issueTimestamp(authority, timestampRequest(digest, nonce), at);
        const token = readTimestampResponse(answer, { digest, nonce });
        assert.equal(verifyTimestamp(token, digest, [authority.root], NOON + DAY).at, at);
        const other = digest.map((byte, index) => (index === flipped ? byte ^ 1 : byte));
        assert.throws(() => verifyTimestamp(token, other, [authority.root], NOON + DAY), {
          code: "timestamp.imprint",
        });
      },
    ),
    { numRuns: 25 },
  );
});

test("a request is refused before it is sent if its digest or nonce is too short", () => {
  assert.throws(() => timestampRequest(new Uint8Array(20), new Uint8Array(8)), { code: "timestamp.request" });
  assert.throws(() => timestampRequest(new Uint8Array(32), new Uint8Array(4)), { code: "timestamp.request" });
});

test("an answer to another request is refused", () => {
  const digest = digestOf("rain at noon");
  const nonce = new Uint8Array(8).fill(1);
  const answer = issueTimestamp(authority, timestampRequest(digest, nonce), NOON);
  const code = "timestamp.other-request";
  assert.throws(() => readTimestampResponse(answer, { digest, nonce: new Uint8Array(8).fill(2) }), { code });
  assert.throws(() => readTimestampResponse(answer, { digest: digestOf("sun at noon"), nonce }), { code });
});

test("a refusal says which reason the authority gave", () => {
  const asked = { digest: digestOf("snow"), nonce: new Uint8Array(8).fill(3) };
  const request = timestampRequest(asked.digest, asked.nonce);
  // SHA-256's OID ends in 1; 4 is SHA-224, which has shorter digests.
  const sha256 = Buffer.from("0609608648016503040201", "hex");
  request[Buffer.from(request).indexOf(sha256) + sha256.length - 1] = 4;
  assert.throws(() => readTimestampResponse(issueTimestamp(authority, request, NOON), asked), {
    code: "timestamp.refused",
    message: /badAlg/,
  });
  assert.throws(() => readTimestampResponse(issueTimestamp(authority, Uint8Array.of(1, 2), NOON), asked), {
    code: "timestamp.refused",
    message: /badDataFormat/,
  });
});
