import assert from "node:assert/strict";
import { createDecipheriv, createHash, hkdfSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { nodeCrypto } from "../crypto/node.ts";
import { webCrypto } from "../crypto/web.ts";
import { layoutFor, layoutOf } from "./layout.ts";
import { attachmentRoot, openAttachment } from "./open.ts";
import { openChunk, proveChunks } from "./prove.ts";
import { isCommittedFile, resealedRoot } from "./reseal.ts";
import { sealAttachment } from "./seal.ts";
import { collect, inPortions, patterned, sealedFile } from "./streams-testing.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

test("the bytes are those that e2ee.md 4.1 describes, opened here with node:crypto alone", async () => {
  const plaintext = patterned(64 * KIB + 100);
  const { ciphertext, sealed } = await sealedFile(nodeCrypto, plaintext);
  const { fileKey, noncePrefix, commitment } = sealed;
  const derive = (info: string) => Buffer.from(hkdfSync("sha256", fileKey, "", info, 32));
  assert.deepEqual(Buffer.from(commitment.keyCommitment), derive("csf1/att/commit"));
  const chunks = [ciphertext.subarray(0, 64 * KIB + 16), ciphertext.subarray(64 * KIB + 16)];
  const opened = chunks.map((chunk, index) => {
    const nonce = Buffer.concat([noncePrefix, Buffer.from([0, 0, 0, index, index === 1 ? 1 : 0])]);
    const decipher = createDecipheriv("aes-256-gcm", derive("csf1/att/enc"), nonce);
    decipher.setAuthTag(chunk.subarray(-16));
    return Buffer.concat([decipher.update(chunk.subarray(0, -16)), decipher.final()]);
  });
  assert.deepEqual(new Uint8Array(Buffer.concat(opened)), plaintext);
  const hash = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  const leaves = chunks.map((chunk) => hash(Uint8Array.of(0), chunk));
  assert.deepEqual(Buffer.from(commitment.root), hash(Uint8Array.of(1), ...leaves));
  assert.deepEqual(Buffer.from(sealed.contentHash), hash(ciphertext));
  assert.deepEqual([commitment.size, commitment.chunk], [BigInt(ciphertext.length), 64 * KIB]);
});

for (const [name, crypto] of [
  ["node:crypto", nodeCrypto],
  ["WebCrypto", webCrypto()],
] as const) {
  test(`any file in any portions comes back, is the committed one, and no other is (${name})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.nat(300),
          fc.constantFrom(64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 128 * KIB),
          fc.nat(200 * KIB),
        ),
        fc.array(fc.oneof(fc.nat(3), fc.nat(150 * KIB)), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(100 * KIB), { minLength: 1, maxLength: 5 }),
        async (size, portions, otherPortions) => {
          fc.pre(size < 5000 || Math.max(...portions) > 100);
          fc.pre(size < 5000 || Math.max(...otherPortions) > 100);
          const plaintext = patterned(size);
          const { ciphertext, sealed } = await sealedFile(crypto, plaintext, portions);
          assert.equal(BigInt(ciphertext.length), sealed.commitment.size);
          const opened = await collect(openAttachment(crypto, sealed, inPortions(ciphertext, otherPortions)));
          assert.deepEqual(opened, plaintext);
          assert.deepEqual(
            await attachmentRoot(crypto, sealed.commitment, inPortions(ciphertext)),
            sealed.commitment.root,
          );
          assert.deepEqual(
            await resealedRoot(crypto, sealed, inPortions(plaintext, portions)),
            sealed.commitment.root,
          );
          assert.ok(!(await isCommittedFile(crypto, sealed, inPortions(patterned(size + 1)))));
          if (size > 0) {
            const other = plaintext.map((byte, at) => (at === size >> 1 ? byte ^ 1 : byte));
            assert.ok(!(await isCommittedFile(crypto, sealed, inPortions(other))));
            assert.ok(!(await isCommittedFile(crypto, sealed, inPortions(patterned(size - 1)))));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
}

test("what one driver sealed the other opens", async () => {
  const plaintext = patterned(70 * KIB);
  const { ciphertext, sealed } = await sealedFile(webCrypto(), plaintext);
  assert.deepEqual(await collect(openAttachment(nodeCrypto, sealed, inPortions(ciphertext))), plaintext);
});

test("chunks are 64 KiB below 16 MiB and 1 MiB from there on, and one layout fits one size", () => {
  assert.deepEqual(layoutFor(0), { plaintextSize: 0, ciphertextSize: 16, chunk: 64 * KIB, chunks: 1 });
  assert.equal(layoutFor(16 * MIB - 1).chunk, 64 * KIB);
  assert.equal(layoutFor(16 * MIB - 1).chunks, 256);
  assert.equal(layoutFor(16 * MIB).chunk, MIB);
  assert.equal(layoutFor(16 * MIB).chunks, 16);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.nat(40 * MIB),
        fc.maxSafeNat().map((n) => n % 2 ** 52),
      ),
      (size) => {
        const layout = layoutFor(size);
        const commitment = {
          root: new Uint8Array(32),
          keyCommitment: new Uint8Array(32),
          size: BigInt(layout.ciphertextSize),
          chunk: layout.chunk,
        };
        assert.deepEqual(layoutOf(commitment), layout);
      },
    ),
  );
  for (const size of [-1, 0.5, Number.NaN, 2 ** 53])
    assert.throws(() => layoutFor(size), { code: "attachment.size" });
});

test("a file of more than 16 MiB is sealed and opened without being held", async () => {
  const size = 16 * MIB + 5;
  const portion = patterned(256 * KIB);
  async function* file() {
    for (let left = size; left > 0; left -= portion.length)
      yield portion.subarray(0, Math.min(left, portion.length));
  }
  const sealing = sealAttachment(nodeCrypto, file(), size);
  const chunks: Uint8Array[] = [];
  for await (const chunk of sealing.ciphertext) chunks.push(chunk);
  assert.deepEqual([...new Set(chunks.map(({ length }) => length))], [MIB + 16, 5 + 16]);
  async function* stored() {
    yield* chunks;
  }
  let opened = 0;
  for await (const piece of openAttachment(nodeCrypto, sealing.sealed(), stored())) {
    assert.ok(piece.length <= MIB);
    opened += piece.length;
  }
  assert.equal(opened, size);
});

test("reading stops at the source when the reader stops", async () => {
  const { ciphertext, sealed } = await sealedFile(nodeCrypto, patterned(300 * KIB));
  let isClosed = false;
  async function* source() {
    try {
      yield* inPortions(ciphertext);
    } finally {
      isClosed = true;
    }
  }
  for await (const piece of openAttachment(nodeCrypto, sealed, source())) {
    assert.equal(piece.length, 64 * KIB);
    break;
  }
  assert.ok(isClosed);
});

test("what to commit to is known only when the ciphertext was read to its end", async () => {
  const sealing = sealAttachment(nodeCrypto, inPortions(patterned(10)), 10);
  assert.throws(() => sealing.sealed(), { code: "attachment.unfinished" });
  await collect(sealing.ciphertext);
  assert.equal(sealing.sealed().commitment.size, 26n);
});

test("a file of another size than was said is not sealed", async () => {
  for (const [said, code] of [
    [9, "attachment.too-long"],
    [11, "attachment.truncated"],
    [0, "attachment.too-long"],
  ] as const) {
    const sealing = sealAttachment(nodeCrypto, inPortions(patterned(10)), said);
    await assert.rejects(collect(sealing.ciphertext), { code });
    assert.throws(() => sealing.sealed(), { code: "attachment.unfinished" });
  }
});

test("every chunk of a file can be shown alone, with its place proven", async () => {
  const plaintext = patterned(64 * KIB * 4 + 77);
  const { ciphertext, sealed } = await sealedFile(nodeCrypto, plaintext);
  const indices = [4, 0, 2];
  const proofs = await proveChunks(nodeCrypto, sealed.commitment, inPortions(ciphertext), indices);
  assert.deepEqual(
    proofs.map(({ index }) => index),
    indices,
  );
  for (const proof of proofs) {
    const from = proof.index * 64 * KIB;
    assert.deepEqual(await openChunk(nodeCrypto, sealed, proof), plaintext.slice(from, from + 64 * KIB));
  }
});

test("no two uploads of one file have anything in common", async () => {
  const [one, other] = [
    await sealedFile(nodeCrypto, patterned(100)),
    await sealedFile(nodeCrypto, patterned(100)),
  ];
  assert.notDeepEqual(one.sealed.fileKey, other.sealed.fileKey);
  assert.notDeepEqual(one.sealed.commitment.root, other.sealed.commitment.root);
  assert.notDeepEqual(one.ciphertext, other.ciphertext);
});
