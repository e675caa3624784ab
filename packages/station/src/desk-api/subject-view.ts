import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import {
  findSubject,
  liveDecisionsOfReport,
  subjectBridges,
  type SubjectFacts,
  subjectReports,
  subjectsOfReport,
} from "../linking/index.ts";
import type { DecisionView, SubjectSummary, SubjectView } from "./subject-contract.ts";
import { levelName, tierName } from "./words.ts";

const PAGE = 50;

/** The subjects of a report's persons, each once. */
export async function subjectSummaries(station: Station, reportId: string): Promise<SubjectSummary[]> {
  return (await subjectsOfReport(station, reportId)).map(summaryOf);
}

/** The decisions that hold about a report's persons and values. */
export async function decisionViews(station: Station, reportId: string): Promise<DecisionView[]> {
  return (await liveDecisionsOfReport(station, reportId)).map((row) => ({
    id: row.id,
    kind: row.kind,
    ...(row.other === null ? {} : { other: row.other }),
    ...(row.value_kind === null || row.value === null
      ? {}
      : { value: { kind: row.value_kind, value: row.value } }),
    reason: row.reason,
    by: row.name,
    at: row.decided_at,
  }));
}

/** A subject's page, a page of reports at a time. */
export async function subjectView(
  station: Station,
  id: string,
  after: string | undefined,
  principal: Principal,
): Promise<SubjectView> {
  const subject = await findSubject(station, id);
  const [{ reports, next }, bridges, colleagues] = await Promise.all([
    subjectReports(station, subject.id, after, PAGE),
    subject.frozen.length === 0 ? [] : subjectBridges(station, subject.id),
    station.db.kysely
      .selectFrom("person")
      .select(["id", "name", "role"])
      .where("disabled_at", "is", null)
      .where("role", "<>", "auditor")
      .orderBy("name")
      .limit(500)
      .execute(),
  ]);
  return {
    subject: summaryOf(subject),
    reports: reports.map(({ received_at, tier, level, ...row }) => ({
      ...row,
      receivedAt: received_at,
      ...(tier === null ? {} : { tier: tierName(tier) }),
      ...(level === null ? {} : { level: levelName(level) }),
    })),
    ...(next === undefined ? {} : { next }),
    bridges: bridges.map(({ value, parts }) => ({
      kind: value?.kind ?? "decision",
      value: value?.value ?? "",
      parts,
    })),
    colleagues,
    may: station.policy.may(principal, "decide-links") ? ["decide-links"] : [],
  };
}

function summaryOf(facts: SubjectFacts): SubjectSummary {
  const { tier, owner, look, isWaiting, ...rest } = facts;
  return {
    id: rest.id,
    members: rest.members,
    reports: rest.reports,
    since: rest.since,
    newest: rest.newest,
    ...(tier === null ? {} : { tier: tierName(tier) }),
    open: rest.open,
    outcomes: rest.outcomes,
    ...(owner === null ? {} : { owner }),
    frozen: rest.frozen,
    waiting: isWaiting,
    ...(look === null ? {} : { looked: { name: look.name, at: look.at, reason: look.reason } }),
  };
}
