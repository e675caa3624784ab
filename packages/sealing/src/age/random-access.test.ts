import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  collect,
  collectUntilError,
  inPortions,
  patternedBytes,
  withFlippedByte,
} from "../testing/streams.ts";
import type { SealingError } from "../errors.ts";
import { generateIdentity } from "./identity.ts";
import { SEALED_CHUNK_SIZE } from "./payload.ts";
import { openRange, openSealed, type RandomAccess } from "./random-access.ts";
import { sealStream } from "./seal.ts";

const KIB_64 = 64 * 1024;
const own = generateIdentity();
const other = generateIdentity();

function stored(bytes: Uint8Array, reads: { offset: number; length: number }[] = []): RandomAccess {
  return {
    size: bytes.length,
    read(offset, length) {
      reads.push({ offset, length });
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
  };
}

function seal(plaintext: Uint8Array): Promise<Uint8Array> {
  return collect(sealStream(inPortions(plaintext), [own.recipient]));
}

test("any range of a file of any length is the same bytes as in the plaintext", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.nat({ max: 3 * KIB_64 }),
        fc.constantFrom(0, 1, KIB_64 - 1, KIB_64, KIB_64 + 1, 2 * KIB_64),
      ),
      fc.nat(),
      fc.nat(),
      async (size, a, b) => {
        const plaintext = patternedBytes(size);
        const file = await openSealed(stored(await seal(plaintext)), [own.identity]);
        assert.equal(file.size, size);
        const [start = 0, end = 0] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y);
        assert.deepEqual(await collect(file.range(start, end)), plaintext.slice(start, end));
        assert.deepEqual(await collect(file.range(0, size)), plaintext);
      },
    ),
    { numRuns: 40 },
  );
});

test("a range reads the header, the last chunk and the chunks that hold it, and nothing else", async () => {
  const sealed = await seal(patternedBytes(10 * KIB_64));
  const reads: { offset: number; length: number }[] = [];
  await collect(
    openRange(stored(sealed, reads), [own.identity], { start: 5 * KIB_64 + 1, end: 5 * KIB_64 + 9 }),
  );
  assert.deepEqual(
    reads.map(({ length }) => length),
    [512, SEALED_CHUNK_SIZE, SEALED_CHUNK_SIZE],
  );
});

test("a range outside of the file is refused", async () => {
  const file = await openSealed(stored(await seal(patternedBytes(10))), [own.identity]);
  for (const [start, end] of [
    [-1, 3],
    [4, 3],
    [0, 11],
    [11, 11],
    [0.5, 2],
    [Number.NaN, 2],
  ] as const) {
    assert.throws(() => file.range(start, end), { code: "range-invalid" });
  }
});

test("a file cut short or lengthened anywhere is refused before a range is read", async () => {
  const sealed = await seal(patternedBytes(2 * KIB_64 + 7));
  const payloadStart = sealed.length - 2 * SEALED_CHUNK_SIZE - 23;
  for (const length of [
    0,
    30,
    payloadStart - 1,
    payloadStart,
    payloadStart + 15,
    payloadStart + SEALED_CHUNK_SIZE,
    payloadStart + SEALED_CHUNK_SIZE + 16,
    payloadStart + 2 * SEALED_CHUNK_SIZE,
    sealed.length - 1,
  ]) {
    await assert.rejects(openSealed(stored(sealed.slice(0, length)), [own.identity]), {
      name: "SealingError",
    });
  }
  await assert.rejects(openSealed(stored(Buffer.concat([sealed, Buffer.of(0)])), [own.identity]), {
    name: "SealingError",
  });
});

test("a store that answers with fewer bytes than it has is refused", async () => {
  const sealed = await seal(patternedBytes(3 * KIB_64));
  const file: RandomAccess = {
    size: sealed.length,
    read: (offset, length) =>
      Promise.resolve(sealed.subarray(offset, offset + (length > 600 ? length - 1 : length))),
  };
  await assert.rejects(openSealed(file, [own.identity]), { code: "age-truncated" });
});

test("a changed byte stops the range at its chunk and not before", async () => {
  const plaintext = patternedBytes(3 * KIB_64);
  const sealed = await seal(plaintext);
  const damaged = withFlippedByte(sealed, sealed.length - 2 * SEALED_CHUNK_SIZE + 5);
  const file = await openSealed(stored(damaged), [own.identity]);
  const { bytes, error } = await collectUntilError(file.range(10, 3 * KIB_64));
  assert.equal((error as SealingError).code, "age-tampered");
  assert.deepEqual(bytes, plaintext.slice(10, KIB_64));
  assert.deepEqual(await collect(file.range(2 * KIB_64, 3 * KIB_64)), plaintext.slice(2 * KIB_64));
});

test("a stranger's identity opens nothing", async () => {
  await assert.rejects(openSealed(stored(await seal(patternedBytes(5))), [other.identity]), {
    code: "age-no-identity",
  });
});
