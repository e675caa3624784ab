import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { randomOf } from "./fill-stream-fixture.ts";
import { type CallTally, refusalStep } from "./index.ts";

const STARTS = Date.parse("2026-11-01T00:00:00Z");
/** A minute each, of so many calls, so many of them refused. */
const minutes = (list: readonly [number, number][]): CallTally[] =>
  list.map(([calls, refused], index) => ({
    at: new Date(STARTS + index * 60_000).toISOString(),
    taken: calls - refused,
    refused,
  }));
const some = (count: number, calls: number, refused: number) =>
  Array.from({ length: count }, (): [number, number] => [calls, refused]);

describe("reports that are refused at the door", () => {
  it("raise no alarm while a sender is refused as often as ever", () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 0.4, noNaN: true }), (seed, share) => {
        const random = randomOf(seed);
        const tallies = minutes(
          Array.from({ length: 200 }, (): [number, number] => [
            5,
            Array.from({ length: 5 }, random).filter((each) => each < share).length,
          ]),
        );
        for (let count = 12; count <= tallies.length; count += 1)
          assert.equal(refusalStep(tallies.slice(0, count), undefined), undefined);
      }),
      { numRuns: 40 },
    );
  });

  it("are an alarm within twenty calls when all are refused, by a known sender and by a new one", () => {
    const known = refusalStep(minutes([...some(40, 5, 0), ...some(4, 5, 5)]), undefined);
    assert.ok(known?.kind === "opens");
    assert.deepEqual(
      [known.before, known.now],
      [
        { count: 0, of: 200 },
        { count: 20, of: 20 },
      ],
    );
    assert.equal(known.from, minutes(some(41, 5, 0))[40]?.at);
    assert.equal(refusalStep(minutes(some(4, 5, 5)), undefined)?.kind, "opens");
    assert.equal(refusalStep(minutes(some(3, 5, 5)), undefined), undefined);
  });

  it("are one when more than half get in no more, and not for a few mistakes", () => {
    assert.equal(refusalStep(minutes([...some(40, 5, 0), ...some(10, 5, 3)]), undefined)?.kind, "opens");
    assert.equal(refusalStep(minutes([...some(40, 5, 0), ...some(20, 10, 1)]), undefined), undefined);
    assert.equal(refusalStep(minutes([...some(200, 10, 3), ...some(40, 10, 5)]), undefined), undefined);
  });

  it("end when its reports get in again, and not because it fell silent", () => {
    const tallies = [...some(40, 5, 0), ...some(8, 5, 5)];
    const step = refusalStep(minutes(tallies), undefined);
    assert.ok(step?.kind === "opens");
    const { before, from } = step;
    const on = { before, from };
    assert.equal(refusalStep(minutes(tallies), on), undefined);
    assert.equal(refusalStep(minutes([...tallies, ...some(2, 5, 0)]), on), undefined);
    assert.equal(
      refusalStep(minutes([...tallies, ...some(20, 25, 3)]), on),
      undefined,
      "one of eight is refused",
    );
    assert.equal(refusalStep(minutes([...tallies, ...some(8, 5, 0)]), on)?.kind, "recovers");
  });

  it("are the same in any order, and however many they are", () => {
    const tallies = minutes([...some(40, 5000, 10), ...some(3, 5000, 4000)]);
    const step = refusalStep(tallies, undefined);
    assert.equal(step?.kind, "opens");
    assert.deepEqual(refusalStep(tallies.toReversed(), undefined), step);
  });
});
