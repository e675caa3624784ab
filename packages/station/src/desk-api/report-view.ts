import { claimOf } from "../store/tables.ts";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { assessmentView, destinationsFor, latestAssessment } from "../assessment/index.ts";
import { StationError } from "../errors.ts";
import { samePerson } from "../linking/index.ts";
import { actions } from "../profile.ts";
import type { ReportView } from "./contract.ts";
import { evidenceViews } from "./evidence-view.ts";
import { historyOf, leavesOf } from "./history.ts";
import { linkViews } from "./link-view.ts";
import { outcomeViews, referralViews } from "./progress-view.ts";
import { type EntryFacts, entryOf } from "./queue.ts";

/** Everything that the desk shows of one report. */
export async function reportView(station: Station, id: string, principal: Principal): Promise<ReportView> {
  const db = station.db.kysely;
  const [row, claimRows, assessment, leaves, links, referrals, outcomes, together] = await Promise.all([
    db.selectFrom("report").selectAll().where("id", "=", id).executeTakeFirst(),
    db.selectFrom("claim").selectAll().where("report_id", "=", id).orderBy("position").execute(),
    latestAssessment(station, id),
    leavesOf(station, id),
    linkViews(station, id),
    referralViews(station, id),
    outcomeViews(station, id),
    samePerson(station.db.pool, [id]),
  ]);
  if (row === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  const claims = claimRows.map(claimOf);
  const [evidence, destinations] = await Promise.all([
    evidenceViews(station, row, claims, leaves),
    destinationsFor(station, row.return_to, assessment?.route),
  ]);
  const facts: EntryFacts = {
    id,
    number: row.number,
    received_at: row.received_at,
    status: row.status,
    sender: row.content.sender.name,
    incident: row.content.incident,
    tier: row.tier,
    level: row.level,
    clock: assessment?.sufficiency.clock ?? null,
    agency: assessment?.route.agency?.name ?? null,
    evidence: evidence.length,
    outcomes: outcomes.map((outcome) => outcome.statement.kind),
    referrals: referrals.map((referral) => referral.state),
  };
  return {
    entry: entryOf(station, facts, together.get(id)?.size ?? 0),
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
    history: historyOf(leaves),
    may: actions.filter((action) => station.policy.may(principal, action, { id, status: row.status })),
  };
}
