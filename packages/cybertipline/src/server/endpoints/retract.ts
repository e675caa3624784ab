import { type Answer, success } from "../answer.ts";
import { type Call, refuseStanding } from "../call.ts";
import { readIdForm } from "../id-form.ts";

/** `POST /retract`: an open report is deleted. */
export async function retract(call: Call): Promise<Answer> {
  const reportId = await readIdForm(call);
  const outcome = await call.store.retract(call.account, reportId, call.clock());
  if (outcome.kind !== "ok") throw refuseStanding(outcome, reportId);
  return success({ reportId });
}
