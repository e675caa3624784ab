import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { REFUSED_PATHS } from "./conformance.ts";
import { parseStorePath, type Tile, tilePath } from "./path.ts";

const index = fc.maxSafeNat();
const width = fc.integer({ min: 1, max: 256 });
const level = fc.integer({ min: 0, max: 63 });
const tile: fc.Arbitrary<Tile> = fc.oneof(
  fc.tuple(index, width).map(([index, width]): Tile => ({ kind: "entries", index, width })),
  fc
    .tuple(level, index, width)
    .map(([level, index, width]): Tile => ({ kind: "hashes", level, index, width })),
);

suite("the path of a tile", () => {
  test("index 1234067 is encoded as the specification shows it", () => {
    assert.equal(
      tilePath({ kind: "hashes", level: 0, index: 1_234_067, width: 256 }),
      "tile/0/x001/x234/067",
    );
    assert.equal(tilePath({ kind: "entries", index: 1_234_067, width: 5 }), "tile/entries/x001/x234/067.p/5");
  });

  test("small indexes have one element and a level has no leading zero", () => {
    assert.equal(tilePath({ kind: "hashes", level: 12, index: 0, width: 1 }), "tile/12/000.p/1");
    assert.equal(tilePath({ kind: "hashes", level: 1, index: 999, width: 255 }), "tile/1/999.p/255");
    assert.equal(tilePath({ kind: "hashes", level: 1, index: 1000, width: 256 }), "tile/1/x001/000");
    assert.equal(
      tilePath({ kind: "hashes", level: 1, index: 1_000_000, width: 256 }),
      "tile/1/x001/x000/000",
    );
  });

  test("every tile reads back from its path", () => {
    fc.assert(fc.property(tile, (t) => assert.deepEqual(parseStorePath(tilePath(t)), t)));
  });

  test("different tiles have different paths", () => {
    fc.assert(
      fc.property(tile, tile, (a, b) => {
        assert.equal(tilePath(a) === tilePath(b), JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test("a path that is no place in a log, or a second spelling of one, is refused", () => {
    assert.deepEqual(parseStorePath("checkpoint"), { kind: "checkpoint" });
    for (const path of REFUSED_PATHS) assert.throws(() => parseStorePath(path), { code: "invalid-argument" });
  });

  test("whatever is accepted is spelled in the only way there is", () => {
    const near = fc.stringMatching(/^tile\/(entries|[0-9]{1,3})\/(x?[0-9]{1,4}\/?){1,3}(\.p\/[0-9]{1,4})?$/);
    fc.assert(
      fc.property(near, (path) => {
        try {
          const place = parseStorePath(path);
          assert.ok(place.kind !== "checkpoint" && tilePath(place) === path);
        } catch (error) {
          assert.equal((error as { code?: unknown }).code, "invalid-argument");
        }
      }),
    );
  });

  test("the refusal of a hostile path is short and shows no control character", () => {
    assert.throws(
      () => parseStorePath(`\u001b[31m${"a".repeat(10_000)}`),
      (error: Error) => error.message.length < 300 && !error.message.includes("\u001b"),
    );
  });
});
