import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Report } from "@fairlead/report";
import { arbitraryReport, exampleFile, exampleReport } from "../testing/index.ts";
import { reportIdentity, reportLookups, sameReport } from "./same-report.ts";

const identity = (parts: Partial<Report> = {}) => reportIdentity(exampleReport(parts));
const at = (time: string): Partial<Report> => ({
  incident: { type: "abuse-material", occurred: { raw: time, at: time, zone: "stated" } },
});
const reference = (kind: "this-report" | "prior-report", value = "42"): Partial<Report> => ({
  references: [{ kind, issuer: "Example House", value }],
});
const otherFile = exampleFile({
  received: { size: 1, sha256: "b".repeat(64), sha1: "b".repeat(40), md5: "b".repeat(32) },
});
const sameness = (a: Partial<Report>, b: Partial<Report>) => sameReport(identity(a), identity(b))?.sameness;

describe("one report that came twice", () => {
  it("is exact by one number of its own, whoever hands it in", () => {
    const inlet = { sender: { kind: "peer", id: "clearinghouse", name: "Example House" } } as const;
    const other = { ...reference("this-report"), ...inlet, ...at("2026-01-01T00:00:00Z"), evidence: [] };
    assert.equal(sameness(reference("this-report"), other), "exact");
    assert.equal(sameness(reference("this-report"), reference("this-report", "43")), "likely");
  });

  it("is likely by sender, account, files and a time up to 60 seconds apart", () => {
    const first = at("2026-11-12T12:00:30Z");
    assert.equal(sameness(first, at("2026-11-12T12:01:30Z")), "likely");
    assert.equal(sameness(first, at("2026-11-12T12:01:31Z")), undefined);
    assert.equal(sameness(at("2026-11-12T12:01:30Z"), first), "likely");
    const lookups = new Set(reportLookups(identity(first)));
    assert.ok(reportLookups(identity(at("2026-11-12T12:01:30Z"))).some((each) => lookups.has(each)));
    assert.equal(sameness(first, { ...first, evidence: [exampleFile(), otherFile] }), undefined);
    assert.equal(sameness(first, { ...first, persons: [] }), undefined);
    const sender = { kind: "platform", id: "other-platform", name: "Other Platform" } as const;
    assert.equal(sameness(first, { ...first, sender }), undefined);
  });

  it("is not sure by a time that is not certain", () => {
    const unsure: Partial<Report> = {
      incident: { type: "abuse-material", occurred: { raw: "2026-11-12T12:00:30", zone: "none" } },
    };
    assert.equal(sameness(unsure, unsure), undefined);
  });

  it("is likely where it names the other and tells of the same, and is none where it only names it", () => {
    const late = at("2026-11-20T12:00:00Z");
    assert.equal(sameness({ ...reference("prior-report"), ...late }, reference("this-report")), "likely");
    assert.equal(sameness(reference("this-report"), { ...reference("prior-report"), ...late }), "likely");
    assert.equal(
      sameness(reference("this-report"), { ...reference("prior-report"), ...late, evidence: [otherFile] }),
      undefined,
    );
    assert.equal(sameness({ ...reference("prior-report"), ...late }, reference("prior-report")), undefined);
  });

  it("is the same from either side and found by what both are looked up under, for arbitrary reports", () => {
    fc.assert(
      fc.property(arbitraryReport, arbitraryReport, (one, two) => {
        const [a, b] = [reportIdentity(one), reportIdentity(two)];
        assert.equal(sameReport(a, b)?.sameness, sameReport(b, a)?.sameness);
        if (sameReport(a, b) === undefined) return;
        const lookups = new Set(reportLookups(a));
        assert.ok(reportLookups(b).some((each) => lookups.has(each)));
      }),
    );
  });
});
