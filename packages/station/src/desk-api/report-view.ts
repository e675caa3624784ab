import type { Principal } from "../access/index.ts";
import { arrivalsOf } from "../arrivals/index.ts";
import { assessmentView, countriesOf, destinationsFor, whereaboutsOf } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import { conflictsOfReport } from "../deconfliction/index.ts";
import { StationError } from "../errors.ts";
import { mustBeAllowed } from "../http/guard.ts";
import { pageView } from "../paging/index.ts";
import { linksOf } from "../linking/index.ts";
import { actions } from "../profile.ts";
import { requestViews } from "../requests/index.ts";
import { safeguardingView } from "../safeguarding/index.ts";
import type { ReportView } from "./contract.ts";
import { arrivalsView } from "./arrival-view.ts";
import { evidenceViews } from "./evidence-view.ts";
import { historyOf } from "./history.ts";
import { linkViews } from "./link-view.ts";
import { outcomeViews, referralViews } from "./progress-view.ts";
import { proofViews } from "./proof-view.ts";
import { type EntryFacts, entryOf } from "./queue.ts";
import { readReportPage, type ReportPage } from "./report-page.ts";
import { decisionViews, subjectSummaries } from "./subject-view.ts";

/**
 * Everything that the desk shows of one report, to somebody who may see it.
 * @throws StationError `not-found`, `permission.refused`
 */
export async function reportView(station: Station, id: string, principal: Principal): Promise<ReportView> {
  const [page, linked, subjects, decisions, conflicts, arrivals] = await Promise.all([
    readReportPage(station, id),
    linksOf(station, id),
    subjectSummaries(station, id),
    decisionViews(station, id),
    conflictsOfReport(station, id, principal),
    arrivalsOf(station, id),
  ]);
  if (page === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  const status = page.erased_by === null ? page.status : "erased";
  mustBeAllowed(station, principal, "view-report", { id, status });
  const child = safeguardingView(station, page.safeguarding, page.safeguarding_referrals);
  return {
    entry: entryOf(station, factsOf(id, page, conflicts, arrivals.members.length), page.same_person),
    door: page.door,
    handedBy: page.handed_by,
    report: page.content,
    claims: page.claims,
    ...(page.assessment === null ? {} : { assessment: assessmentView(station, page.assessment) }),
    ...(page.assessment === null
      ? {}
      : { whereabouts: whereaboutsOf(station, page.peers, page.assessment.route) }),
    evidence: evidenceViews(page.evidence, [...page.content.claims, ...page.claims], page.leaves),
    proofs: proofViews(page.proofs, page.evidence),
    requests: requestViews(page.requests, station.clock()),
    links: linkViews(linked.links),
    subjects,
    decisions,
    blocked: linked.blocked,
    destinations: destinationsFor(station, page.peers, page.return_to, page.assessment?.route),
    referrals: referralViews(station, page.referrals, page.peers),
    outcomes: outcomeViews(page.outcomes),
    ...(child === undefined ? {} : { safeguarding: child }),
    pages: page.pages.map((row) => pageView(station, row, principal)),
    conflicts,
    arrivals: arrivalsView(arrivals),
    history: historyOf(page.leaves),
    may: actions.filter((action) => station.policy.may(principal, action, { id, status })),
  };
}

function factsOf(
  id: string,
  page: ReportPage,
  conflicts: ReportView["conflicts"],
  arrivals: number,
): EntryFacts {
  const [dueAt] = conflicts
    .flatMap(({ state, deadline }) => (state === "released" ? [] : deadline))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return {
    id,
    number: page.number,
    received_at: page.received_at,
    status: page.status,
    sender: page.content.sender.name,
    incident: page.content.incident,
    tier: page.tier,
    level: page.level,
    why: page.assessment?.urgency.reasons[0]?.text ?? null,
    clock: page.assessment?.sufficiency.clock ?? null,
    agency: page.assessment?.route.agency?.name ?? null,
    countries: countriesOf(page.assessment?.route),
    evidence: page.evidence.length,
    arrivals,
    outcomes: page.outcomes.map((outcome) => outcome.kind),
    referrals: page.referrals.map((referral) => referral.state),
    campaign: page.campaign,
    lane: page.lane,
    child:
      page.safeguarding === null ? null : { state: page.safeguarding.state, dueAt: page.safeguarding.dueAt },
    conflict: dueAt === undefined ? null : { dueAt },
    left_empty: page.left_empty,
    erased_by: page.erased_by,
  };
}
