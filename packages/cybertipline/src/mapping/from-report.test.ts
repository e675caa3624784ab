import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Report, validateReport } from "@fairlead/report";
import * as fc from "fast-check";
import { encodeFileDetails, encodeReport } from "../codec/documents.ts";
import { CyberTiplineError } from "../error.ts";
import { SENDER, arbitraryReport } from "../testing/arbitrary-report.ts";
import { factsOf } from "../testing/facts.ts";
import { ISSUER, SMALLEST, evidenceId, number, take, takeAgain } from "../testing/house.ts";
import { describeFile } from "./from-evidence.ts";
import { fromReport } from "./from-report.ts";

describe("a report that did not come from the wire", () => {
  it("loses nothing in silence: what the documents do not say is listed", () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const validation = validateReport(report, Number.MAX_SAFE_INTEGER);
        assert.ok(validation.ok, JSON.stringify(validation));
        const wire = fromReport(report, { issuer: ISSUER });
        const listed = (pointer: string): boolean =>
          wire.omissions.some((each) => pointer === each.pointer || pointer.startsWith(`${each.pointer}/`));
        const again = takeAgain(wire);
        const said = new Set(factsOf(again).map(({ says }) => says));
        for (const { pointer, says } of factsOf(report)) {
          assert.ok(said.has(says) || listed(pointer), `${pointer}: ${says}`);
        }
        for (const [index, { text }] of report.statements.entries()) {
          const kept = JSON.stringify(again).includes(text);
          assert.ok(kept || listed(`/statements/${String(index)}`), text);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is written as documents that fit the schema", () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const wire = fromReport(report, { issuer: ISSUER });
        const timeless = wire.omissions.some(
          ({ pointer, kind }) => pointer === "/incident/occurred" && kind === "lost",
        );
        if (timeless) assert.throws(() => encodeReport(wire.document), CyberTiplineError);
        else encodeReport(wire.document);
        for (const { description } of wire.files) {
          if (description !== undefined) encodeFileDetails(describeFile(description, number("1"), "b0"));
        }
      }),
    );
  });

  it("puts no words into the sender's mouth: another's claim is not written", () => {
    const report = take(SMALLEST, [{}]);
    const about = { kind: "evidence", id: evidenceId(0) } as const;
    const flag = (name: string): Report["claims"][number] => ({
      about,
      source: { kind: "sender", name },
      states: { kind: "flag", flag: "viewed-in-full", value: true },
    });
    const wire = fromReport(
      { ...report, claims: [flag("Somebody Else"), flag(SENDER.name)] },
      { issuer: ISSUER },
    );
    assert.deepEqual(wire.files[0]?.description, { fileViewedByEsp: true });
    assert.deepEqual(
      wire.omissions.map(({ pointer, kind }) => [pointer, kind]),
      [["/claims/0", "lost"]],
    );
  });

  it("sends no file of which there are no bytes, and not the document of a wire, and lists both", () => {
    const report = take(SMALLEST, [{ fileName: "boat.jpg" }, {}, {}]);
    const [sent, described, document] = report.evidence;
    assert.ok(sent && described && document);
    const { received: _received, ...undelivered } = described;
    const evidence: Report["evidence"] = [sent, undelivered, { ...document, kind: "wire-document" }];
    const wire = fromReport({ ...report, evidence }, { issuer: ISSUER });
    assert.deepEqual(wire.files, [{ evidenceId: evidenceId(0), fileName: "boat.jpg" }]);
    assert.deepEqual(
      wire.omissions.map(({ pointer, kind }) => [pointer, kind]),
      [
        ["/evidence/1", "lost"],
        ["/evidence/2", "lost"],
      ],
    );
  });

  it("names no prior report by the digits of another issuer's number", () => {
    const report = take({ ...SMALLEST, victim: [{ victimPerson: {}, priorCTReports: [number("4564654")] }] });
    assert.deepEqual(fromReport(report, { issuer: ISSUER }).document.victim?.[0]?.priorCTReports, [
      "4564654",
    ]);
    const wire = fromReport(report, { issuer: "NCMEC test" });
    assert.equal(wire.document.victim?.[0]?.priorCTReports, undefined);
    assert.deepEqual(
      wire.omissions.map(({ pointer }) => pointer),
      ["/references/1"],
    );
  });

  it("does not follow statements that contradict it, and lists them", () => {
    const report = take(SMALLEST);
    const forged: Report["statements"] = [
      { topic: "wire", text: "boats", path: "/report/incidentSummary/incidentType" },
      { topic: "wire", text: "x", path: "/report/__proto__/polluted" },
      { topic: "wire", text: "[[1]]", path: "/report" },
      { topic: "wire", text: '[["/report/incidentSummary",null]]', path: "/report" },
    ];
    const wire = fromReport({ ...report, statements: [...report.statements, ...forged] }, { issuer: ISSUER });
    assert.deepEqual(wire.document, SMALLEST);
    assert.deepEqual(
      new Set(wire.omissions.map(({ pointer }) => pointer)),
      new Set(["/statements/0", "/statements/1", "/statements/2", "/statements/3"]),
    );
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  });
});
