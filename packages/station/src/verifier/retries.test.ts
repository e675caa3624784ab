import assert from "node:assert/strict";
import { test } from "node:test";
import { newRetries } from "./retries.ts";

test("what fails is due again after twice as long every time, and after a minute at most", () => {
  let now = 0;
  const retries = newRetries(() => now);
  const pauses = Array.from({ length: 7 }, () => {
    retries.failed("kite");
    const since = now;
    while (!retries.isDue("kite")) now += 1000;
    return (now - since) / 1000;
  });
  assert.deepEqual(pauses, [3, 6, 12, 24, 48, 60, 60]);
});

test("what fails delays nothing else, and is new again once it is over", () => {
  let now = 0;
  const retries = newRetries(() => now);
  for (const key of ["kite", "kite", "train"]) retries.failed(key);
  assert.equal(retries.isDue("cloud"), true);
  now = 3000;
  assert.equal(retries.isDue("train"), true);
  assert.equal(retries.isDue("kite"), false);
  retries.keepOnly(["train"]);
  assert.equal(retries.isDue("kite"), true);
});
