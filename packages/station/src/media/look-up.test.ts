import assert from "node:assert/strict";
import { test } from "node:test";
import type { PictureHashes } from "@fairlead/matching";
import { lookupSchema } from "../banks/index.ts";
import { signalsOf } from "./look-up.ts";

const hash = (digit: string) => digit.repeat(64);
const picture: PictureHashes = {
  kind: "picture",
  format: "jpeg",
  frames: 1,
  hashed: [
    {
      frame: 0,
      width: 640,
      height: 480,
      full: { hash: hash("1"), quality: 90, exact: true },
      nn512: { hash: hash("2"), quality: 90, exact: true },
      probes: [
        { name: "flipplus1", hash: hash("3") },
        { name: "pad-1.3-3.9-1.3-1.3+rotate90", hash: hash("4"), unpadded: hash("5") },
      ],
    },
  ],
};
const digests = {
  size: 1,
  sha256: Buffer.alloc(32),
  sha1: Buffer.alloc(20),
  md5: Buffer.alloc(16),
};

test("every hash of a picture is asked as a platform could ask it, and a copy with a border says what it was without", () => {
  const signals = signalsOf(digests, picture);
  for (const signal of signals) assert.deepEqual(lookupSchema.parse(signal), signal);
  assert.deepEqual(signals.slice(3), [
    { kind: "pdq", value: hash("1"), semantics: "pdq/full" },
    { kind: "pdq", value: hash("2"), semantics: "pdq/nn512" },
    { kind: "pdq", value: hash("3"), semantics: "pdq/full", probe: "flipplus1" },
    {
      kind: "pdq",
      value: hash("4"),
      semantics: "pdq/full",
      probe: "pad-1.3-3.9-1.3-1.3+rotate90",
      unpadded: hash("5"),
    },
  ]);
});
