import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { runSchedule } from "./testing/schedules.ts";

// A slice of `npm run deep -- schedules`, which runs twenty people in five rooms.
suite("whatever people do in rooms, everything that anybody received can be reported by them and verifies", () => {
  for (const seed of [1, 2])
    test(`six people, two rooms, seed ${seed}`, async () => {
      const { failures, received, verified, said } = await runSchedule({
        users: 6,
        rooms: 2,
        steps: 30,
        seed,
      });
      assert.deepEqual(failures, []);
      assert.ok(said > 10 && received > said);
      assert.equal(verified, received);
    });
});
