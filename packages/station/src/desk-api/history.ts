import type { LeafKind } from "../audit/index.ts";
import type { Station } from "../context.ts";
import type { ReportView } from "./contract.ts";

const TEXT: Record<LeafKind, string> = {
  "report.accepted": "Report accepted",
  "report.assessed-first": "First assessment",
  "claim.added": "Claim added",
  "urgency.lowered": "Urgency lowered",
  "evidence.grant": "Leave given to open evidence",
  "evidence.opening": "Evidence opened",
  "referral.decided": "Referral decided",
  "referral.delivered": "Referral delivered",
  "package.accepted": "Package accepted",
  "outcome.recorded": "Outcome recorded",
  "outcome.received": "Outcome received",
  "outcome.returned": "Outcome returned to whoever sent the report",
  "sign-in": "Sign-in",
  "station.started": "Station started",
};

/** What happened to a report, from the audit log: every line has its place in the tree and can be proven. */
export async function historyOf(station: Station, reportId: string): Promise<ReportView["history"]> {
  const { rows } = await station.db.pool.query<{
    id: string;
    kind: LeafKind;
    at: string;
    actor: string;
    index: string | null;
    name: string | null;
  }>(
    `select leaf.id, leaf.kind, leaf.at, leaf.actor, leaf.index, person.name
     from leaf left join person on leaf.actor = 'person:' || person.id
     where leaf.report_id = $1 order by leaf.position`,
    [reportId],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    text: TEXT[row.kind],
    at: row.at,
    actor: row.name ?? row.actor.replace(/^(?:peer|sender):/, ""),
    ...(row.index === null ? {} : { index: row.index }),
  }));
}
