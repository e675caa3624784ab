import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { bytesOfHex, concatBytes, equalBytes, hexOf } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { FrankingError } from "../error.ts";
import { frankAad, tagFromAad } from "./aad.ts";
import {
  decodeContext,
  decodeFrank,
  decodeFrankExt,
  decodeFrankRecord,
  encodeContext,
  encodeFrank,
  encodeFrankExt,
  encodeFrankRecord,
} from "./frank.ts";
import { readPrivateMessage } from "./private-message.ts";
import { readTls } from "./reader.ts";
import { LABELS, signWithLabel, verifyWithLabel } from "./sign-with-label.ts";
import {
  decodeSignedHead,
  decodeSignedHeadTbs,
  decodeSubmitTbs,
  encodeSignedHead,
  encodeSignedHeadTbs,
  encodeSubmitTbs,
} from "./signed.ts";
import { tlsWriter } from "./writer.ts";

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const uint64 = fc.bigInt(0n, 2n ** 64n - 1n);
const text = fc.string({ unit: "grapheme", maxLength: 80 });
const some = fc.uint8Array({ maxLength: 90 });

function codec<T extends object>(
  name: string,
  records: fc.Arbitrary<T>,
  encode: (value: T) => Uint8Array,
  decode: (bytes: Uint8Array) => T,
) {
  const values = records.map((value) => ({ ...value }));
  return {
    name,
    comesBack: () => {
      fc.assert(fc.property(values, (value) => assert.deepEqual(decode(encode(value)), value)));
    },
    isStrict: () => {
      const change = fc.tuple(values, fc.nat(), fc.nat({ max: 255 }), some);
      fc.assert(
        fc.property(change, ([value, at, byte, random]) => {
          const bytes = encode(value);
          const index = at % bytes.length;
          const longer = concatBytes(bytes, Uint8Array.of(byte));
          for (const candidate of [bytes.with(index, byte), bytes.subarray(0, index), longer, random])
            assertRefusedOrSame(candidate);
        }),
      );
    },
  };
  function assertRefusedOrSame(candidate: Uint8Array): void {
    try {
      assert.ok(equalBytes(encode(decode(candidate)), candidate));
    } catch (error) {
      if (!(error instanceof FrankingError)) throw error;
      assert.equal(error.code, "wire.malformed");
    }
  }
}

const codecs = [
  codec(
    "a context",
    fc.record({ senderUri: text, roomUri: text, acceptedAt: uint64 }),
    encodeContext,
    decodeContext,
  ),
  codec(
    "a frank",
    fc.record({ serverFrank: digest, suite: fc.nat({ max: 65_535 }), signature: some }),
    encodeFrank,
    decodeFrank,
  ),
  codec(
    "a record",
    fc.record({
      roomSeq: uint64,
      frankingTag: digest,
      serverFrank: digest,
      ctxCommit: digest,
      ctHash: digest,
      submitSigHash: digest,
      epoch: uint64,
    }),
    encodeFrankRecord,
    decodeFrankRecord,
  ),
  codec(
    "an extension",
    fc.record({
      version: fc.constant(1 as const),
      roomSeq: uint64,
      prevHead: digest,
      recHash: digest,
      hubKid: fc.nat(),
    }),
    encodeFrankExt,
    decodeFrankExt,
  ),
  codec(
    "a submission",
    fc.record({
      roomUri: text,
      senderUri: text,
      deviceId: some,
      epoch: uint64,
      frankingTag: digest,
      ctHash: digest,
      clientTime: uint64,
      nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    }),
    encodeSubmitTbs,
    decodeSubmitTbs,
  ),
  codec(
    "a head",
    fc.record({ roomUri: text, roomSeq: uint64, head: digest, at: uint64 }),
    encodeSignedHeadTbs,
    decodeSignedHeadTbs,
  ),
  codec(
    "a signed head",
    fc.record({ roomUri: text, roomSeq: uint64, head: digest, at: uint64, signature: some }),
    encodeSignedHead,
    decodeSignedHead,
  ),
];

for (const { name, comesBack, isStrict } of codecs) {
  test(`${name} comes back as it was`, comesBack);
  test(`${name} has no second spelling, and nothing makes its reader crash`, isStrict);
}

test("lengths of vectors are those of RFC 9420, section 2.1.2, each in its shortest form only", () => {
  const lengths: ReadonlyArray<readonly [number, string]> = [
    [0, "00"],
    [37, "25"],
    [63, "3f"],
    [64, "4040"],
    [15_293, "7bbd"],
    [16_383, "7fff"],
    [16_384, "80004000"],
    [100_000, "800186a0"],
  ];
  for (const [length, prefix] of lengths) {
    const bytes = tlsWriter().vector(new Uint8Array(length)).bytes();
    assert.equal(hexOf(bytes.subarray(0, prefix.length / 2)), prefix);
    assert.equal(readTls(bytes, "it", (from) => from.vector()).length, length);
  }
  // What each claims, in a form that is too long or that does not exist, with exactly as many bytes behind it.
  const forms: ReadonlyArray<readonly [string, number]> = [
    ["4000", 0],
    ["4025", 0x25],
    ["403f", 0x3f],
    ["80000025", 0x25],
    ["80003fff", 0x3fff],
    ["c0", 0],
    ["c000000000000025", 0x25],
    ["c025", 0x25],
    ["bfffffff", 100],
    ["40", 0],
  ];
  for (const [form, length] of forms)
    assert.throws(
      () => readTls(concatBytes(hex(form), new Uint8Array(length)), "it", (from) => from.vector()),
      { code: "wire.malformed" },
      form,
    );
});

test("an extension of a version that does not exist yet is refused, not guessed at", () => {
  const ext = {
    version: 1,
    roomSeq: 1n,
    prevHead: new Uint8Array(32),
    recHash: new Uint8Array(32),
    hubKid: 1,
  } as const;
  for (const version of [0, 2, 255])
    assert.throws(() => decodeFrankExt(encodeFrankExt(ext).with(1, version)), { code: "wire.malformed" });
});

test("numbers and texts that do not fit are refused when they are written", () => {
  const wrong = { code: "wire.value" };
  assert.throws(() => tlsWriter().uint64(-1n), wrong);
  assert.throws(() => tlsWriter().uint64(2n ** 64n), wrong);
  assert.throws(() => tlsWriter().uint16(65_536), wrong);
  assert.throws(() => tlsWriter().fixed(new Uint8Array(31), 32), wrong);
  assert.throws(() => tlsWriter().text("\udc00"), wrong);
});

test("texts must be UTF-8, and keep a byte order mark", () => {
  for (const bytes of ["01ff", "03eda080", "02c0af"])
    assert.throws(() => readTls(hex(bytes), "it", (from) => from.text()), { code: "wire.malformed" });
  assert.equal(
    readTls(hex("04efbbbf61"), "it", (from) => from.text()),
    "\uFEFFa",
  );
});

test("the authenticated data is SafeAAD with the tag in it and nothing else", () => {
  const tag = Uint8Array.from({ length: 32 }, (_, index) => index);
  const aad = frankAad(tag);
  assert.equal(aad.length, 36);
  assert.equal(hexOf(aad), `23002020${hexOf(tag)}`);
  assert.deepEqual(tagFromAad(aad), tag);
  assert.throws(() => frankAad(tag.subarray(1)), { code: "frank.tag" });
  for (const other of [
    new Uint8Array(),
    aad.subarray(1),
    aad.subarray(0, 35),
    concatBytes(aad, Uint8Array.of(0)),
    aad.with(0, 0x24),
    aad.with(1, 1),
    aad.with(2, 0x21),
    aad.with(3, 0x1f),
    concatBytes(hex("4023002020"), tag),
    concatBytes(aad, aad),
  ])
    assert.equal(tagFromAad(other), null);
});

test("what stands in the clear in a PrivateMessage is read, and only in one", () => {
  const message = (version = 1, format = 2, type = 1) =>
    tlsWriter()
      .uint16(version)
      .uint16(format)
      .vector(Uint8Array.of(7, 7))
      .uint64(42n)
      .uint8(type)
      .vector(frankAad(new Uint8Array(32)))
      .vector(new Uint8Array(28))
      .vector(new Uint8Array(300))
      .bytes();
  assert.deepEqual(readPrivateMessage(message()), {
    groupId: Uint8Array.of(7, 7),
    epoch: 42n,
    contentType: 1,
    authenticatedData: frankAad(new Uint8Array(32)),
  });
  assert.equal(readPrivateMessage(message(1, 2, 3))?.contentType, 3);
  for (const other of [message(2), message(1, 1), message(1, 3), message(1, 2, 0), message(1, 2, 4)])
    assert.equal(readPrivateMessage(other), null);
  assert.equal(readPrivateMessage(concatBytes(message(), Uint8Array.of(0))), null);
  assert.equal(readPrivateMessage(message().subarray(0, -1)), null);
  fc.assert(fc.property(some, (bytes) => void readPrivateMessage(bytes)));
});

test("a signature under one label is none under another", async () => {
  const seed = new Uint8Array(32).fill(3);
  const publicKey = nodeCrypto.publicKeyOf(seed);
  const content = Uint8Array.of(1, 2, 3);
  const signature = await signWithLabel(nodeCrypto, seed, LABELS.submit, content);
  assert.equal(await verifyWithLabel(nodeCrypto, publicKey, LABELS.submit, content, signature), true);
  assert.equal(await verifyWithLabel(nodeCrypto, publicKey, LABELS.head, content, signature), false);
  assert.equal(
    await verifyWithLabel(nodeCrypto, publicKey, LABELS.submit, Uint8Array.of(1), signature),
    false,
  );
});

function hex(bytes: string): Uint8Array {
  return bytesOfHex(bytes) ?? assert.fail("no hexadecimal digits");
}
