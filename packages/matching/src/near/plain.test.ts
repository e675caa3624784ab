import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { distance } from "../pdq/hash.ts";
import { onesIn, plainNearIndex } from "./plain.ts";

const aHash = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("ones of a word are counted", () => {
  fc.assert(
    fc.property(fc.integer(), (word) =>
      assert.equal(onesIn(word), (word >>> 0).toString(2).replaceAll("0", "").length),
    ),
  );
});

test("what lies within the radius is found, nearest first, then by id, and nothing else", () => {
  const flips = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: 40 });
  fc.assert(
    fc.property(
      aHash,
      fc.array(flips, { maxLength: 30 }),
      fc.nat(31),
      fc.integer({ min: 1, max: 9 }),
      (query, all, radius, limit) => {
        const index = plainNearIndex();
        const hashes = all.map((bits) => {
          const hash = query.slice();
          for (const bit of bits) hash[bit >> 3] = (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          return hash;
        });
        hashes.forEach((hash, at) => index.add(1000 - at, hash));
        const within = hashes
          .map((hash, at) => ({ id: 1000 - at, distance: distance(hash, query) }))
          .filter((one) => one.distance <= radius)
          .sort((a, b) => a.distance - b.distance || a.id - b.id);
        const wanted = { matches: within.slice(0, limit), more: within.length > limit };
        assert.deepEqual(index.near(query, radius, limit), wanted);
        assert.deepEqual(index.nearAll([query, query], radius, limit), [wanted, wanted]);
      },
    ),
  );
});

test("what was removed is not found, and its id can be used again", () => {
  const index = plainNearIndex();
  const [zeros, ones] = [new Uint8Array(32), new Uint8Array(32).fill(255)];
  index.add(0, zeros);
  index.add(0xffff_ffff, ones);
  assert.equal(index.size, 2);
  assert.equal(index.remove(0), true);
  assert.equal(index.remove(0), false);
  assert.deepEqual(index.near(zeros, 31, 5), { matches: [], more: false });
  assert.deepEqual(index.near(ones, 0, 5).matches, [{ id: 0xffff_ffff, distance: 0 }]);
  index.add(0, ones);
  assert.deepEqual(
    index.near(ones, 0, 5).matches.map(({ id }) => id),
    [0, 0xffff_ffff],
  );
});

test("an id, a hash, a radius or a limit of the wrong form is refused", () => {
  const index = plainNearIndex();
  const hash = new Uint8Array(32);
  for (const id of [-1, 0.5, 2 ** 32, Number.NaN]) assert.throws(() => index.add(id, hash), RangeError);
  index.add(1, hash);
  assert.throws(() => index.add(1, hash), /the id 1 is in the index already/);
  assert.throws(() => index.add(2, new Uint8Array(31)), RangeError);
  assert.throws(() => index.near(new Uint8Array(33), 31, 1), RangeError);
  for (const radius of [-1, 32, 1.5]) assert.throws(() => index.near(hash, radius, 1), RangeError);
  for (const limit of [0, 1001, 1.5]) assert.throws(() => index.nearAll([], 31, limit), RangeError);
});
