import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { PageList, PageView } from "../desk-api/contract.ts";
import { tierName } from "../desk-api/words.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson } from "../store/index.ts";
import type { PageAudience, PageCallState, ReportStatus } from "../store/tables.ts";
import type { PageTrigger } from "./immediate.ts";
import { escalatesAt, stageOf } from "./stage.ts";

const ROWS = sqlFile(import.meta.url, "./page-rows.sql");

/** A page as page-rows.sql makes it. */
export interface PageRow {
  id: string;
  /** Null only for a page about a task that is about no report. */
  report: string | null;
  number: string | null;
  tier: number | null;
  status: ReportStatus | null;
  raisedAt: string;
  triggers: PageTrigger[];
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  /** The task that it is about, and who has that. */
  task: string | null;
  taskOwner: string | null;
  audience: PageAudience;
  endedAt: string | null;
  owner: string | null;
  ownerName: string | null;
  ownedSince: string | null;
  calls: Array<{
    audience: PageAudience;
    state: PageCallState;
    attempts: number;
    lastError: string | null;
    nextAttemptAt: string;
    toldAt: string | null;
  }>;
}

/** The pages of the report at hand, as a part of a statement over `report`: one value, a JSON list of rows. */
export const PAGES_OF_REPORT = `select coalesce(json_agg(own.shown order by own.raised_at desc), '[]')
  from (${ROWS}) own where own.report_id = report.id`;

/** One page, as this person sees it. */
export function pageView(station: Station, row: PageRow, person: Principal): PageView {
  const now = station.clock();
  const raisedAt = Date.parse(isoFromJson(row.raisedAt));
  const stage = row.task === null ? stageOf(raisedAt, now) : row.audience;
  const open = row.acknowledgedAt === null && row.endedAt === null;
  const next = open && row.task === null ? escalatesAt(raisedAt, now) : undefined;
  return {
    id: row.id,
    ...(row.report === null ? {} : { report: row.report }),
    ...(row.number === null ? {} : { number: row.number }),
    ...(row.tier === null ? {} : { tier: tierName(row.tier) }),
    ...(row.status === null ? {} : { status: row.status }),
    raisedAt: isoFromJson(row.raisedAt),
    triggers: row.triggers,
    stage,
    ...(next === undefined ? {} : { escalatesAt: new Date(next).toISOString() }),
    rings: open && isCalled(station, row, stage, person),
    ...(row.task === null ? {} : { task: row.task }),
    ...(row.endedAt === null ? {} : { endedAt: isoFromJson(row.endedAt) }),
    ...(row.acknowledgedAt === null ? {} : { acknowledgedAt: isoFromJson(row.acknowledgedAt) }),
    ...(row.acknowledgedBy === null ? {} : { acknowledgedBy: row.acknowledgedBy }),
    ...(row.ownerName === null ? {} : { owner: row.ownerName }),
    mine: row.owner === person.id,
    ...(row.ownedSince === null ? {} : { ownedSince: isoFromJson(row.ownedSince) }),
    calls: row.calls.map(({ audience, state, attempts, lastError, nextAttemptAt, toldAt }) => ({
      audience,
      state,
      attempts,
      ...(lastError === null ? {} : { lastError }),
      ...(state === "intended" ? { nextAttemptAt: isoFromJson(nextAttemptAt) } : {}),
      ...(toldAt === null ? {} : { toldAt: isoFromJson(toldAt) }),
    })),
  };
}

/** Whether a page calls this person by now. */
function isCalled(station: Station, row: PageRow, stage: PageAudience, person: Principal): boolean {
  if (stage === "everybody") return true;
  if (row.task === null)
    return (
      row.report !== null &&
      row.status !== null &&
      station.policy.may(person, "answer-page", { id: row.report, status: row.status })
    );
  return row.taskOwner === person.id || (stage === "leads" && person.role === "lead");
}

const UNANSWERED = `select own.shown from (${ROWS}) own where own.acknowledged_at is null and own.ended_at is null
  and ($1::timestamptz is null or (own.raised_at, own.id) > ($1, $2::uuid)) order by own.raised_at, own.id limit $3`;
const ANSWERED = `select own.shown from (${ROWS}) own where own.acknowledged_at is not null
  and ($1::timestamptz is null or (own.raised_at, own.id) < ($1, $2::uuid)) order by own.raised_at desc, own.id desc limit $3`;

/** A list of pages, by keyset. */
export async function pageList(
  station: Station,
  query: { list: "unanswered" | "answered"; after?: string | undefined; limit: number },
  person: Principal,
): Promise<PageList> {
  const [at = null, id = null] = cursorIn(query.after);
  const [listed, counted] = await Promise.all([
    station.db.pool.query<{ shown: PageRow }>(query.list === "answered" ? ANSWERED : UNANSWERED, [
      at,
      id,
      query.limit + 1,
    ]),
    station.db.pool.query<{ n: number }>(
      "select count(*)::integer as n from page where acknowledged_at is null and ended_at is null",
    ),
  ]);
  const rows = listed.rows.map(({ shown }) => shown);
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return {
    pages: rows.slice(0, query.limit).map((row) => pageView(station, row, person)),
    ...(last === undefined ? {} : { next: `${isoFromJson(last.raisedAt)}~${last.id}` }),
    unanswered: counted.rows[0]?.n ?? 0,
    at: new Date(station.clock()).toISOString(),
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where a list goes on; anything else than a cursor of ours starts it anew. */
function cursorIn(text: string | undefined): string[] {
  return CURSOR.exec(text ?? "")?.slice(1) ?? [];
}
