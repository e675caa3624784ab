import type { Database } from "@fairlead/station";
import type { MediaRow } from "../media-stream/score.ts";
import type { CaseBook } from "./case-book.ts";
import { type StationKey, UPLOADS_ACCOUNT } from "./layout.ts";

/** What a run of the demonstration has to show; DESIGN section 8 fixes the names. */
export interface Reckoning {
  reports: number;
  evidence: number;
  referred: number;
  packagesDelivered: number;
  outcomesReturned: number;
  lost: number;
  duplicated: number;
  auditVerified: boolean;
  seconds: number;
  /** Reports that went through all four stations. */
  throughAllStations: number;
  /** Referrals to a force, and how many of them went to the force that the truth names. */
  routedRight: number;
  routed: number;
  /** Files whose bytes the force's officer saw as the platform had handed them in. */
  evidenceSeenUnchanged: number;
  /** How the platform's station recognised what was posted, by kind of edit. */
  media: { posts: number; toReview: number; reported: number; kinds: MediaRow[] };
  restarts: number;
}

/** Numbers of reports that a station holds, under the name that the one before it gave them. */
async function held(db: Database): Promise<string[]> {
  const rows = await db.kysely.selectFrom("report").select("handed_reference").execute();
  return rows.map((row) => row.handed_reference);
}

async function delivered(db: Database): Promise<Array<{ own: string; id: string; remote: string }>> {
  const rows = await db.kysely
    .selectFrom("referral")
    .innerJoin("report", "report.id", "referral.report_id")
    .select(["report.handed_reference", "report.id", "referral.remote_reference"])
    .where("referral.state", "=", "delivered")
    .execute();
  return rows.map((row) => ({ own: row.handed_reference, id: row.id, remote: row.remote_reference ?? "" }));
}

const REFERRALS: ReadonlyArray<[StationKey, StationKey]> = [
  ["platform", "clearinghouse"],
  ["clearinghouse", "agency"],
  ["agency", "force"],
];

/**
 * Compares what each station acknowledged with what the next one holds. `acknowledged` is the feeder's own list: case numbers
 * for which the platform's station answered that it has them.
 */
export async function reckon(
  dbs: Record<StationKey, Database>,
  acknowledged: readonly string[],
  book: CaseBook,
): Promise<Omit<Reckoning, "auditVerified" | "seconds" | "restarts" | "media">> {
  const gaps = [compare(acknowledged, await held(dbs.platform))];
  let referred = 0;
  let packagesDelivered = 0;
  for (const [from, to] of REFERRALS) {
    const sent = await delivered(dbs[from]);
    referred += sent.length;
    if (from !== "platform") packagesDelivered += sent.length;
    gaps.push(
      compare(
        sent.map((row) => row.remote),
        await held(dbs[to]),
      ),
    );
  }
  const outcomes = await outcomeGaps(dbs);
  const evidence = await dbs.platform.kysely
    .selectFrom("evidence")
    .innerJoin("report", "report.id", "evidence.report_id")
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .where("evidence.object_name", "is not", null)
    .where("report.handed_by", "<>", UPLOADS_ACCOUNT)
    .executeTakeFirstOrThrow();
  const routed = book.cases.filter((found) => found.referredTo !== undefined);
  return {
    reports: acknowledged.length,
    evidence: Number(evidence.n),
    referred,
    packagesDelivered,
    outcomesReturned: outcomes.returned,
    lost: gaps.reduce((sum, gap) => sum + gap.missing, 0) + outcomes.missing,
    duplicated: gaps.reduce((sum, gap) => sum + gap.repeated, 0) + outcomes.repeated,
    throughAllStations: (await held(dbs.force)).length,
    routed: routed.length,
    routedRight: routed.filter((found) => found.referredTo === found.plan.refer?.force).length,
    evidenceSeenUnchanged: book.cases.reduce(
      (sum, found) =>
        sum + [...new Set(found.hashes.values())].filter((hash) => found.seenByForce.has(hash)).length,
      0,
    ),
  };
}

function compare(
  expected: readonly string[],
  present: readonly string[],
): { missing: number; repeated: number } {
  const found = new Set(present);
  return {
    missing: expected.filter((reference) => !found.has(reference)).length,
    repeated: present.length - found.size,
  };
}

/** Every outcome that a station recorded or received for a report with a way back must stand at the station before it, once. */
async function outcomeGaps(
  dbs: Record<StationKey, Database>,
): Promise<{ returned: number; missing: number; repeated: number }> {
  let missing = 0;
  let repeated = 0;
  for (const [before, after] of REFERRALS) {
    const back = await dbs[after].kysely.selectFrom("outcome_return").select("outcome_id").execute();
    const there = await dbs[before].kysely
      .selectFrom("outcome")
      .select("id")
      .where("from_peer", "is not", null)
      .execute();
    const gap = compare(
      back.map((row) => row.outcome_id),
      there.map((row) => row.id),
    );
    missing += gap.missing;
    repeated += gap.repeated;
  }
  const atPlatform = await dbs.platform.kysely
    .selectFrom("outcome")
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .where("from_peer", "is not", null)
    .executeTakeFirstOrThrow();
  return { returned: Number(atPlatform.n), missing, repeated };
}
