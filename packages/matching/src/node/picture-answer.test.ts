import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { pictureAnswer } from "./picture-answer.ts";

const value = { hash: "0f".repeat(32), quality: 77, exact: true };
const answer = {
  kind: "picture",
  format: "jpeg",
  frames: 1,
  hashed: [
    {
      frame: 0,
      width: 20,
      height: 10,
      full: value,
      nn512: value,
      probes: [
        { name: "rotate90", hash: "f0".repeat(32) },
        { name: "pad-1", hash: "f0".repeat(32), unpadded: "0f".repeat(32) },
      ],
    },
  ],
};

test("an answer is taken as it is said", () => {
  assert.deepEqual(pictureAnswer(structuredClone(answer)), answer);
  const refused = pictureAnswer({ kind: "refused", code: "media.broken", message: "It ends too early." });
  assert.ok(
    refused.kind === "refused" && refused.code === "media.broken" && refused.message === "It ends too early.",
  );
});

test("a decoder that was taken over can say nothing but an answer", () => {
  const spoilt = [
    { ...answer, format: "svg" },
    { ...answer, hashed: Array.from({ length: 65 }, () => answer.hashed[0]) },
    { ...answer, hashed: [{ ...answer.hashed[0], full: { ...value, quality: 101 } }] },
    { ...answer, hashed: [{ ...answer.hashed[0], full: { ...value, hash: `${"0f".repeat(32)}\n` } }] },
    { ...answer, hashed: [{ ...answer.hashed[0], nn512: { ...value, exact: 1 } }] },
    { kind: "refused", code: "vault.opened", message: "x" },
    null,
  ];
  for (const words of spoilt) {
    const read = pictureAnswer(words);
    assert.ok(read.kind === "refused" && read.code === "media.broken", JSON.stringify(words));
  }
  fc.assert(fc.property(fc.jsonValue(), (words) => assert.equal(pictureAnswer(words).kind, "refused")));
});
