import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { LedgerError } from "../error.ts";
import { emptyRoot, leafHash, nodeHash } from "./hash.ts";
import { consistencyRanges, inclusionRanges, perfectNodes, rangeHash } from "./ranges.ts";
import { consistencyProof, inclusionProof, rootOf } from "./tree.ts";
import { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from "./verify.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

// The reference leaves, roots and proofs of the Certificate Transparency project.
const LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((text) => leafHash(hex(text)));
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
const INCLUSION: readonly [index: number, size: number, proof: readonly string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    5,
    8,
    [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
  [
    1,
    5,
    [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
];
const CONSISTENCY: readonly [from: number, to: number, proof: readonly string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [
    2,
    5,
    [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
];

// RFC 6962 sections 2.1 to 2.1.2, word for word and as slow as they read: the oracle.
function largestPowerBelow(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
function mth(d: readonly Uint8Array[]): Uint8Array {
  if (d.length === 0) return new Uint8Array(createHash("sha256").digest());
  if (d.length === 1) return d[0]!;
  const k = largestPowerBelow(d.length);
  return nodeHash(mth(d.slice(0, k)), mth(d.slice(k)));
}
function path(m: number, d: readonly Uint8Array[]): Uint8Array[] {
  if (d.length <= 1) return [];
  const k = largestPowerBelow(d.length);
  return m < k
    ? [...path(m, d.slice(0, k)), mth(d.slice(k))]
    : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function subproof(m: number, d: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === d.length) return whole ? [] : [mth(d)];
  const k = largestPowerBelow(d.length);
  return m <= k
    ? [...subproof(m, d.slice(0, k), whole), mth(d.slice(k))]
    : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

const numbered = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`${i}`)));
const HASHES = numbered(1200);

const isMismatch = (error: unknown): boolean =>
  error instanceof LedgerError && error.code === "proof-mismatch";
const holds = (verify: () => void): boolean => {
  try {
    verify();
    return true;
  } catch (error) {
    assert.ok(isMismatch(error), String(error));
    return false;
  }
};

suite("the Merkle tree of RFC 6962", () => {
  test("the roots of the reference leaves are the published ones", () => {
    for (const [size, root] of ROOTS.entries()) assert.equal(toHex(rootOf(LEAVES.slice(0, size))), root);
    assert.equal(toHex(emptyRoot()), ROOTS[0]);
  });

  test("the reference inclusion proofs are made and verified", () => {
    for (const [index, size, proof] of INCLUSION) {
      assert.deepEqual(inclusionProof(LEAVES.slice(0, size), index).map(toHex), proof);
      verifyInclusion({
        index,
        size,
        leafHash: LEAVES[index]!,
        proof: proof.map(hex),
        root: hex(ROOTS[size]!),
      });
    }
  });

  test("the reference consistency proofs are made and verified", () => {
    for (const [from, to, proof] of CONSISTENCY) {
      assert.deepEqual(consistencyProof(LEAVES.slice(0, to), from).map(toHex), proof);
      const [fromRoot, toRoot] = [hex(ROOTS[from]!), hex(ROOTS[to]!)];
      verifyConsistency({ from, to, fromRoot, toRoot, proof: proof.map(hex) });
    }
  });

  test("every root up to 300 leaves is that of the recursive definition", () => {
    for (let size = 0; size <= 300; size += 1) {
      const leaves = HASHES.slice(0, size);
      assert.deepEqual(rootOf(leaves), mth(leaves));
    }
  });

  test("every proof of every small tree is the recursive one and verifies", () => {
    for (let size = 1; size <= 50; size += 1) {
      const leaves = HASHES.slice(0, size);
      const root = mth(leaves);
      for (let i = 0; i < size; i += 1) {
        const inclusion = inclusionProof(leaves, i);
        assert.deepEqual(inclusion, path(i, leaves));
        verifyInclusion({ index: i, size, leafHash: leaves[i]!, proof: inclusion, root });
        const consistency = consistencyProof(leaves, i + 1);
        assert.deepEqual(consistency, subproof(i + 1, leaves, true));
        verifyConsistency({
          from: i + 1,
          to: size,
          fromRoot: mth(leaves.slice(0, i + 1)),
          toRoot: root,
          proof: consistency,
        });
      }
    }
  });

  test("proofs of larger trees are the recursive ones and verify", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 51, max: HASHES.length }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (size, at) => {
          const leaves = HASHES.slice(0, size);
          const index = Math.floor(at * size);
          const root = mth(leaves);
          assert.deepEqual(rootOf(leaves), root);
          const inclusion = inclusionProof(leaves, index);
          assert.deepEqual(inclusion, path(index, leaves));
          verifyInclusion({ index, size, leafHash: leaves[index]!, proof: inclusion, root });
          const from = index + 1;
          const consistency = consistencyProof(leaves, from);
          assert.deepEqual(consistency, subproof(from, leaves, true));
          verifyConsistency({
            from,
            to: size,
            fromRoot: mth(leaves.slice(0, from)),
            toRoot: root,
            proof: consistency,
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a range hashed from complete subtrees is the range hashed from its leaves", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), async (size, at) => {
        const ranges = [...inclusionRanges(at % size, size), ...consistencyRanges((at % size) + 1, size)];
        for (const range of ranges) {
          const source = async ({ height, index }: { height: number; index: number }) => {
            const leaves = HASHES.slice(index * 2 ** height, (index + 1) * 2 ** height);
            assert.equal(leaves.length, 2 ** height);
            return mth(leaves);
          };
          assert.deepEqual(await rangeHash(range, source), mth(HASHES.slice(range.start, range.end)));
        }
      }),
    );
  });

  test("sizes near 2^53 are cut exactly", () => {
    const size = Number.MAX_SAFE_INTEGER;
    const nodes = perfectNodes({ start: 0, end: size });
    assert.equal(nodes.length, 53);
    assert.deepEqual(nodes[0], { height: 52, index: 0 });
    assert.deepEqual(nodes.at(-1), { height: 0, index: size - 1 });
    assert.equal(inclusionRanges(size - 1, size).length, 52);
    assert.equal(inclusionRanges(0, size).length, 53);
  });

  test("what a tree does not have is an invalid argument", () => {
    const refused = { code: "invalid-argument" };
    for (const [index, size] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
      [Number.NaN, 3],
      [0, 2 ** 53],
    ] as const) {
      assert.throws(() => inclusionRanges(index, size), refused);
    }
    for (const [from, to] of [
      [4, 3],
      [-1, 3],
      [1.5, 3],
      [1, Number.NaN],
    ] as const) {
      assert.throws(() => consistencyRanges(from, to), refused);
    }
  });
});

suite("a verifier that is lied to", () => {
  const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
    const copy = bytes.slice();
    copy[at % copy.length]! ^= 1 << (at % 8);
    return copy;
  };

  const inclusionClaim = fc
    .tuple(fc.integer({ min: 1, max: 200 }), fc.nat())
    .map(([size, at]): InclusionClaim => {
      const leaves = HASHES.slice(0, size);
      const index = at % size;
      return {
        index,
        size,
        leafHash: leaves[index]!,
        proof: inclusionProof(leaves, index),
        root: rootOf(leaves),
      };
    });
  const consistencyClaim = fc
    .tuple(fc.integer({ min: 1, max: 200 }), fc.nat())
    .map(([to, at]): ConsistencyClaim => {
      const from = (at % to) + 1;
      const [fromRoot, toRoot] = [rootOf(HASHES.slice(0, from)), rootOf(HASHES.slice(0, to))];
      return { from, to, fromRoot, toRoot, proof: consistencyProof(HASHES.slice(0, to), from) };
    });

  test("refuses an inclusion proof with anything in it changed", () => {
    fc.assert(
      fc.property(inclusionClaim, fc.nat({ max: 255 }), fc.nat(), (claim, at, pick) => {
        assert.ok(holds(() => verifyInclusion(claim)));
        const { proof } = claim;
        const lies: InclusionClaim[] = [
          { ...claim, root: flipped(claim.root, at) },
          { ...claim, leafHash: flipped(claim.leafHash, at) },
          { ...claim, proof: [...proof, flipped(claim.root, at)] },
          { ...claim, proof: [flipped(claim.root, at), ...proof] },
          { ...claim, index: claim.size },
        ];
        if (proof.length > 0) {
          const i = pick % proof.length;
          lies.push({ ...claim, proof: proof.with(i, flipped(proof[i]!, at)) });
          lies.push({ ...claim, proof: proof.toSpliced(i, 1) });
          lies.push({ ...claim, index: claim.index ^ 1 });
        }
        for (const lie of lies)
          assert.equal(
            holds(() => verifyInclusion(lie)),
            false,
          );
      }),
    );
  });

  test("refuses a consistency proof with anything in it changed", () => {
    fc.assert(
      fc.property(consistencyClaim, fc.nat({ max: 255 }), fc.nat(), (claim, at, pick) => {
        assert.ok(holds(() => verifyConsistency(claim)));
        const { proof } = claim;
        const lies: ConsistencyClaim[] = [
          { ...claim, fromRoot: flipped(claim.fromRoot, at) },
          { ...claim, toRoot: flipped(claim.toRoot, at) },
          { ...claim, proof: [...proof, flipped(claim.toRoot, at)] },
          { ...claim, proof: [flipped(claim.toRoot, at), ...proof] },
          { ...claim, from: claim.to + 1 },
        ];
        if (proof.length > 0) {
          const i = pick % proof.length;
          lies.push({ ...claim, proof: proof.with(i, flipped(proof[i]!, at)) });
          lies.push({ ...claim, proof: proof.toSpliced(i, 1) });
        }
        for (const lie of lies)
          assert.equal(
            holds(() => verifyConsistency(lie)),
            false,
          );
      }),
    );
  });

  test("never finds another history consistent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 150 }), fc.nat(), fc.nat(), (to, a, b) => {
        const from = (a % (to - 1)) + 1;
        const changed = HASHES.slice(0, to).with(b % from, leafHash(Buffer.from("another")));
        const claim = {
          from,
          to,
          fromRoot: rootOf(HASHES.slice(0, from)),
          toRoot: rootOf(changed),
          proof: consistencyProof(changed, from),
        };
        assert.equal(
          holds(() => verifyConsistency(claim)),
          false,
        );
      }),
    );
  });

  test("refuses an inner node that is passed off as a leaf", () => {
    // Without the prefixes the two lower hashes of a tree of four would be a leaf of a tree of two.
    const [a, b, c, d] = LEAVES;
    const root = rootOf([a!, b!, c!, d!]);
    const posing = leafHash(new Uint8Array([...a!, ...b!]));
    assert.throws(
      () => verifyInclusion({ index: 0, size: 2, leafHash: posing, proof: [nodeHash(c!, d!)], root }),
      isMismatch,
    );
  });

  test("refuses a proof that fits a tree of another height", () => {
    const roots = ROOTS.map(hex);
    const [a, b, c, d, e] = LEAVES;
    const inclusions: InclusionClaim[] = [
      { index: 0, size: 1, leafHash: b!, proof: [a!], root: roots[2]! },
      { index: 0, size: 3, leafHash: a!, proof: [b!], root: roots[2]! },
      { index: 0, size: 8, leafHash: a!, proof: [], root: a! },
    ];
    for (const lie of inclusions)
      assert.equal(
        holds(() => verifyInclusion(lie)),
        false,
      );
    const cd = nodeHash(c!, d!);
    const consistencies: ConsistencyClaim[] = [
      { from: 2, to: 5, fromRoot: roots[2]!, toRoot: roots[4]!, proof: [cd] },
      { from: 2, to: 4, fromRoot: roots[2]!, toRoot: roots[5]!, proof: [cd, e!] },
      { from: 2, to: 4, fromRoot: roots[2]!, toRoot: roots[2]!, proof: [] },
      { from: 3, to: 4, fromRoot: roots[3]!, toRoot: roots[3]!, proof: [roots[3]!] },
      { from: 3, to: 4, fromRoot: roots[7]!, toRoot: roots[8]!, proof: consistencyProof(LEAVES, 7) },
    ];
    for (const lie of consistencies)
      assert.equal(
        holds(() => verifyConsistency(lie)),
        false,
      );
  });

  test("refuses sizes and hashes that are not sizes and hashes, in bounded time", () => {
    const root = rootOf(LEAVES);
    const proof = inclusionProof(LEAVES, 3);
    const good = { index: 3, size: 8, leafHash: LEAVES[3]!, proof, root };
    const endless: Uint8Array[] = Array.from({ length: 100_000 }, () => root);
    const lies: InclusionClaim[] = [
      { ...good, index: -1 },
      { ...good, index: 0.5 },
      { ...good, index: Number.NaN },
      { ...good, size: Number.POSITIVE_INFINITY },
      { ...good, size: 2 ** 53 },
      { ...good, size: 0 },
      { ...good, proof: endless },
      { ...good, size: Number.MAX_SAFE_INTEGER, proof: endless.slice(0, 64) },
      { ...good, root: root.subarray(1) },
      { ...good, leafHash: new Uint8Array(33) },
      { ...good, proof: proof.with(0, new Uint8Array(0)) },
      // What a decoder of foreign JSON may have made of it.
      { ...good, proof: proof.with(0, "x".repeat(32) as unknown as Uint8Array) },
      { ...good, proof: "proof" as unknown as Uint8Array[] },
    ];
    for (const lie of lies)
      assert.equal(
        holds(() => verifyInclusion(lie)),
        false,
      );
    // A hostile array: whoever looks past the 64 hashes that can be meant sets it off.
    const trapped = endless.slice();
    Object.defineProperty(trapped, 65, { get: () => assert.fail("looked too far") });
    lies.push({ ...good, proof: trapped }, { ...good, proof: undefined as unknown as Uint8Array[] });
    for (const lie of lies)
      assert.equal(
        holds(() => verifyInclusion(lie)),
        false,
      );
    const from = { from: 8, to: 8, fromRoot: root, toRoot: root, proof: [] };
    verifyConsistency(from);
    const wrong: ConsistencyClaim[] = [
      { ...from, proof: endless },
      { ...from, proof: [root] },
      { ...from, from: 7 },
      { ...from, from: 4 },
      { ...from, from: 9 },
      { ...from, from: -1 },
      { ...from, from: 0 },
      { ...from, toRoot: leafHash(root) },
      { ...from, from: 0, to: 0 },
      { ...from, from: 0, to: 0, fromRoot: emptyRoot() },
    ];
    for (const lie of wrong)
      assert.equal(
        holds(() => verifyConsistency(lie)),
        false,
      );
  });

  test("the empty tree is the beginning of every tree and needs no proof", () => {
    const toRoot = rootOf(LEAVES);
    verifyConsistency({ from: 0, to: 8, fromRoot: emptyRoot(), toRoot, proof: consistencyProof(LEAVES, 0) });
    verifyConsistency({ from: 0, to: 0, fromRoot: emptyRoot(), toRoot: emptyRoot(), proof: [] });
  });
});
