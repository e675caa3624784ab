import assert from "node:assert/strict";
import test from "node:test";
import * as fc from "fast-check";
import { createIdSource, newId, timeOfUuidv7, uuidv7 } from "./ids.ts";

/** A source of bytes that are all the same, so that steps are known. */
const bytesOf = (value: number) => (size: number) => new Uint8Array(size).fill(value);

test("the example of RFC 9562, appendix A.6, comes out", () => {
  // unix_ts_ms 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
  const random = (0xcc3n << 62n) | 0x18c4dc0c0c07398fn;
  assert.equal(uuidv7(0x017f22e279b0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

test("the time of the RFC's example is read back, and other versions have none", () => {
  assert.equal(timeOfUuidv7("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), 0x017f22e279b0);
  assert.equal(timeOfUuidv7("919108f7-52d1-4320-9bac-f847db4148a8"), null);
  assert.equal(timeOfUuidv7("017f22e2-79b0-7cc3-18c4-dc0c0c07398f"), null);
  assert.equal(timeOfUuidv7(""), null);
});

test("every id has version 7, the RFC's variant and the time it was made with", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 48 - 1 }),
      fc.bigInt({ min: 0n, max: (1n << 74n) - 1n }),
      (unixMs, random) => {
        const id = uuidv7(unixMs, random);
        assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        assert.equal(timeOfUuidv7(id), unixMs);
      },
    ),
  );
});

test("a time that 48 bits cannot hold is refused", () => {
  for (const unixMs of [-1, 0.5, 2 ** 48, Number.NaN, Infinity]) {
    assert.throws(() => uuidv7(unixMs, 0n), RangeError);
  }
});

test("ids of one source grow, whatever a clock does within a minute", () => {
  const start = 1_800_000_000_000;
  const clock = fc.array(fc.integer({ min: 0, max: 59_000 }), { minLength: 2, maxLength: 60 });
  const seeds = fc.infiniteStream(fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(clock, seeds, (offsets, seed) => {
      const next = createIdSource((size) => Uint8Array.from({ length: size }, () => seed.next().value));
      const ids = offsets.map((offset) => next(start + offset));
      for (const [index, id] of ids.entries()) {
        if (index > 0) assert.ok((ids[index - 1] ?? "") < id, `${ids[index - 1]} < ${id}`);
      }
    }),
  );
});

test("when a millisecond's random part is full, ids go on in the next one", () => {
  const next = createIdSource(bytesOf(0xff));
  const [first, second] = [next(1_000), next(1_000)];
  assert.equal(timeOfUuidv7(first), 1_000);
  assert.equal(timeOfUuidv7(second), 1_001);
});

test("a clock that is set back by more than a minute starts anew", () => {
  const next = createIdSource(bytesOf(1));
  next(5_000_000);
  assert.equal(timeOfUuidv7(next(1_000_000)), 1_000_000);
});

test("many ids of one millisecond are different and in order", () => {
  const ids = Array.from({ length: 5_000 }, () => newId(1_800_000_000_000));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual([...ids].sort(), ids);
});
