import assert from "node:assert/strict";
import { test } from "node:test";
import { percent } from "./percent.ts";

test("almost all is not all, and almost nothing is not nothing", () => {
  assert.deepEqual([0, 0.001, 0.424, 0.999, 1].map(percent), ["0%", "<1%", "42%", ">99%", "100%"]);
});
