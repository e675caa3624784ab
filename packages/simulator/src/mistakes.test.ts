import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseErrors, transposed } from "./mistakes.ts";
import { ERROR_KINDS } from "./profile.ts";
import { randomStream } from "./random.ts";
import { WORLD_2022 } from "./world-2022.ts";

test("two neighbouring digits change places where that makes another address", () => {
  for (const [address, wrong] of [
    ["192.0.2.45", "192.0.2.54"],
    ["192.0.2.108", "192.0.2.180"],
    ["192.0.2.122", "192.0.2.212"],
    ["192.0.2.11", undefined],
    ["192.0.2.7", undefined],
    // 01 may mean two addresses.
    ["192.0.2.10", undefined],
    // 291 is none, so the digits before are taken.
    ["192.0.2.219", "192.0.2.129"],
    ["2001:db8::1a2b", "2001:db8::1ab2"],
    ["2001:db8::11", undefined],
  ] as const)
    assert.equal(transposed(address), wrong, address);
});

test("at most one error is about times and addresses, and none is made that the habit rules out", () => {
  const slot = WORLD_2022.block[0]?.kinds[0];
  assert.ok(slot);
  const about = new Set<string>([
    "twelve-hour",
    "dst-fold",
    "day-month-swapped",
    "wrong-year",
    "no-zone",
    "ip-digits-transposed",
    "billing-for-installation",
  ]);
  const seen = new Set<string>();
  for (let i = 0; i < 300; i += 1) {
    const chosen = chooseErrors(randomStream("seed", i), 0.3, slot, "good", "GB");
    assert.ok(chosen.filter((kind) => about.has(kind)).length <= 1);
    for (const kind of chosen) seen.add(kind);
    for (const kind of chooseErrors(randomStream("seed", i), 0.9, slot, "behaviour-only", null))
      assert.ok(!["viewed-mis-set", "generative-ai-mis-set", "ip-digits-transposed"].includes(kind), kind);
  }
  // A report that is sent twice is chosen by the stream, not here.
  assert.deepEqual(
    ERROR_KINDS.filter((kind) => !seen.has(kind)),
    ["duplicate"],
  );
});
