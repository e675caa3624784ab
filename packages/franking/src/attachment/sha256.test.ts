import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hexOf } from "../crypto/bytes.ts";
import { sha256Stream } from "./sha256.ts";

test("the examples of FIPS 180 come out", () => {
  const examples: ReadonlyArray<readonly [text: string, digest: string]> = [
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ];
  for (const [text, digest] of examples) {
    const hash = sha256Stream();
    hash.update(new TextEncoder().encode(text));
    assert.equal(hexOf(hash.digest()), digest);
  }
});

test("whatever the portions, the digest is node:crypto's", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (portions) => {
      const [ours, theirs] = [sha256Stream(), createHash("sha256")];
      for (const portion of portions) {
        ours.update(portion);
        theirs.update(portion);
      }
      assert.equal(hexOf(ours.digest()), theirs.digest("hex"));
    }),
    { numRuns: 300 },
  );
});
