import assert from "node:assert/strict";
import { test } from "node:test";
import { stationIdSchema } from "@fairlead/report";
import { type Authority, authoritiesFor, safeguardingConfigSchema } from "./authority.ts";

const council = (id: string, parts: Partial<Authority> = {}): Authority => ({
  id: stationIdSchema.parse(id),
  name: `Council of ${id}`,
  areas: ["west-yorkshire"],
  contact: { telephone: "01632 960001" },
  ...parts,
});
const ids = (authorities: Authority[], day = "2026-11-22", area: Parameters<typeof authoritiesFor>[1] = {}) =>
  authoritiesFor(authorities, area, day).map(({ authority, fit }) => `${authority.id} ${fit}`);

test("the authority of the child's area comes first, then the country's, and every other can be chosen", () => {
  const all = [
    council("elsewhere", { areas: ["kent"] }),
    council("national", { areas: ["GB"] }),
    council("leeds"),
  ];
  const area = { agency: { id: "west-yorkshire" }, country: "GB" };
  assert.deepEqual(ids(all, undefined, area), ["leeds area", "national country", "elsewhere other"]);
  assert.deepEqual(ids(all), ["elsewhere other", "national other", "leeds other"]);
});

test("an authority holds from its first day to the day before its last", () => {
  const dated = [council("old", { validTo: "2026-04-01" }), council("new", { validFrom: "2026-04-01" })];
  assert.deepEqual(ids(dated, "2026-03-31"), ["old other"]);
  assert.deepEqual(ids(dated, "2026-04-01"), ["new other"]);
});

test("a configuration in which two records of one authority hold on one day is refused, and one after the other is taken", () => {
  const parse = (...authorities: object[]) => safeguardingConfigSchema.safeParse({ authorities });
  const first = council("leeds", { validTo: "2026-04-01" });
  assert.ok(parse(first, council("leeds", { validFrom: "2026-04-01" })).success);
  const both = parse(first, council("leeds", { validFrom: "2026-03-31" }));
  assert.match(both.error?.issues[0]?.message ?? "", /two records of leeds/);
  assert.ok(!parse(council("leeds"), council("leeds")).success);
});

test("an authority that nobody could reach is refused, and so is one that ends before it begins", () => {
  const parse = (authority: object) =>
    safeguardingConfigSchema.safeParse({ authorities: [authority] }).success;
  assert.ok(!parse(council("leeds", { contact: { note: "by post" } })));
  assert.ok(!parse(council("leeds", { validFrom: "2026-04-01", validTo: "2026-04-01" })));
  assert.ok(!parse(council("leeds", { areas: [] })));
});
