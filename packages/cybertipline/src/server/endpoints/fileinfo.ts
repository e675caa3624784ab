import { decodingFileDetails } from "../../codec/documents.ts";
import type { FileDetails } from "../../document/file-details.ts";
import { checkFileDetails } from "../../rules/check-file-details.ts";
import { inTurns } from "../../steps.ts";
import { type Answer, Refused, success, validationFailed } from "../answer.ts";
import { type Call, readDocument, refuseStanding } from "../call.ts";
import { parseFileId } from "../file-id.ts";

const noSuchFile = ({ reportId }: FileDetails): Refused =>
  new Refused("fileDoesNotExist", {
    reportId,
    detail: "This report has no file with that fileId. Send the fileId that /upload answered with.",
  });

/** `POST /fileinfo`: what the platform knows about one uploaded file, once. */
export async function fileinfo(call: Call): Promise<Answer> {
  const xml = await readDocument(call);
  const decoded = await inTurns(decodingFileDetails(xml), call.turn);
  if (!decoded.ok) return validationFailed(decoded.problems);
  const { value: details, places } = decoded;
  const { reportId } = details;
  const receivedAt = call.clock();
  // Whether the report is a batch decides which rules hold, and never changes; its state is judged again by `describe`.
  const standing = await call.store.lookUp(call.account, reportId, receivedAt);
  if (standing.kind !== "open") throw refuseStanding(standing, reportId);
  const { batched } = standing;
  const problems = checkFileDetails(details, { mode: call.mode, now: new Date(receivedAt), places, batched });
  if (problems.length > 0) return validationFailed(problems, reportId);
  if (parseFileId(details.fileId) === undefined) throw noSuchFile(details);
  const outcome = await call.store.describe(call.account, { details, xml, receivedAt });
  switch (outcome.kind) {
    case "ok":
      return success({ reportId });
    case "no-file":
      throw noSuchFile(details);
    case "already":
      throw new Refused("invalidRequest", {
        reportId,
        detail:
          "This file has its details already, and they stand. To change them, retract the report and submit it again.",
      });
    default:
      throw refuseStanding(outcome, reportId);
  }
}
