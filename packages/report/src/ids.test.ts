import assert from "node:assert/strict";
import { test } from "node:test";
import { evidenceIdSchema, personKeySchema, reportIdSchema, stationIdSchema } from "./ids.ts";

test("a station's name is lower-case words joined by hyphens", () => {
  for (const name of ["agency", "west-yorkshire", "force-7"])
    assert.equal(stationIdSchema.safeParse(name).success, true);
  for (const name of ["", "Agency", "a--b", "-a", "a-", "a b", "a/../b", "a\n", "é", "x".repeat(65)])
    assert.equal(stationIdSchema.safeParse(name).success, false, name);
});

test("reports and evidence are named by UUIDs and nothing else", () => {
  for (const schema of [reportIdSchema, evidenceIdSchema]) {
    assert.equal(schema.safeParse("4f9a5c1e-7f1d-4a57-9d0c-2f1f6a3b8c9d").success, true);
    for (const id of [
      "4f9a5c1e7f1d4a579d0c2f1f6a3b8c9d",
      "{4f9a5c1e-7f1d-4a57-9d0c-2f1f6a3b8c9d}",
      "../etc",
      "1",
    ])
      assert.equal(schema.safeParse(id).success, false, id);
  }
});

test("a person is named by role and number", () => {
  for (const key of ["suspect-1", "associated-12"])
    assert.equal(personKeySchema.safeParse(key).success, true);
  for (const key of ["suspect", "1-suspect", "Suspect-1", "suspect-1 ", "suspect-1\n", "__proto__"])
    assert.equal(personKeySchema.safeParse(key).success, false, key);
});
