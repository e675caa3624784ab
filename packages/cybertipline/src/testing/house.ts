/** Ways of a report into the house and out of it. For tests only. */
import assert from "node:assert/strict";
import { type Evidence, type Report, validateReport } from "@fairlead/report";
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { type ReportNumber, parseReportNumber } from "../document/scalars.ts";
import { describeFile } from "../mapping/from-evidence.ts";
import type { WireReport } from "../mapping/from-report.ts";
import type { ReceivedFile } from "../mapping/to-evidence.ts";
import { toReport } from "../mapping/to-report.ts";
import { SENDER } from "./arbitrary-report.ts";

export const ISSUER = "NCMEC";
const RECEIVED = { size: 1, sha256: "0".repeat(64), sha1: "0".repeat(40), md5: "0".repeat(32) };

export function number(text: string): ReportNumber {
  const parsed = parseReportNumber(text);
  assert.ok(parsed);
  return parsed;
}

export function evidenceId(index: number): Evidence["id"] {
  return `0198c7e0-0000-7000-8000-00000000000${String(index)}` as Evidence["id"];
}

type Upload = Pick<ReceivedFile, "fileName" | "mediaType" | "details">;

export function take(document: CyberTiplineReport, uploads: readonly Upload[] = []): Report {
  const files = uploads.map(
    (upload, index): ReceivedFile => ({
      fileId: `b${String(index)}`,
      evidenceId: evidenceId(index),
      received: RECEIVED,
      ...upload,
    }),
  );
  const { report } = toReport({
    document,
    number: number("250799407"),
    issuer: ISSUER,
    sender: SENDER,
    files,
  });
  const validation = validateReport(report, Number.MAX_SAFE_INTEGER);
  // These two are rules on what was sent, and the wire's own rules have them as well.
  const problems = validation.ok
    ? []
    : validation.problems.filter(({ code }) => !/^(?:persons\.one-suspect|moment\.future)$/.test(code));
  assert.deepEqual(problems, []);
  return report;
}

/** What a server that receives the documents makes of them. */
export function takeAgain(wire: WireReport): Report {
  const uploads = wire.files.map(({ evidenceId: id, description, ...file }, index) => ({
    fileId: `b${String(index)}`,
    evidenceId: id,
    received: RECEIVED,
    ...file,
    ...(description === undefined
      ? {}
      : { details: describeFile(description, number("1"), `b${String(index)}`) }),
  }));
  return toReport({
    document: wire.document,
    number: number("250799407"),
    issuer: ISSUER,
    sender: SENDER,
    files: uploads,
  }).report;
}

export function withoutIds(details: FileDetails): object {
  return Object.fromEntries(
    Object.entries(details).filter(([name]) => name !== "reportId" && name !== "fileId"),
  );
}

export const SMALLEST: CyberTiplineReport = {
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
  reporter: { reportingPerson: {} },
};
