import assert from "node:assert/strict";
import test from "node:test";
import { loadKernels } from "./kernel.ts";
import { permutationOf } from "./permutation.ts";
import { permuterOf } from "./permuter.ts";
import { drawFrom, hashAt, randomHashes } from "./testing/hashes.ts";

test("the kernel works over memory of one thread and over shared memory, and permutes as the permutation says", () => {
  const hashes = randomHashes(5000, drawFrom(1));
  const all = Array.from({ length: 5000 }, (_, at) => hashAt(hashes, at));
  for (const shared of [false, true]) {
    const kernels = loadKernels(shared);
    assert.ok(kernels !== null);
    const permuter = permuterOf(kernels, 77);
    const permuted = permuter.all(all);
    for (const at of [0, 1, 4095, 4096, 4999])
      assert.deepEqual(permuter.one(hashAt(hashes, at)), hashAt(permuted, at));
    permutationOf(77).forEach((place, bit) => {
      const one = new Uint8Array(32);
      one[bit >> 3] = 1 << (bit & 7);
      const wanted = new Uint8Array(32);
      wanted[place >> 3] = 1 << (place & 7);
      assert.deepEqual(permuter.one(one), wanted);
    });
  }
});

test("a permutation has every place once, and another seed gives another", () => {
  assert.equal(new Set(permutationOf(1)).size, 256);
  assert.deepEqual(permutationOf(1), permutationOf(1));
  assert.notDeepEqual(permutationOf(1), permutationOf(2));
});

test("without WebAssembly there is no kernel, and the index compares with every hash", async () => {
  const { WebAssembly } = globalThis as { WebAssembly?: unknown };
  Reflect.deleteProperty(globalThis, "WebAssembly");
  try {
    assert.equal(loadKernels(false), null);
    const { createNearIndex } = await import("./create.ts");
    const index = createNearIndex();
    index.add(1, new Uint8Array(32));
    assert.deepEqual(index.near(new Uint8Array(32), 0, 1).matches, [{ id: 1, distance: 0 }]);
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", {
      value: WebAssembly,
      configurable: true,
      writable: true,
    });
  }
});
