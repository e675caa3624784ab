import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CyberTiplineReport } from "../document/report.ts";
import { CyberTiplineError } from "../error.ts";
import { encodeReport, encodeReportDoneResponse } from "./documents.ts";
import { parseReportNumber } from "../document/scalars.ts";

const REPORT: CyberTiplineReport = {
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
  reporter: { reportingPerson: {} },
};

/** Callers in JavaScript are not held back by types. */
function refusals(value: unknown): readonly string[] {
  try {
    encodeReport(value as CyberTiplineReport);
    return [];
  } catch (error) {
    assert.ok(error instanceof CyberTiplineError);
    assert.equal(error.code, "document-invalid");
    return error.problems.map(({ code, path }) => `${code} ${path}`);
  }
}

describe("writing a document", () => {
  it("puts elements into the order of the schema, whatever the order of the properties", () => {
    const { reporter, incidentSummary } = REPORT;
    const xml = encodeReport({
      additionalInfo: "last",
      victim: [{ additionalInfo: "b", victimPerson: {}, screenName: "a" }],
      reporter,
      incidentSummary,
    });
    const order = [
      ...xml.matchAll(/<(incidentSummary|reporter|victim|victimPerson|screenName|additionalInfo)[ >/]/g),
    ];
    assert.deepEqual(
      order.map(([, name]) => name),
      [
        "incidentSummary",
        "reporter",
        "victim",
        "victimPerson",
        "screenName",
        "additionalInfo",
        "additionalInfo",
      ],
    );
  });

  it("rewrites no text that looks like a number, and escapes every text", () => {
    const xml = encodeReport({
      ...REPORT,
      personOrUserReported: [
        { espIdentifier: "00123", screenName: "1e3", profileUrl: ["https://example.com/?a=1&b=2"] },
      ],
    });
    assert.match(xml, /<espIdentifier>00123</);
    assert.match(xml, /<screenName>1e3</);
    assert.match(xml, /a=1&amp;b=2</);
  });

  it("takes an empty array and undefined for absent", () => {
    assert.equal(encodeReport({ ...REPORT, victim: [] }), encodeReport(REPORT));
    assert.equal(
      encodeReport({ ...REPORT, additionalInfo: undefined } as unknown as CyberTiplineReport),
      encodeReport(REPORT),
    );
  });

  it("writes an empty list of files as NCMEC does", () => {
    const reportId = parseReportNumber("4564654");
    assert.ok(reportId);
    assert.match(encodeReportDoneResponse({ responseCode: 0, reportId, files: {} }), /<files\/>/);
  });

  it("writes nothing that a receiver must refuse, and names every reason", () => {
    const summary = REPORT.incidentSummary;
    assert.deepEqual(refusals(null), ["schema.value /report"]);
    assert.deepEqual(refusals({ ...REPORT, reporter: undefined }), [
      "schema.missing-element /report/reporter",
    ]);
    assert.deepEqual(refusals({ ...REPORT, extra: 1, __proto__: { more: 2 } }), [
      "schema.unexpected-element /report/extra",
    ]);
    assert.deepEqual(refusals({ ...REPORT, victim: { victimPerson: {} } }), ["schema.value /report/victim"]);
    assert.deepEqual(refusals({ ...REPORT, reporter: [REPORT.reporter] }), ["schema.value /report/reporter"]);
    assert.deepEqual(
      refusals({
        ...REPORT,
        incidentSummary: { ...summary, incidentType: "boats", incidentDateTime: "now" },
      }),
      [
        "schema.value /report/incidentSummary/incidentType",
        "schema.value /report/incidentSummary/incidentDateTime",
      ],
    );
    assert.deepEqual(
      refusals({ ...REPORT, incidentSummary: { ...summary, reportAnnotations: { spam: false } } }),
      ["schema.value /report/incidentSummary/reportAnnotations/spam"],
    );
    assert.deepEqual(
      refusals({ ...REPORT, internetDetails: [{}, { chatImIncident: {}, emailIncident: {} }] }),
      [
        "schema.missing-element /report/internetDetails[1]",
        "schema.unexpected-element /report/internetDetails[2]",
      ],
    );
    assert.deepEqual(refusals({ ...REPORT, batchedReport: {} }), [
      "schema.missing-attribute /report/batchedReport/@reason",
    ]);
    assert.deepEqual(refusals({ ...REPORT, victim: [{ victimPerson: { age: "12" } }] }), [
      "schema.value /report/victim[1]/victimPerson/age",
    ]);
  });

  it("names the place of a character that XML cannot carry", () => {
    assert.throws(
      () => encodeReport({ ...REPORT, victim: [{ victimPerson: {}, screenName: "a\u0000" }] }),
      (error) =>
        error instanceof CyberTiplineError &&
        error.code === "character-not-allowed" &&
        error.message.startsWith("/report/victim[1]/screenName: "),
    );
  });
});
