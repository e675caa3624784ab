import { decodingReport } from "../../codec/documents.ts";
import type { CyberTiplineReport } from "../../document/report.ts";
import type { ReportNumber } from "../../document/scalars.ts";
import { checkReport } from "../../rules/check-report.ts";
import { priorReports } from "../../rules/people.ts";
import { inTurns } from "../../steps.ts";
import { type Answer, success, validationFailed } from "../answer.ts";
import { type Call, readDocument } from "../call.ts";

/** Only `strict` asks the store: platforms that come from another clearinghouse name reports that this one never had. */
async function knownReports(
  call: Call,
  report: CyberTiplineReport,
): Promise<ReadonlySet<ReportNumber> | undefined> {
  if (call.mode === "lenient") return undefined;
  const numbers = priorReports(report);
  return numbers.length === 0 ? undefined : call.store.finishedReports(call.account, numbers);
}

/** `POST /submit`: a report is opened, and its number given. */
export async function submit(call: Call): Promise<Answer> {
  const xml = await readDocument(call);
  const decoded = await inTurns(decodingReport(xml), call.turn);
  if (!decoded.ok) return validationFailed(decoded.problems);
  const { value: report, places } = decoded;
  const receivedAt = call.clock();
  const known = await knownReports(call, report);
  const problems = checkReport(report, {
    mode: call.mode,
    now: new Date(receivedAt),
    places,
    ...(known !== undefined && { knownReports: known }),
  });
  if (problems.length > 0) return validationFailed(problems);
  const reportId = await call.store.open(call.account, { report, xml, receivedAt });
  return success({ reportId });
}
