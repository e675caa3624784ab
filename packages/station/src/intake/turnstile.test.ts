import assert from "node:assert/strict";
import { test } from "node:test";
import { openTurnstile } from "./turnstile.ts";

test("of many with much to do each goes on in a turn of its own, one after the other, and everybody is let through", async () => {
  const turn = openTurnstile();
  const log: string[] = [];
  let loops = 0;
  const count = () => {
    loops += 1;
    if (log.length < 12) setImmediate(count);
  };
  setImmediate(count);
  const work = async (name: string) => {
    for (let step = 0; step < 4; step += 1) {
      await turn();
      log.push(`${name}${step} in loop ${loops}`);
    }
  };
  await Promise.all(["a", "b", "c"].map(work));
  assert.deepEqual(
    log.map((line) => line.slice(0, 2)),
    ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"],
  );
  const at = log.map((line) => line.split(" ").at(-1));
  assert.equal(new Set(at).size, at.length, log.join(", "));
});

test("after everybody has been let through the next one still is", async () => {
  const turn = openTurnstile();
  await turn();
  await turn();
  await Promise.all([turn(), turn()]);
});
