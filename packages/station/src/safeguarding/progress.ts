import type { Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import type { LeafKind } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { SafeguardingReferralState, Tables } from "../store/tables.ts";
import { note } from "./decide.ts";
import { restate } from "./restate.ts";

/** Which referral, and who says so. */
export interface Step {
  reportId: string;
  referralId: string;
  by: Principal;
}

/**
 * A person has told the authority, by telephone or in its own portal, and writes down who took it.
 * @throws StationError `not-found`, `conflict` when it was told or withdrawn before
 */
export async function recordTold(
  station: Station,
  step: Step,
  told: {
    how: "telephone" | "portal" | "in-person" | "other";
    takenBy: string;
    reference?: string | undefined;
  },
): Promise<void> {
  const { how, reference = null } = told;
  await move(station, step, "safeguarding.told", ["decided"], { how }, (at) => ({
    state: "told" as const,
    told_by: step.by.id,
    told_at: at,
    told_how: how,
    taken_by: told.takenBy,
    reference,
  }));
}

/**
 * The authority has said that it has the referral.
 * @throws StationError `not-found`, `conflict` when nobody has told them yet, or it was withdrawn
 */
export async function recordAnswered(
  station: Station,
  step: Step,
  answered: { answeredBy: string; reference?: string | undefined; answer?: string | undefined },
): Promise<void> {
  const { answeredBy, reference, answer = null } = answered;
  await move(station, step, "safeguarding.acknowledged", ["told"], {}, (at) => ({
    state: "acknowledged" as const,
    acknowledged_by: step.by.id,
    acknowledged_at: at,
    answered_by: answeredBy,
    answer,
    ...(reference === undefined ? {} : { reference }),
  }));
}

/**
 * A person takes a referral back before the authority has acknowledged it. The child is undecided again.
 * @throws StationError `not-found`, `conflict` when the authority has it
 */
export async function withdrawSafeguarding(
  station: Station,
  step: Step,
  { reason }: { reason: string },
): Promise<void> {
  await move(station, step, "safeguarding.withdrawn", ["decided", "told"], {}, (at) => ({
    state: "withdrawn" as const,
    withdrawn_by: step.by.id,
    withdrawn_at: at,
    withdrawn_reason: reason,
  }));
}

const WORDS: Record<SafeguardingReferralState, string> = {
  decided: "nobody has told the authority yet",
  told: "the authority has been told",
  acknowledged: "the authority has acknowledged it",
  withdrawn: "it has been withdrawn",
};

async function move(
  station: Station,
  { reportId, referralId, by }: Step,
  kind: LeafKind,
  from: readonly SafeguardingReferralState[],
  body: Record<string, unknown>,
  change: (at: string) => object,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const before = await lockReferral(tx, reportId, referralId);
    if (!from.includes(before.state))
      throw new StationError("conflict", `This cannot be recorded: ${WORDS[before.state]}.`, {
        remedy: "Look at the report's page again; somebody may have been quicker.",
      });
    await tx
      .updateTable("safeguarding_referral")
      .set(change(new Date(now).toISOString()))
      .where("id", "=", referralId)
      .execute();
    await note(tx, kind, {
      reportId,
      by,
      now,
      body: { referral: referralId, authority: before.authority, ...body },
    });
    await restate(tx, reportId);
  });
}

async function lockReferral(tx: Transaction<Tables>, reportId: string, referralId: string) {
  // The report's row first, as an assessment takes them.
  await tx.selectFrom("report").select("id").where("id", "=", reportId).forUpdate().executeTakeFirst();
  const found = await tx
    .selectFrom("safeguarding_referral")
    .select(["state", "authority"])
    .where("id", "=", referralId)
    .where("report_id", "=", reportId)
    .forUpdate()
    .executeTakeFirst();
  if (found !== undefined) return found;
  throw new StationError("not-found", "This report has no such safeguarding referral.", {
    remedy: "Look at the report's page again.",
  });
}
