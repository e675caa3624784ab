import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concatBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { FrankingError } from "../error.ts";
import { merkleRoot } from "../merkle/tree.ts";
import { type AttachmentOpening, encryptionKey, keyCommitment, newSecrets, nonceOf } from "./keys.ts";
import { openAttachment } from "./open.ts";
import { type ChunkProof, openChunk, proveChunks } from "./prove.ts";
import { salamander } from "./salamander-testing.ts";
import { resealedRoot } from "./reseal.ts";
import { collect, inPortions, patterned, sealedFile } from "./streams-testing.ts";

const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const file = patterned(CHUNK * 3 + 500);
const { ciphertext, sealed } = await sealedFile(nodeCrypto, file);
const chunks = [0, 1, 2, 3].map((at) => ciphertext.subarray(at * SEALED_CHUNK, (at + 1) * SEALED_CHUNK));

async function codeOf(
  opening: AttachmentOpening,
  bytes: Uint8Array,
  crypto?: FrankingCrypto,
): Promise<string> {
  try {
    await collect(openAttachment(crypto ?? nodeCrypto, opening, inPortions(bytes, [SEALED_CHUNK - 7])));
    return "opened";
  } catch (error) {
    assert.ok(error instanceof FrankingError, String(error));
    return error.code;
  }
}

test("one ciphertext that opens under two keys is refused under the one that was not committed to", async () => {
  const [first, second] = [newSecrets(nodeCrypto), newSecrets(nodeCrypto)];
  const { noncePrefix } = first;
  const keys = [await encryptionKey(nodeCrypto, first), await encryptionKey(nodeCrypto, second)] as const;
  const both = salamander(keys, nonceOf(noncePrefix, 0, true), patterned(64));
  // The attack works on AES-GCM itself: two keys, one ciphertext, two files.
  const [one, other] = keys.map((key) =>
    nodeCrypto.open(key, nonceOf(noncePrefix, 0, true), new Uint8Array(), both),
  );
  assert.ok(one instanceof Uint8Array && other instanceof Uint8Array);
  assert.notDeepEqual(one, other);

  const root = await merkleRoot(nodeCrypto, [both]);
  const commitTo = async (secrets: { fileKey: Uint8Array; noncePrefix: Uint8Array }) => ({
    root,
    size: BigInt(both.length),
    chunk: CHUNK,
    keyCommitment: await keyCommitment(nodeCrypto, secrets),
  });
  const commitment = await commitTo(first);
  let decryptions = 0;
  const counting: FrankingCrypto = {
    ...nodeCrypto,
    open(...args) {
      decryptions += 1;
      return nodeCrypto.open(...args);
    },
  };
  assert.equal(await codeOf({ ...first, commitment }, both, counting), "opened");
  assert.equal(decryptions, 1);
  // Before anything is decrypted.
  assert.equal(
    await codeOf({ fileKey: second.fileKey, noncePrefix, commitment }, both, counting),
    "attachment.key-commitment",
  );
  assert.equal(decryptions, 1);

  // Two messages that each commit to their own key for that ciphertext are two files, and each is bound to its own.
  for (const [secrets, plaintext] of [
    [first, one],
    [{ ...second, noncePrefix }, other],
  ] as const) {
    const opening = { ...secrets, commitment: await commitTo(secrets) };
    assert.deepEqual(await collect(openAttachment(nodeCrypto, opening, inPortions(both))), plaintext);
    assert.deepEqual(await resealedRoot(nodeCrypto, opening, inPortions(plaintext)), root);
  }
});

test("a ciphertext that was cut, lengthened, reordered or changed in one bit is refused", async () => {
  const [first, second, third, last] = chunks as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const cases: ReadonlyArray<readonly [why: string, bytes: Uint8Array, code: string]> = [
    ["cut by a byte", ciphertext.subarray(0, -1), "attachment.truncated"],
    ["cut by a chunk", concatBytes(first, second, third), "attachment.truncated"],
    ["empty", new Uint8Array(), "attachment.truncated"],
    ["lengthened by a byte", concatBytes(ciphertext, Uint8Array.of(0)), "attachment.too-long"],
    ["lengthened by a chunk", concatBytes(ciphertext, last), "attachment.too-long"],
    ["reordered", concatBytes(second, first, third, last), "attachment.chunk"],
    ["one chunk twice", concatBytes(first, first, third, last), "attachment.chunk"],
  ];
  for (const [why, bytes, code] of cases) assert.equal(await codeOf(sealed, bytes), code, why);
  await fc.assert(
    fc.asyncProperty(fc.nat(ciphertext.length - 1), fc.nat(7), async (at, bit) => {
      const changed = ciphertext.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      assert.equal(await codeOf(sealed, changed), "attachment.chunk");
    }),
    { numRuns: 20 },
  );
});

test("a shorter file does not pass for the beginning of a longer one", async () => {
  // Whoever commits to fewer chunks cannot use them as they are: the last one is marked as the last.
  const cut = concatBytes(...chunks.slice(0, 2));
  const root = await merkleRoot(nodeCrypto, chunks.slice(0, 2));
  const opening = { ...sealed, commitment: { ...sealed.commitment, root, size: BigInt(cut.length) } };
  assert.equal(await codeOf(opening, cut), "attachment.chunk");
});

test("a ciphertext sealed under the right key that is not the committed one is refused at its end", async () => {
  const key = await encryptionKey(nodeCrypto, sealed);
  const other = nodeCrypto.seal(
    key,
    nonceOf(sealed.noncePrefix, 3, true),
    new Uint8Array(),
    patterned(500, 9),
  );
  assert.equal(await codeOf(sealed, concatBytes(...chunks.slice(0, 3), other)), "attachment.root");
});

test("a commitment that is not of this file, or of no file, is refused", async () => {
  const { commitment } = sealed;
  const changed = (change: Partial<typeof commitment>) => ({
    ...sealed,
    commitment: { ...commitment, ...change },
  });
  assert.equal(await codeOf(changed({ root: new Uint8Array(32) }), ciphertext), "attachment.root");
  assert.equal(await codeOf(changed({ root: new Uint8Array() }), ciphertext), "attachment.root");
  assert.equal(
    await codeOf(changed({ keyCommitment: new Uint8Array(32) }), ciphertext),
    "attachment.key-commitment",
  );
  assert.equal(
    await codeOf(changed({ keyCommitment: commitment.keyCommitment.subarray(1) }), ciphertext),
    "attachment.key-commitment",
  );
  assert.equal(await codeOf(changed({ size: commitment.size - 1n }), ciphertext), "attachment.chunk");
  assert.equal(await codeOf(changed({ size: commitment.size + 1n }), ciphertext), "attachment.truncated");
  for (const [size, chunk] of [
    [0n, CHUNK],
    [15n, CHUNK],
    [-5n, CHUNK],
    [BigInt(SEALED_CHUNK + 16), CHUNK],
    [BigInt(SEALED_CHUNK + 5), CHUNK],
    [2n ** 64n - 1n, CHUNK],
    [2n ** 53n - 1n, 1024 * 1024],
    [commitment.size, 1024 * 1024],
    [commitment.size, 1],
    [commitment.size, 0],
    [commitment.size, -16],
    [commitment.size, Number.NaN],
  ] as const)
    assert.match(await codeOf(changed({ size, chunk }), ciphertext), /^attachment\.(layout|size)$/);
});

test("keys of another form are refused", async () => {
  assert.equal(
    await codeOf({ ...sealed, fileKey: sealed.fileKey.subarray(1) }, ciphertext),
    "attachment.secrets",
  );
  assert.equal(await codeOf({ ...sealed, noncePrefix: new Uint8Array(8) }, ciphertext), "attachment.secrets");
  assert.equal(await codeOf({ ...sealed, noncePrefix: new Uint8Array(7) }, ciphertext), "attachment.chunk");
});

test("a file is not compared under a key that was not committed to", async () => {
  const otherKey = { ...sealed, fileKey: new Uint8Array(32) };
  await assert.rejects(resealedRoot(nodeCrypto, otherKey, inPortions(file)), {
    code: "attachment.key-commitment",
  });
});

test("a chunk's proof fits its place and its bytes only", async () => {
  const [proof, next] = await proveChunks(nodeCrypto, sealed.commitment, inPortions(ciphertext), [1, 2]);
  assert.ok(proof !== undefined && next !== undefined);
  const altered = proof.ciphertext.map((byte, at) => (at === 9 ? byte ^ 1 : byte));
  const cases: ReadonlyArray<readonly [proof: ChunkProof, code: string]> = [
    [{ ...proof, index: 2 }, "attachment.root"],
    [{ ...proof, index: 4 }, "attachment.index"],
    [{ ...proof, index: -1 }, "attachment.index"],
    [{ ...proof, index: 0.5 }, "attachment.index"],
    [{ ...proof, ciphertext: next.ciphertext }, "attachment.root"],
    [{ ...proof, ciphertext: altered }, "attachment.root"],
    [{ ...proof, path: next.path }, "attachment.root"],
    [{ ...proof, path: [] }, "attachment.root"],
    [{ ...proof, path: [...proof.path, new Uint8Array(32)] }, "attachment.root"],
  ];
  for (const [bad, code] of cases) await assert.rejects(openChunk(nodeCrypto, sealed, bad), { code });
  const otherKey = { ...sealed, fileKey: new Uint8Array(32) };
  await assert.rejects(openChunk(nodeCrypto, otherKey, proof), { code: "attachment.key-commitment" });
});

test("no proof is made from a ciphertext that was changed anywhere", async () => {
  const changed = ciphertext.map((byte, at) => (at === SEALED_CHUNK * 2 + 3 ? byte ^ 1 : byte));
  for (const index of [0, 1, 2, 3])
    await assert.rejects(proveChunks(nodeCrypto, sealed.commitment, inPortions(changed), [index]), {
      code: "attachment.root",
    });
  await assert.rejects(proveChunks(nodeCrypto, sealed.commitment, inPortions(ciphertext), [4]), {
    code: "attachment.index",
  });
});
