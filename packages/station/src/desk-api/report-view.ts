import { claimOf } from "../store/tables.ts";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { assessmentView, destinationsFor, latestAssessment } from "../assessment/index.ts";
import { StationError } from "../errors.ts";
import { actions } from "../profile.ts";
import type { ReportView } from "./contract.ts";
import { evidenceViews } from "./evidence-view.ts";
import { historyOf } from "./history.ts";
import { linkViews } from "./link-view.ts";
import { outcomeViews, referralViews } from "./progress-view.ts";
import { queueEntry } from "./queue.ts";

/** Everything that the desk shows of one report. */
export async function reportView(station: Station, id: string, principal: Principal): Promise<ReportView> {
  const db = station.db.kysely;
  const [row, entry] = await Promise.all([
    db.selectFrom("report").selectAll().where("id", "=", id).executeTakeFirst(),
    queueEntry(station, id),
  ]);
  if (row === undefined || entry === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  const [claimRows, assessment, links] = await Promise.all([
    db.selectFrom("claim").selectAll().where("report_id", "=", id).orderBy("position").execute(),
    latestAssessment(station, id),
    linkViews(station, id),
  ]);
  const claims = claimRows.map(claimOf);
  const [evidence, destinations, referrals, outcomes, history] = await Promise.all([
    evidenceViews(station, row, claims),
    destinationsFor(station, row.return_to, assessment?.route),
    referralViews(station, id),
    outcomeViews(station, id),
    historyOf(station, id),
  ]);
  return {
    entry,
    door: row.door,
    handedBy: row.handed_by,
    report: row.content,
    claims,
    ...(assessment === undefined ? {} : { assessment: assessmentView(station, assessment) }),
    evidence,
    links,
    destinations,
    referrals,
    outcomes,
    history,
    may: actions.filter((action) => station.policy.may(principal, action, { id, status: row.status })),
  };
}
