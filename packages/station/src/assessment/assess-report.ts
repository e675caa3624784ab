import { isDeepStrictEqual } from "node:util";
import {
  assess,
  type Assessment,
  levelNumber,
  nextChangeAt,
  queueKey,
  type Safeguarding,
  tierNumber,
} from "@fairlead/assessment";
import { sql } from "kysely";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { jobCall } from "../jobs.ts";
import { newPage, raisedPage } from "../paging/index.ts";
import { assessChild, keptSafeguarding } from "../safeguarding/index.ts";
import { sqlFile } from "../sql-file.ts";
import { type AssessmentGround, groundOf } from "./context.ts";
import { callForHours, readOtherHours, type SenderDay } from "./hours-changed.ts";
import { keptHours } from "./sender-hours.ts";

const STALE = sqlFile(import.meta.url, "./stale.sql");

/** More than tiers that a report can rise through, in case others change meanwhile. */
const ROUNDS = 10;

/**
 * Assesses a report as it stands now, and keeps the assessment if it says anything new. The rules are pure functions in their own
 * package; this gathers what only the station knows and stores what came out, with the moment at which time alone will change it: a
 * job is there for exactly then, in the same statement. Of two assessments at the same time the later one
 * starts again from what the earlier one left, so that the newest one never rests on less than the one before.
 */
export async function assessReport(station: Station, reportId: string): Promise<void> {
  for (;;) {
    const now = station.clock();
    const ground = await groundOf(station, reportId);
    if (ground === undefined) return;
    const result = assess(ground.report, ground.claims, ground.context, station.rules, now);
    const child = assessChild(station, ground, now);
    const context = { ...ground.context, previousTier: result.urgency.tier };
    const changesAt = nextChangeAt(ground.report, ground.claims, context, station.rules, now);
    if (await keep(station, reportId, ground, { result, child, now, changesAt })) return;
  }
}

/**
 * Assesses those again, among these reports and the others of the same persons, whose assessment rests on something else of its
 * subject than what the subject says now: somebody joined or left, brought an address, or a tier changed. A new tier is such a change in turn, so it goes on
 * until nothing is left; it ends, because a link lifts by one tier and never above the tier that it came from. What is left to do
 * follows from the tables, so whoever was interrupted starts again and loses nothing. Those that read another habit of their sender than
 * it has now are gathered for a job.
 */
export async function assessNeighbours(station: Station, reportIds: readonly string[]): Promise<void> {
  const looked = new Set(reportIds);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { rows } = await station.db.pool.query<{ id: string }>(STALE, [reportIds]);
    if (rows.length === 0) break;
    for (const { id } of rows) {
      await assessReport(station, id);
      looked.add(id);
    }
  }
  await callForHours(station, [...looked]);
}

/** Reports of a sender's day that are assessed in one go: new ones must not stand behind a flood. */
const AT_ONCE = 500;

/**
 * Assesses those reports of a sender's day again that read another habit of its clock than its hours show by now, a part at a time. Can be
 * run any number of times: it ends by looking whether any is left.
 */
export async function assessSenderDay(station: Station, which: SenderDay, atOnce = AT_ONCE): Promise<void> {
  const ids = await readOtherHours(station, which, atOnce);
  for (const id of ids) await assessReport(station, id);
  if (ids.length > 0) await assessNeighbours(station, ids);
}

/**
 * Keeps an assessment, unless another one of the same report was kept since this one read what it rests on: whoever waited for the
 * other's commit looks at the row anew.
 * @returns false when another one was kept meanwhile
 */
async function keep(
  station: Station,
  reportId: string,
  ground: AssessmentGround,
  made: { result: Assessment; child: Safeguarding; now: number; changesAt: number | undefined },
): Promise<boolean> {
  const { result, child, now, changesAt } = made;
  const { sufficiency, urgency } = result;
  const queued = queueKey({
    tier: urgency.tier,
    clockExpiresAt: sufficiency.clock?.expiresAt,
    level: sufficiency.level,
    receivedAt: ground.receivedAt,
    id: reportId,
  });
  const anew = ground.last === undefined || saidAnew(ground.last, result);
  const changesAtText = changesAt === undefined ? null : new Date(changesAt).toISOString();
  const { reads } = ground;
  const asBefore =
    ground.queueKey === queued &&
    ground.assessedBy === result.ruleVersion &&
    isDeepStrictEqual(reads, ground.lastReads) &&
    isSameInstant(ground.changesAt, changesAtText);
  const sameChild = ground.safeguarding !== undefined && saysTheSame(ground.safeguarding, child);
  if (!anew && sameChild && asBefore) return true;
  const raised = raisedPage(reportId, newPage(result, ground, ground.last, ground.paged), now);
  const first = newLeaf({
    kind: "report.assessed-first",
    at: now,
    actor: "station",
    reportId,
    body: { level: sufficiency.level, tier: urgency.tier, ruleVersion: result.ruleVersion },
  });
  const assessedAt = new Date(now).toISOString();
  const level = levelNumber(sufficiency.level);
  const tier = tierNumber(urgency.tier);
  const { rows } = await sql`with kept as (
      update report set level = ${level}::smallint, tier = ${tier}::smallint, queue_key = ${queued}::text,
        changes_at = ${changesAtText}::timestamptz, assessed_by = ${result.ruleVersion}::text,
        lane = ${child.lane.lane}::text,
        read_tier = ${reads.tier}::smallint, read_activity = ${reads.activity}::timestamptz,
        read_addresses = ${reads.addresses}::text[],
        -- Never the same twice, however often a report is assessed within one tick of the clock.
        assessed_at = greatest(${assessedAt}::timestamptz, assessed_at + interval '1 microsecond')
      where id = ${reportId}::uuid and assessed_at is not distinct from ${ground.assessedAt}::timestamptz
      returning id
    ), added as (
      insert into assessment (report_id, at, rule_version, level, tier, result)
      select id, ${assessedAt}::timestamptz, ${result.ruleVersion}::text, ${level}::smallint, ${tier}::smallint,
        ${JSON.stringify(result)}::jsonb from kept where ${anew}::boolean
    ), recorded as (
      ${insertLeaves(
        station.db.kysely,
        [...(ground.last === undefined ? [first] : []), ...raised.leaves],
        sql`exists (select from kept)`,
      )}
    )${keptSafeguarding(reportId, child)}${raised.part}${keptHours(reportId, ground.report, ground.hours, {
      isFirst: ground.last === undefined,
      hasRead: ground.lastReads.twelveHour !== null,
    })}
    select id, ${wakeAt(reportId, ground.changesAt, changesAt, now)},
      ${becameDevelopable(station, reportId, ground.last, level)}${raised.column} from kept`.execute(
    station.db.kysely,
  );
  return rows.length > 0;
}

/**
 * The report's one job of the clock, put off, brought forward or taken away. Never sooner than in a second: the database's clock may
 * run ahead of this process's, which would then find nothing changed yet.
 */
function wakeAt(reportId: string, before: string | null, changesAt: number | undefined, now: number) {
  if (changesAt !== undefined)
    return jobCall("reassess", { reportId }, reportId, Math.max(changesAt, now + CLOCKS_APART_MS));
  return before === null ? sql`null` : sql`graphile_worker.remove_job(${`reassess:${reportId}`})`;
}

const CLOCKS_APART_MS = 1000;

/** From here on a report is worked on, so other stations are asked whether they work on the same person. */
const DEVELOPABLE = 2;

function becameDevelopable(station: Station, reportId: string, last: Assessment | undefined, level: number) {
  const before = last === undefined ? 0 : levelNumber(last.sufficiency.level);
  return level < DEVELOPABLE || before >= DEVELOPABLE || station.deconfliction.size === 0
    ? sql`null`
    : jobCall("note-interests", { reportId }, reportId);
}

function isSameInstant(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : Date.parse(a) === Date.parse(b);
}

/** Whether anything but the time of assessment differs. */
function saidAnew(before: Assessment, after: Assessment): boolean {
  return !saysTheSame(before, { ...after, assessedAt: before.assessedAt });
}

/** Whether what was stored says the same as what is to be stored: that has been through JSON, so the new one goes too. */
function saysTheSame<T extends object>(stored: T, now: T): boolean {
  return isDeepStrictEqual(stored, JSON.parse(JSON.stringify(now)));
}
