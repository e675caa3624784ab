import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { FILE_DETAILS, REPORT } from "../schema/documents.ts";
import { element } from "../testing/arbitrary.ts";
import { ISSUER, SMALLEST, number, take, takeAgain, withoutIds } from "../testing/house.ts";
import { LEGACY_FILE_DETAILS, MAXIMAL_FILE_DETAILS, MAXIMAL_REPORT } from "../testing/maximal.ts";
import { fromReport } from "./from-report.ts";

describe("a report of the wire", () => {
  it("comes out of the house exactly as it went in, whatever it holds, with nothing listed as omitted", () => {
    const upload = fc.record({
      details: fc.option(element(FILE_DETAILS) as fc.Arbitrary<FileDetails>, { nil: undefined }),
      fileName: fc.option(fc.constantFrom("boat.jpg", "blob", "x".repeat(3000)), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        element(REPORT) as fc.Arbitrary<CyberTiplineReport>,
        fc.array(upload, { maxLength: 2 }),
        (document, uploads) => {
          const sent = uploads.map(({ details, fileName }) => ({
            ...(details === undefined ? {} : { details }),
            ...(fileName === undefined ? {} : { fileName }),
          }));
          const report = take(document, sent);
          const wire = fromReport(report, { issuer: ISSUER });
          assert.deepEqual(wire.document, document);
          assert.deepEqual(
            wire.files.map(({ description }) => description ?? {}),
            uploads.map(({ details }) => (details === undefined ? {} : withoutIds(details))),
          );
          assert.deepEqual(wire.omissions, []);
          assert.deepEqual(takeAgain(wire), report);
        },
      ),
    );
  });

  it("does so when it uses every element there is", () => {
    const report = take(MAXIMAL_REPORT, [
      { details: MAXIMAL_FILE_DETAILS, fileName: "blob" },
      { details: LEGACY_FILE_DETAILS },
    ]);
    const wire = fromReport(report, { issuer: ISSUER });
    assert.deepEqual(wire.document, MAXIMAL_REPORT);
    assert.deepEqual(
      wire.files.map(({ description }) => description),
      [withoutIds(MAXIMAL_FILE_DETAILS), withoutIds(LEGACY_FILE_DETAILS)],
    );
    assert.deepEqual(
      wire.files.map(({ fileName }) => fileName),
      ["blob", LEGACY_FILE_DETAILS.originalFileName],
    );
    assert.deepEqual(wire.omissions, []);
    assert.deepEqual(wire.knownAs, [{ kind: "this-report", issuer: ISSUER, value: "250799407" }]);
  });

  it("does so when it holds more than a report has room for", () => {
    const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
      Array.from({ length: count }, (_, index) => make(index));
    const document: CyberTiplineReport = {
      ...SMALLEST,
      incidentSummary: {
        ...SMALLEST.incidentSummary,
        escalateToHighPriority: "🌊".repeat(3000),
        incidentDateTimeDescription: "é".repeat(3001),
      },
      internetDetails: [
        { webPageIncident: { url: many(1200, (index) => `https://example.com/${String(index)}`) } },
      ],
      personOrUserReported: [
        {
          displayName: many(5100, (index) => `name ${String(index)}`),
          priorCTReports: many(1100, (index) => number(String(index))),
          ipCaptureEvent: [{ ipAddress: "x".repeat(65), port: 1 }, { ipAddress: "192.0.2.1" }],
          personOrUserReportedPerson: { address: many(501, (index) => ({ city: `city ${String(index)}` })) },
        },
      ],
      victim: many(5100, () => ({ victimPerson: {}, espService: "a" })),
      additionalInfo: "🌊".repeat(1_100_000),
    };
    const details: FileDetails = {
      reportId: number("1"),
      fileId: "b0",
      originalFileHash: many(70, (index) => ({ value: `ab${String(index)}`, hashType: "MD5" })),
      details: [{ nameValuePair: many(10_100, (index) => ({ name: `n${String(index)}`, value: "" })) }],
      additionalInfo: ["x".repeat(2_000_000)],
    };
    const report = take(document, [{ details }]);
    const escalation = report.claims.find(({ states }) => states.kind === "escalation");
    assert.ok(escalation?.states.kind === "escalation" && escalation.states.text.length === 3000);
    assert.ok(report.statements.length < 10_000);
    const wire = fromReport(report, { issuer: ISSUER });
    assert.deepEqual(wire.document, document);
    assert.deepEqual(wire.files[0]?.description, withoutIds(details));
    assert.deepEqual(wire.omissions, []);
  });
});
