import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Room, text } from "./conformance/room.ts";
import { openNodeMls } from "./node.ts";

// Any schedule of joining, leaving, renewing and talking, with messages that come late: everybody who was there reads everything.

const most = 12;

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("say" as const), who: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("deliver" as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("commit" as const),
      who: fc.nat(),
      add: fc.nat({ max: 3 }),
      remove: fc.uniqueArray(fc.nat({ max: most - 1 }), { maxLength: 3 }),
    }),
  },
);

test("in any schedule, every device reads every message of an epoch that it was in, as said by its sender", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 12, maxLength: 40 }),
      fc.boolean(),
      async (steps, stored) => {
        const mls = await openNodeMls();
        const room = await Room.of(mls, ["p0", "p1", "p2"], stored ? (state) => state.slice() : undefined);
        let born = 3;
        let said = 0;
        /** Who has yet to read what. */
        let waiting: { to: string; from: string; message: Uint8Array; words: string; epoch: bigint }[] = [];
        const deliver = async (index: number): Promise<void> => {
          const [one] = waiting.splice(index, 1);
          if (one === undefined) return;
          const heard = await room.hear(one.to, one.message);
          assert.equal(text(heard.plaintext), one.words);
          assert.equal(heard.epoch, one.epoch);
          assert.equal(heard.sender.uri, `mimi://hub.example/u/${one.from}`);
        };
        for (const one of steps) {
          const { names } = room;
          if (one.kind === "say") {
            const from = names[one.who % names.length] ?? "p0";
            const words = `cloud ${said++}`;
            const { epoch } = mls.inspect(room.state(from));
            const message = await room.say(from, words);
            for (const to of names) if (to !== from) waiting.push({ to, from, message, words, epoch });
          } else if (one.kind === "deliver") {
            if (waiting.length > 0) await deliver(one.which % waiting.length);
          } else {
            const by = names[one.who % names.length] ?? "p0";
            const remove = one.remove.flatMap((index) => names[index] ?? []).filter((name) => name !== by);
            const room_ = most - names.length + remove.length;
            const add = Array.from({ length: Math.min(one.add, room_) }, () => `p${born++}`);
            // What is older than the epochs that a device keeps has to be read before they go.
            const { epoch } = mls.inspect(room.state(by));
            for (let index = waiting.length - 1; index >= 0; index--)
              if ((waiting[index]?.epoch ?? epoch) < epoch - 1n || remove.includes(waiting[index]?.to ?? ""))
                await deliver(index);
            await room.commit(by, add, remove);
          }
        }
        while (waiting.length > 0) await deliver(waiting.length - 1);
        waiting = [];
        await room.talk();
      },
    ),
    { numRuns: 5 },
  );
});
