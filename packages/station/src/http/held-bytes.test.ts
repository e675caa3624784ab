import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openHeldBytes } from "./held-bytes.ts";

test("calls together never hold more than they may, each gives back what it held, and who is refused is told when to come back", () => {
  const step = fc.record({ call: fc.nat(3), bytes: fc.option(fc.nat(60)) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const room = openHeldBytes(100);
      const calls = Array.from({ length: 4 }, () => room.open());
      const own = [0, 0, 0, 0];
      for (const { call, bytes } of steps) {
        const sum = own.reduce((a, b) => a + b, 0);
        if (bytes === null) {
          calls[call]?.release();
          calls[call]?.release();
          own[call] = 0;
        } else if (sum + bytes > 100)
          assert.throws(() => calls[call]?.hold(bytes), { code: "intake.busy", retryAfterSeconds: 5 });
        else {
          calls[call]?.hold(bytes);
          own[call] = (own[call] ?? 0) + bytes;
        }
      }
    }),
  );
});
