import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleReport, exampleFile } from "@fairlead/assessment/testing";
import { directReportDuty } from "./duty.ts";
import { relevantData, ukDueAt, ukKeeping } from "./retention.ts";

const link = { basis: "place" as const };
const clearinghouse = { by: "Example Clearinghouse", arrangement: "foreign-agency" as const };

test("a provider of the United Kingdom reports everything, any other only what is linked to it", () => {
  const code = (established: "uk" | "elsewhere", links: { basis: "place" }[]) =>
    directReportDuty({ established, links, covering: [] }).code;
  assert.equal(code("uk", []), "uk.duty.uk-provider");
  assert.equal(code("elsewhere", [link]), "uk.duty.uk-linked");
  assert.equal(code("elsewhere", []), "uk.duty.not-linked");
});

test("what goes by arrangements with an agency abroad or by a member of the group is not made twice, linked or not", () => {
  for (const covering of [clearinghouse, { by: "Example Group", arrangement: "group" as const }])
    for (const established of ["uk", "elsewhere"] as const) {
      const duty = directReportDuty({ established, links: [link], covering: [covering] });
      assert.equal(duty.made, false);
      assert.equal(duty.code, "uk.duty.covered");
    }
});

test("the reference is kept five years from its issue and the content one year from sending, through leap days", () => {
  const kept = ukKeeping(exampleReport(), Date.UTC(2028, 1, 29, 12), Date.UTC(2028, 1, 29, 11));
  assert.equal(new Date(kept.referenceUntil).toISOString(), "2033-02-28T12:00:00.000Z");
  assert.equal(new Date(kept.contentUntil).toISOString(), "2029-02-28T11:00:00.000Z");
  const plain = ukKeeping(exampleReport(), Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 21));
  assert.equal(new Date(plain.referenceUntil).toISOString(), "2031-11-22T00:00:00.000Z");
  assert.equal(new Date(plain.contentUntil).toISOString(), "2027-11-21T00:00:00.000Z");
});

test("the user's relevant data are those of the two weeks before the first upload", () => {
  const upload = (raw: string) => ({ raw, at: raw, zone: "stated" as const, offset: "Z" });
  const found = relevantData(
    exampleReport({
      persons: [],
      evidence: [
        exampleFile({ uploadedAt: upload("2026-11-03T00:00:00Z") }),
        exampleFile({ uploadedAt: upload("2026-11-02T00:00:00Z") }),
      ],
    }),
  );
  assert.deepEqual(found, {
    from: Date.UTC(2026, 9, 19),
    to: Date.UTC(2026, 10, 2),
    of: "/evidence/1/uploadedAt",
  });
});

test("without a certain time of the content the incident's counts, and without that there is no period", () => {
  const bare = exampleReport({ persons: [], evidence: [] });
  assert.equal(relevantData(bare)?.of, "/incident/occurred");
  const vague = { ...bare.incident, occurred: { raw: "2026-11-02T00:00:00", zone: "none" as const } };
  assert.equal(relevantData({ ...bare, incident: vague }), undefined);
});

test("each priority has its clock from when the provider knew", () => {
  const hours = (["P1", "P2", "P3"] as const).map((level) => ukDueAt(level, 0) / 3_600_000);
  assert.deepEqual(hours, [1, 24, 72]);
});
