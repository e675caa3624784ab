import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { SafeguardingStep } from "../desk-api/contract.ts";
import { decideSafeguarding, declineSafeguarding } from "./decide.ts";
import { recordAnswered, recordTold, withdrawSafeguarding } from "./progress.ts";

/**
 * Does what a person says about a child of a report.
 * @returns the referral that it was about, if it was about one
 * @throws StationError `request.invalid`, `not-found`, `conflict`
 */
export async function takeStep(
  station: Station,
  reportId: string,
  step: SafeguardingStep,
  by: Principal,
): Promise<string | undefined> {
  switch (step.step) {
    case "decide":
      return await decideSafeguarding(station, reportId, step, by);
    case "not-needed":
      await declineSafeguarding(station, reportId, step, by);
      return undefined;
    case "told":
      await recordTold(station, { reportId, referralId: step.referral, by }, step);
      return step.referral;
    case "answered":
      await recordAnswered(station, { reportId, referralId: step.referral, by }, step);
      return step.referral;
    case "withdraw":
      await withdrawSafeguarding(station, { reportId, referralId: step.referral, by }, step);
      return step.referral;
  }
}
