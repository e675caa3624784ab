import assert from "node:assert/strict";
import { test } from "node:test";
import { incidentTypeSchema, REPORT_FLAGS } from "@fairlead/report";
import { CATEGORIES, categoryOf } from "./categories.ts";

test("every category says nothing but what the report model has a word for", () => {
  for (const category of CATEGORIES) {
    const { incidentType, flags } = categoryOf(category);
    incidentTypeSchema.parse(incidentType);
    for (const flag of flags) assert.ok((REPORT_FLAGS as readonly string[]).includes(flag), flag);
  }
});

test("a category that is not known states nothing", () => {
  assert.deepEqual(categoryOf("weather"), categoryOf("other"));
  assert.deepEqual(categoryOf("toString").flags, []);
});
