import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { leadsToRoot, parseProof } from "./proof.ts";

const sha = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leafHash = (leaf: Uint8Array) => sha(Uint8Array.of(0), leaf);
const nodeHash = (a: Uint8Array, b: Uint8Array) => sha(Uint8Array.of(1), a, b);

/** RFC 6962, 2.1: k is the largest power of two smaller than n. */
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);

function treeHash(leaves: Uint8Array[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha();
  if (leaves.length === 1) return leafHash(only);
  const k = split(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

/** RFC 6962, 2.1.1: the audit path of leaf m. */
function auditPath(m: number, leaves: Uint8Array[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...auditPath(m, leaves.slice(0, k)), treeHash(leaves.slice(k))]
    : [...auditPath(m - k, leaves.slice(k)), treeHash(leaves.slice(0, k))];
}

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => new TextEncoder().encode(`leaf ${n}`));

function proofText(index: number, size: number, root: Uint8Array, path: Uint8Array[], extra = ""): string {
  const lines = path.map((hash) => `${Buffer.from(hash).toString("base64")}\n`).join("");
  const note = `example.org/log\n${size}\n${Buffer.from(root).toString("base64")}\n\n— example.org/log c2ln\n`;
  return `c2sp.org/tlog-proof@v1\n${extra}index ${index}\n${lines}\n${note}`;
}

async function holds(leaf: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
  const proof = parseProof(text);
  assert.ok(proof !== undefined);
  return await leadsToRoot(leaf, proof);
}

suite("a proof in the browser", () => {
  test("follows RFC 6962's tree to a root that others computed", async () => {
    // The eight leaves and the root of certificate-transparency's own reference tests.
    const leaves = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ].map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
    const root = Buffer.from("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", "hex");
    for (const [index, leaf] of leaves.entries())
      assert.equal(
        await holds(leaf, proofText(index, 8, root, auditPath(index, leaves))),
        true,
        `leaf ${index}`,
      );
  });

  test("holds for every leaf of every small tree", async () => {
    for (let size = 1; size <= 20; size += 1) {
      const leaves = leavesOf(size);
      for (const [index, leaf] of leaves.entries())
        assert.equal(
          await holds(leaf, proofText(index, size, treeHash(leaves), auditPath(index, leaves))),
          true,
        );
    }
  });

  test("does not hold once anything in it is changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), async (size, place, what) => {
        const leaves = leavesOf(size);
        const index = place % size;
        const leaf = leaves[index] ?? new Uint8Array();
        const path = auditPath(index, leaves);
        const root = treeHash(leaves);
        const other = sha(Buffer.from("other"));
        const damaged = [
          proofText((index + 1) % size, size, root, path),
          proofText(index, size, other, path),
          proofText(index, size, root, path.slice(1)),
          proofText(index, size, root, [...path, other]),
          proofText(
            index,
            size,
            root,
            path.toReversed().length > 1 ? path.with(what % path.length, other) : [other],
          ),
          proofText(size, size, root, path),
        ];
        for (const text of damaged) assert.equal(await holds(leaf, text), false);
        assert.equal(
          await holds(new TextEncoder().encode("another leaf"), proofText(index, size, root, path)),
          false,
        );
      }),
      { numRuns: 40 },
    );
  });

  test("does not hold for a size or a place that its path does not belong to", async () => {
    const [first = new Uint8Array(), second = new Uint8Array()] = leavesOf(2);
    const root = treeHash([first, second]);
    // A path too long for the size, one too short, and a place outside the tree: each would otherwise end in the root.
    assert.equal(await holds(second, proofText(0, 1, root, [leafHash(first)])), false);
    assert.equal(await holds(first, proofText(0, 4, root, [leafHash(second)])), false);
    assert.equal(await holds(first, proofText(1, 1, leafHash(first), [])), false);
  });

  test("extra data is passed over", async () => {
    const leaves = leavesOf(3);
    const text = proofText(1, 3, treeHash(leaves), auditPath(1, leaves), "extra AAAA\n");
    assert.equal(await holds(leaves[1] ?? new Uint8Array(), text), true);
  });

  test("a text that is no proof is not one", () => {
    const good = proofText(0, 1, sha(), []);
    assert.ok(parseProof(good) !== undefined);
    for (const text of [
      "",
      good.replace("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
      good.replace("index 0", "index 00"),
      good.replace("index 0\n", "index 0\nnot base64\n"),
      good.replace("index 0\n", "index 0\nAAAA\n"),
      good.replace("\n1\n", "\n-1\n"),
    ])
      assert.equal(parseProof(text), undefined, text);
  });
});
