import type { Station } from "../context.ts";
import type { SafeguardingList } from "../desk-api/contract.ts";
import { tierName } from "../desk-api/words.ts";
import { sqlFile } from "../sql-file.ts";
import type { ReportStatus, SafeguardingState, SafeguardingUrgency } from "../store/tables.ts";

const LIST = sqlFile(import.meta.url, "./list.sql");
const COUNTS = `select count(*) filter (where state <> 'told')::integer as open,
  count(*) filter (where state <> 'told' and due_at <= $1)::integer as overdue, count(*) filter (where state = 'told')::integer as told
  from safeguarding where state in ('undecided', 'decided', 'told')`;

interface Row {
  report_id: string;
  due_at: string;
  state: SafeguardingState;
  urgency: SafeguardingUrgency;
  number: string;
  tier: number | null;
  status: ReportStatus;
  received_at: string;
  lane: "standard" | "safeguarding-first" | null;
  child: "identified" | "identifiable" | "unknown";
  area: string | null;
  why: string | null;
  authorities: string[];
}

/** Children who wait for a person here, or for an authority's answer, by keyset. */
export async function safeguardingList(
  station: Station,
  query: { list: "open" | "told"; after?: string | undefined; limit: number },
): Promise<SafeguardingList> {
  const now = station.clock();
  const [due = null, id = null] = CURSOR.exec(query.after ?? "")?.slice(1) ?? [];
  const [listed, counted] = await Promise.all([
    station.db.pool.query<Row>(LIST, [query.list, due, id, query.limit + 1]),
    station.db.pool.query<{ open: number; overdue: number; told: number }>(COUNTS, [
      new Date(now).toISOString(),
    ]),
  ]);
  const page = listed.rows.slice(0, query.limit);
  const last = listed.rows.length > query.limit ? page.at(-1) : undefined;
  return {
    entries: page.map((row) => ({
      report: row.report_id,
      number: row.number,
      ...(row.tier === null ? {} : { tier: tierName(row.tier) }),
      status: row.status,
      receivedAt: row.received_at,
      state: row.state,
      urgency: row.urgency,
      dueAt: row.due_at,
      overdue: query.list === "open" && Date.parse(row.due_at) <= now,
      child: row.child,
      lane: row.lane ?? "standard",
      ...(row.area === null ? {} : { areaName: row.area }),
      ...(row.why === null ? {} : { why: row.why }),
      authorities: row.authorities,
    })),
    ...(last === undefined ? {} : { next: `${last.due_at}~${last.report_id}` }),
    counts: counted.rows[0] ?? { open: 0, overdue: 0, told: 0 },
    configured: station.config.safeguarding.authorities.length > 0,
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
