import {
  lateness,
  maybeSame,
  type ArrivalPart,
  type Late,
  type ReportChange,
  reportChanges,
  reportIdentity,
} from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { sqlFile } from "../sql-file.ts";
import type { ReportStatus, ReportTable } from "../store/tables.ts";

const OF_REPORT = sqlFile(import.meta.url, "./of-report.sql");
const HINTS = sqlFile(import.meta.url, "./hints.sql");
/** Reports whose contents are compared for one page: each may be megabytes. */
const MOST_COMPARED = 10;

/** One arrival of a matter, as the page of one of its reports shows it. */
export interface ArrivalRow {
  report: string;
  number: string;
  door: ReportTable["door"];
  handed_by: string;
  handed_reference: string;
  received_at: string;
  status: ReportStatus;
  tier: number | null;
  sender: string;
  occurred_at: string | null;
  same_as: string | null;
  uk_reference: string | null;
  /** The parts by which it is one with the report of the page. */
  shared: ArrivalPart[];
  /** Those of the matter that it names as what it adds to. */
  names: string[];
  outcomes: string[];
  referred: string[];
}

/** What a report adds to one that it names. */
export interface Amendment {
  report: string;
  to: string;
  changes: ReportChange[];
}

/** Another report that may be the same. */
export interface MaybeArrival {
  report: string;
  number: string;
  door: ReportTable["door"];
  received_at: string;
  status: ReportStatus;
  tier: number | null;
  why: string;
}

export interface ArrivalDecisionRow {
  id: string;
  kind: "same" | "different" | "apart";
  other: { report: string; number: string } | null;
  reason: string;
  name: string;
  decided_at: string;
}

export interface ReportArrivals {
  /** The report of the page first; then in the order of their arrival. */
  members: Array<ArrivalRow & { late: Late | undefined }>;
  amendments: Amendment[];
  /** What it names and what has not come. */
  awaited: string[];
  maybe: MaybeArrival[];
  decisions: ArrivalDecisionRow[];
}

/** Everything about how often, how late and with what additions a report arrived. */
export async function arrivalsOf(station: Station, reportId: string): Promise<ReportArrivals> {
  const [members, decisions, maybe] = await Promise.all([
    station.db.pool.query<ArrivalRow>(OF_REPORT, [reportId]).then(({ rows }) => rows),
    decisionsOf(station, reportId),
    maybeOf(station, reportId),
  ]);
  const arrivals = members.map((row) => Date.parse(row.received_at));
  const first = Math.min(...arrivals);
  return {
    members: members.map((row) => {
      const at = Date.parse(row.received_at);
      const eventAt = row.occurred_at === null ? undefined : Date.parse(row.occurred_at);
      return { ...row, late: lateness(at, eventAt, at === first ? undefined : first) };
    }),
    amendments: await amendmentsOf(station, members),
    awaited: await awaitedBy(station, reportId),
    maybe,
    decisions,
  };
}

/** Each amendment against the first arrival of what it names. */
async function amendmentsOf(station: Station, members: readonly ArrivalRow[]): Promise<Amendment[]> {
  const pairs = members
    .flatMap(({ report, names }) => {
      const [to] = names.toSorted();
      return to === undefined ? [] : [{ report, to }];
    })
    .slice(0, MOST_COMPARED);
  if (pairs.length === 0) return [];
  const contents = await contentsOf(
    station,
    pairs.flatMap(({ report, to }) => [report, to]),
  );
  return pairs.flatMap(({ report, to }) => {
    const [before, after] = [contents.get(to), contents.get(report)];
    return before === undefined || after === undefined
      ? []
      : [{ report, to, changes: reportChanges(before, after) }];
  });
}

async function contentsOf(station: Station, ids: readonly string[]): Promise<Map<string, Report>> {
  const rows = await station.db.kysely
    .selectFrom("report")
    .select(["id", "content"])
    .where("id", "=", sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .where("erased_by", "is", null)
    .execute();
  return new Map(rows.map(({ id, content }) => [id, content]));
}

/** The numbers of originals that a report names and that nobody has handed in yet. */
async function awaitedBy(station: Station, reportId: string): Promise<string[]> {
  const { rows } = await sql<{ content: Report; follows: string | null; waits: boolean }>`
    select report.content, uk_report.document ->> 'follows' as follows,
      exists (
        select from arrival_key naming where naming.report_id = report.id and naming.part = 'naming' and not exists (
          select from arrival_key named
          where named.key = naming.key and named.part = 'name' and named.report_id <> report.id
        )
      ) and not exists (
        select from arrival_key naming
        join arrival_key named on named.key = naming.key and named.part = 'name' and named.report_id <> report.id
        where naming.report_id = report.id and naming.part = 'naming'
      ) as waits
    from report left join uk_report on uk_report.report_id = report.id
    where report.id = ${reportId}::uuid`.execute(station.db.kysely);
  const row = rows[0];
  if (row?.waits !== true) return [];
  const named = row.content.references.flatMap(({ kind, issuer, value, person }) =>
    kind === "prior-report" && person === undefined ? [`${issuer} ${value}`] : [],
  );
  return [...new Set([...(row.follows === null ? [] : [row.follows]), ...named])];
}

interface HintRow extends Omit<MaybeArrival, "report" | "why"> {
  id: string;
  content: Report;
}

async function maybeOf(station: Station, reportId: string): Promise<MaybeArrival[]> {
  const { rows } = await station.db.pool.query<HintRow>(HINTS, [reportId]);
  if (rows.length === 0) return [];
  const own = (await contentsOf(station, [reportId])).get(reportId);
  if (own === undefined) return [];
  const identity = reportIdentity(own);
  return rows
    .flatMap(({ id, content, ...row }): MaybeArrival[] => {
      const why = maybeSame(identity, reportIdentity(content));
      return why === undefined ? [] : [{ report: id, ...row, why }];
    })
    .slice(0, MOST_COMPARED);
}

async function decisionsOf(station: Station, reportId: string): Promise<ArrivalDecisionRow[]> {
  const { rows } = await sql<ArrivalDecisionRow>`
    select decision.id, decision.kind, decision.reason, person.name, decision.decided_at,
      case when other.id is null then null else json_build_object('report', other.id, 'number', other.number::text) end as other
    from arrival_decision decision
    join person on person.id = decision.decided_by
    left join report other on decision.other_id is not null and other.id
      = case when decision.report_id = ${reportId}::uuid then decision.other_id else decision.report_id end
    where decision.undone_at is null and (decision.report_id = ${reportId}::uuid or decision.other_id = ${reportId}::uuid)
    order by decision.decided_at desc, decision.id limit 100`.execute(station.db.kysely);
  return rows;
}
