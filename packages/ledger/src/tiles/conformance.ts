import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { LedgerError, type LedgerErrorCode } from "../error.ts";
import type { TileStore } from "./store.ts";

/** One fresh, empty place to store a log in, opened for one test. */
export interface StoreHarness {
  readonly store: TileStore;
  /** Opens the same place again, as a new process would: nothing may come from memory. */
  readonly reopen: () => Promise<TileStore>;
  /** Takes the place away. */
  readonly close: () => Promise<void>;
}

const BUNDLE = "tile/entries/000.p/2";
const FULL = "tile/0/x001/x234/067";

/** Every path that must be refused: outside the store, or a second spelling of a place inside it. */
export const REFUSED_PATHS: readonly string[] = [
  "",
  ".",
  "..",
  "/checkpoint",
  "checkpoint/",
  "checkpoint/../tile/0/000",
  "../checkpoint",
  "Checkpoint",
  "checkpoint\u0000",
  "checkpoint\n",
  "tile",
  "tile/0",
  "tile/0/",
  "tile/0/../../checkpoint",
  "tile/entries/../../../outside",
  "tile/0/..%2f000",
  "tile\\0\\000",
  "tile/00/000",
  "tile/64/000",
  "tile/-1/000",
  "tile/0/0",
  "tile/0/0000",
  "tile/0/x000/001",
  "tile/0/001/002",
  "tile/0/x01/002",
  "tile/0/x001",
  "tile/0/000.p",
  "tile/0/000.p/0",
  "tile/0/000.p/01",
  "tile/0/000.p/256",
  "tile/0/000.p/1/2",
  "tile/0/x999/x999/x999/x999/x999/999",
  "tile/0/\u0660\u0660\u0660",
  `tile/0/${"x001/".repeat(10_000)}000`,
];

/**
 * Holds a TileStore driver to the promises of its interface. Call it in a test file of the driver:
 * `tileStoreConformance("file system", async () => ({ store, reopen, close }))`. What only a loss of power can show
 * (fsync) is not in here.
 */
export function tileStoreConformance(name: string, open: () => Promise<StoreHarness>): void {
  const holds = (promise: string, check: (harness: StoreHarness) => Promise<void>): void => {
    test(promise, async () => {
      const harness = await open();
      try {
        await check(harness);
      } finally {
        await harness.close();
      }
    });
  };

  suite(`the ${name} store keeps the promises of a TileStore`, () => {
    holds("a path that was never written reads as undefined", async ({ store }) => {
      for (const path of ["checkpoint", BUNDLE, FULL]) assert.equal(await store.read(path), undefined);
    });

    holds("what was written is read back, here and after opening again", async ({ store, reopen }) => {
      const files = new Map(
        ["checkpoint", BUNDLE, FULL, "tile/0/000", "tile/0/000.p/1", "tile/0/x001/000", "tile/63/000"].map(
          (path, i) => [path, filled(1 + i * 1000, i)],
        ),
      );
      for (const [path, bytes] of files) await store.write(path, bytes);
      for (const place of [store, await reopen()]) {
        for (const [path, bytes] of files) assert.deepEqual(plain(await place.read(path)), bytes, path);
      }
    });

    holds("a bundle of the greatest size is stored whole", async ({ store }) => {
      const bytes = filled(256 * (2 + 0xffff), 7);
      await store.write("tile/entries/000", bytes);
      assert.ok(Buffer.from(bytes).equals((await store.read("tile/entries/000")) ?? new Uint8Array(0)));
    });

    holds("neither the writer's buffer nor a reader's is the stored one", async ({ store }) => {
      const mine = Uint8Array.of(1, 2, 3);
      await store.write(BUNDLE, mine);
      mine.fill(9);
      (await store.read(BUNDLE))?.fill(8);
      assert.deepEqual(plain(await store.read(BUNDLE)), Uint8Array.of(1, 2, 3));
    });

    holds("the same bytes may be written to a tile again", async ({ store, reopen }) => {
      for (const path of [BUNDLE, FULL]) {
        await store.write(path, Uint8Array.of(1, 2));
        await store.write(path, Uint8Array.of(1, 2));
        await (await reopen()).write(path, Uint8Array.of(1, 2));
      }
    });

    holds(
      "different bytes for a written tile are a conflict and change nothing",
      async ({ store, reopen }) => {
        for (const path of [BUNDLE, FULL]) {
          await store.write(path, Uint8Array.of(1, 2));
          for (const place of [store, await reopen()]) {
            for (const other of [
              Uint8Array.of(1, 3),
              Uint8Array.of(1),
              Uint8Array.of(1, 2, 3),
              new Uint8Array(0),
            ]) {
              await assert.rejects(place.write(path, other), hasCode("conflict"));
            }
            assert.deepEqual(plain(await place.read(path)), Uint8Array.of(1, 2));
          }
        }
      },
    );

    holds("of two different tiles written at once one wins and the other is told", async ({ store }) => {
      for (let round = 0; round < 10; round += 1) {
        const path = `tile/0/00${round}`;
        const rivals = [filled(8192, 1), filled(8192, 2), filled(8192, 3)];
        const outcomes = await Promise.allSettled(rivals.map((bytes) => store.write(path, bytes)));
        const winners = rivals.filter((_, i) => outcomes[i]?.status === "fulfilled");
        assert.equal(winners.length, 1);
        assert.deepEqual(plain(await store.read(path)), winners[0]);
        for (const outcome of outcomes) {
          if (outcome.status === "rejected") assert.ok(hasCode("conflict")(outcome.reason));
        }
      }
    });

    holds("the checkpoint is replaced by each write, longer or shorter", async ({ store, reopen }) => {
      for (const bytes of [filled(300, 1), filled(500, 2), filled(10, 3)]) {
        await store.write("checkpoint", bytes);
        assert.deepEqual(plain(await store.read("checkpoint")), bytes);
        assert.deepEqual(plain(await (await reopen()).read("checkpoint")), bytes);
      }
    });

    holds("a reader sees one whole checkpoint while it is replaced", async ({ store }) => {
      await store.write("checkpoint", filled(4096, 0));
      for (let i = 1; i <= 50; i += 1) {
        const write = store.write("checkpoint", filled(4096 + i, i));
        const reads = await Promise.all(Array.from({ length: 5 }, () => store.read("checkpoint")));
        await write;
        for (const seen of reads) {
          const whole = [filled(4096 + i - 1, i - 1), filled(4096 + i, i)];
          assert.ok(seen !== undefined && whole.some((bytes) => Buffer.from(bytes).equals(seen)));
        }
      }
    });

    holds("paths that are no place in a log are refused, to read and to write", async ({ store }) => {
      for (const path of REFUSED_PATHS) {
        await assert.rejects(
          store.read(path),
          hasCode("invalid-argument"),
          JSON.stringify(path.slice(0, 60)),
        );
        await assert.rejects(store.write(path, Uint8Array.of(1)), hasCode("invalid-argument"));
      }
    });
  });
}

function filled(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

/** Drivers may answer a Buffer, which strict comparison tells from a Uint8Array. */
function plain(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes === undefined ? undefined : new Uint8Array(bytes);
}

function hasCode(code: LedgerErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof LedgerError && error.code === code;
}
