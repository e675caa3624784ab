import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { bytesOfHex, hexOf } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { webCrypto } from "../crypto/web.ts";
import { merkleAccumulator } from "./accumulator.ts";
import { merklePath, merkleRoot, verifyMerklePath } from "./tree.ts";

/** The eight entries that Certificate Transparency's reference implementations test with, and the root over each beginning. */
const ENTRIES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((text) => bytesOfHex(text) ?? new Uint8Array());
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("roots are those that Certificate Transparency's implementations agree on", async () => {
  for (const [size, root] of ROOTS.entries()) {
    assert.equal(hexOf(await merkleRoot(nodeCrypto, ENTRIES.slice(0, size))), root);
    assert.equal(hexOf(await merkleRoot(webCrypto(), ENTRIES.slice(0, size))), root);
  }
});

test("the root is known at any moment while entries go by", async () => {
  const tree = merkleAccumulator(nodeCrypto);
  for (const [size, root] of ROOTS.entries()) {
    assert.equal(tree.size, size);
    assert.equal(hexOf(await tree.root()), root);
    const entry = ENTRIES[size];
    if (entry !== undefined) await tree.append(entry);
  }
});

test("entries may come as a stream", async () => {
  async function* stream() {
    yield* ENTRIES;
  }
  assert.equal(hexOf(await merkleRoot(nodeCrypto, stream())), ROOTS.at(-1));
});

test("every entry of every tree has a path, and it fits nowhere else", async () => {
  const entries = Array.from({ length: 20 }, (_, index) => Uint8Array.of(index));
  for (let size = 1; size <= entries.length; size += 1) {
    const some = entries.slice(0, size);
    const root = await merkleRoot(nodeCrypto, some);
    for (const [index, entry] of some.entries()) {
      const path = await merklePath(nodeCrypto, some, index);
      const proof = { entry, index, size, path, root };
      assert.equal(await verifyMerklePath(nodeCrypto, proof), true, `${index} of ${size}`);
      assert.equal(
        await verifyMerklePath(nodeCrypto, { ...proof, index: BigInt(index), size: BigInt(size) }),
        true,
      );
      for (let other = 0; other < size; other += 1)
        if (other !== index)
          assert.equal(await verifyMerklePath(nodeCrypto, { ...proof, index: other }), false);
      assert.equal(await verifyMerklePath(nodeCrypto, { ...proof, entry: Uint8Array.of(99) }), false);
      assert.equal(await verifyMerklePath(nodeCrypto, { ...proof, path: [...path, root] }), false);
      assert.equal(await verifyMerklePath(nodeCrypto, { ...proof, path: path.slice(1) }), path.length === 0);
    }
  }
});

test("a place outside of the tree is none, even where a path of nothing would lead to the root", async () => {
  const [entry = new Uint8Array()] = ENTRIES;
  const root = await merkleRoot(nodeCrypto, [entry]);
  const at = (index: number, size: number) =>
    verifyMerklePath(nodeCrypto, { entry, index, size, path: [], root });
  assert.equal(await at(0, 1), true);
  for (const [index, size] of [
    [1, 1],
    [0, 0],
    [1, 0],
    [5, 3],
  ] as const)
    assert.equal(await at(index, size), false, `${index} of ${size}`);
});

test("an inner node does not pass for an entry", async () => {
  const [a, b, c, d] = ENTRIES.slice(0, 4);
  assert.ok(a !== undefined && b !== undefined && c !== undefined && d !== undefined);
  const root = await merkleRoot(nodeCrypto, [a, b, c, d]);
  const [left, right] = [await merkleRoot(nodeCrypto, [a, b]), await merkleRoot(nodeCrypto, [c, d])];
  assert.notDeepEqual(await merkleRoot(nodeCrypto, [left, right]), root);
  assert.equal(
    await verifyMerklePath(nodeCrypto, { entry: left, index: 0, size: 2, path: [right], root }),
    false,
  );
});

test("a proof that makes no sense is false and no crash", () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        entry: fc.uint8Array({ maxLength: 4 }),
        index: fc.oneof(fc.integer(), fc.double(), fc.bigInt()),
        size: fc.oneof(fc.integer(), fc.double(), fc.bigInt()),
        path: fc.array(fc.uint8Array({ minLength: 31, maxLength: 33 }), { maxLength: 70 }),
        root: fc.uint8Array({ maxLength: 32 }),
      }),
      async (proof) => assert.equal(await verifyMerklePath(nodeCrypto, proof), false),
    ),
  ));

test("a path is asked for an entry that is there", async () => {
  for (const index of [-1, 8, 0.5, Number.NaN])
    await assert.rejects(merklePath(nodeCrypto, ENTRIES, index), { code: "chain.merkle-index" });
  await assert.rejects(merklePath(nodeCrypto, [], 0), { code: "chain.merkle-index" });
});
