import { checkFinish } from "../../rules/batched.ts";
import { type Answer, done, validationFailed } from "../answer.ts";
import { type Call, refuseStanding } from "../call.ts";
import { readIdForm } from "../id-form.ts";

/** `POST /finish`: the report is filed, for good. What the answer says is the platform's receipt. */
export async function finish(call: Call): Promise<Answer> {
  const reportId = await readIdForm(call);
  const outcome = await call.store.finish(call.account, reportId, call.clock(), ({ batched, files }) =>
    checkFinish({ batched, uploadedFiles: files.length }),
  );
  if (outcome.kind === "rejected") return validationFailed(outcome.problems, reportId);
  if (outcome.kind !== "ok") throw refuseStanding(outcome, reportId);
  return done({ reportId, files: { fileId: outcome.fileIds } }, outcome.receipt);
}
