import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { EFFECTS, type EffectName, openSweep, type Sweep } from "../testing/effect-sweep.ts";
import { FAULTS } from "../testing/port-faults.ts";
import { endOfFile } from "../testing/station.ts";

/** The slice of `npm run deep -- faults` that runs with every test: one fault at each call. */
const RECOVERS_WITHIN_MS = 30_000;
/** What each takes without a fault: a filing is submitted, two files are uploaded and described, and it is finished. */
const CALLS: Record<EffectName, number> = { package: 1, tip: 6, "uk-report": 1, outcome: 1, question: 1 };

const end = endOfFile();
let sweep: Sweep;
before(async () => {
  sweep = await openSweep(end);
});

suite("whichever call to another station fails, before or after it was done, or kills the process", () => {
  for (const name of EFFECTS) {
    test(`${name}: without a fault, it takes as many calls as the wire asks for`, async () => {
      assert.equal((await sweep.drive(name, new Map())).calls, CALLS[name]);
    });
    for (const fault of FAULTS)
      test(`${name}: ${fault} at any call, and it arrives once, by itself within half a minute`, async () => {
        for (let call = 0; call < CALLS[name]; call += 1) {
          const { recoveredInMs } = await sweep.drive(name, new Map([[call, fault]]));
          assert.ok(recoveredInMs <= RECOVERS_WITHIN_MS, `call ${call}: ${recoveredInMs} ms`);
        }
      });
  }

  test("a fault that lasts for 25 attempts is over within half a minute after it ends", async () => {
    for (const name of EFFECTS) {
      const lasting = new Map(Array.from({ length: 25 }, (_, call) => [call, "failed"] as const));
      const { recoveredInMs } = await sweep.drive(name, lasting);
      assert.ok(recoveredInMs <= RECOVERS_WITHIN_MS, `${name}: ${recoveredInMs} ms`);
    }
  });
});
