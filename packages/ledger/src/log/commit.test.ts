import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { grow, type TileFile } from "../tiles/growth.ts";
import { memoryTileStore } from "../tiles/memory-store.ts";
import { checkPlanned, writeFiles } from "./commit.ts";

const leaves = Array.from({ length: 300 }, (_, i) => new Uint8Array(Buffer.from(`leaf ${i}`)));

/** The files of a log of 300 leaves, with one bit flipped in memory after they were made. */
function planned(flipped?: string): TileFile[] {
  const { files } = grow({ size: 0, entries: [], levels: [] }, leaves);
  const file = files.find(({ path }) => path === flipped);
  // Byte 42 lies in the content of the sixth entry, and in the second hash.
  if (file !== undefined) file.bytes[42]! ^= 0x10;
  return files;
}

suite("files about to be committed", () => {
  test("pass if every entry hashes to its leaf hash", () => {
    checkPlanned(planned());
    checkPlanned([]);
  });

  test("are refused if a bit of an entry or of its hash flipped in memory, before anything is stored", () => {
    for (const path of ["tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44"]) {
      assert.throws(() => checkPlanned(planned(path)), { code: "corrupt" }, path);
    }
  });

  test("are refused if the hashes for a bundle are missing", () => {
    const files = planned().filter(({ path }) => path !== "tile/0/001.p/44");
    assert.throws(() => checkPlanned(files), { code: "malformed" });
  });

  test("are hashed again from what the store gives back", async () => {
    // The flipped bit is in the plan and in the store alike: comparing the two alone would see nothing.
    await assert.rejects(writeFiles(memoryTileStore(), planned("tile/entries/000")), {
      code: "corrupt",
      message: /tile\/entries\/000/,
    });
  });
});
