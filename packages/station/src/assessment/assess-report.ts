import { isDeepStrictEqual } from "node:util";
import { assess, type Assessment, levelNumber, queueKey, tierNumber } from "@fairlead/assessment";
import { CompiledQuery, type Kysely } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";
import { type AssessmentGround, groundOf } from "./context.ts";

const AFFECTED = sqlFile(import.meta.url, "./affected.sql");
const KEEP = sqlFile(import.meta.url, "./keep.sql");

/**
 * Assesses a report as it stands now, and keeps the assessment if it says anything new. The rules are pure functions in their own
 * package; this gathers what only the station knows and stores what came out. Of two assessments at the same time the later one
 * starts again from what the earlier one left, so that the newest one never rests on less than the one before.
 */
export async function assessReport(station: Station, reportId: string): Promise<void> {
  for (;;) {
    const now = station.clock();
    const ground = await groundOf(station, reportId);
    if (ground === undefined) return;
    const result = assess(ground.report, ground.claims, ground.context, station.rules, now);
    if (await keep(station, reportId, ground, result, now)) return;
  }
}

/** Which of the reports that this one was linked to must be assessed again. */
export async function affectedBy(
  station: Station,
  reportId: string,
  linked: readonly string[],
): Promise<string[]> {
  if (linked.length === 0) return [];
  const { rows } = await station.db.pool.query<{ id: string }>(AFFECTED, [reportId, linked]);
  return rows.map((row) => row.id);
}

/** @returns false when another assessment was kept meanwhile */
async function keep(
  station: Station,
  reportId: string,
  ground: AssessmentGround,
  result: Assessment,
  now: number,
): Promise<boolean> {
  const { sufficiency, urgency } = result;
  const queued = queueKey({
    tier: urgency.tier,
    clockExpiresAt: sufficiency.clock?.expiresAt,
    level: sufficiency.level,
    receivedAt: ground.receivedAt,
    id: reportId,
  });
  const anew = ground.last === undefined || saidAnew(ground.last, result);
  if (!anew && ground.queueKey === queued) return true;
  const values = [
    reportId,
    levelNumber(sufficiency.level),
    tierNumber(urgency.tier),
    queued,
    new Date(now).toISOString(),
    ground.assessedAt,
    result.ruleVersion,
    anew ? JSON.stringify(result) : null,
  ];
  const write = async (db: Kysely<Tables>) =>
    (await db.executeQuery(CompiledQuery.raw(KEEP, values))).rows.length > 0;
  if (ground.last !== undefined) return await write(station.db.kysely);
  return await station.db.transaction(async (tx) => {
    const kept = await write(tx);
    if (kept)
      await recordLeaf(tx, {
        kind: "report.assessed-first",
        at: now,
        actor: "station",
        reportId,
        body: { level: sufficiency.level, tier: urgency.tier, ruleVersion: result.ruleVersion },
      });
    return kept;
  });
}

/** Whether anything but the time of assessment differs. What was stored has been through JSON, so the new one goes too. */
function saidAnew(before: Assessment, after: Assessment): boolean {
  const now: unknown = JSON.parse(JSON.stringify({ ...after, assessedAt: before.assessedAt }));
  return !isDeepStrictEqual(before, now);
}
