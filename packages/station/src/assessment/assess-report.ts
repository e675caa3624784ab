import { isDeepStrictEqual } from "node:util";
import {
  assess,
  type Assessment,
  type AssessmentContext,
  levelNumber,
  queueKey,
  type Tier,
  tierNumber,
} from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { manifestIn, type Envelope } from "@fairlead/sealing";
import type { Selectable } from "kysely";
import type { Station } from "../context.ts";
import { samePerson } from "../linking/index.ts";
import { sqlFile } from "../sql-file.ts";
import { claimOf, type ReportTable } from "../store/tables.ts";
import { recordLeaf } from "../audit/index.ts";

const AFFECTED = sqlFile(import.meta.url, "./affected.sql");
const TIERS: readonly Tier[] = ["R1", "R2", "R3", "R4", "R5"];

/**
 * Assesses a report as it stands now, and keeps the assessment if it says anything new. The rules are pure functions in their own
 * package; this gathers what only the station knows and stores what came out.
 */
export async function assessReport(station: Station, reportId: string): Promise<void> {
  const now = station.clock();
  const row = await station.db.kysely
    .selectFrom("report")
    .selectAll()
    .where("id", "=", reportId)
    .executeTakeFirst();
  if (row === undefined) return;
  const claims = await station.db.kysely
    .selectFrom("claim")
    .selectAll()
    .where("report_id", "=", reportId)
    .orderBy("position")
    .execute();
  const report: Report = row.content;
  const result = assess(report, claims.map(claimOf), await contextOf(station, row), station.rules, now);
  await keep(station, row, result, now);
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

async function keep(
  station: Station,
  row: Selectable<ReportTable>,
  result: Assessment,
  now: number,
): Promise<void> {
  const { sufficiency, urgency } = result;
  const level = levelNumber(sufficiency.level);
  const tier = tierNumber(urgency.tier);
  const queued = queueKey({
    tier: urgency.tier,
    clockExpiresAt: sufficiency.clock?.expiresAt,
    level: sufficiency.level,
    receivedAt: row.received_at,
    id: row.id,
  });
  await station.db.transaction(async (tx) => {
    const last = await tx
      .selectFrom("assessment")
      .select("result")
      .where("report_id", "=", row.id)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (last !== undefined && row.queue_key === queued && !saidAnew(last.result as Assessment, result))
      return;
    if (last === undefined || saidAnew(last.result as Assessment, result))
      await tx
        .insertInto("assessment")
        .values({
          report_id: row.id,
          at: new Date(now).toISOString(),
          rule_version: result.ruleVersion,
          level,
          tier,
          result: JSON.stringify(result),
        })
        .execute();
    if (last === undefined)
      await recordLeaf(tx, {
        kind: "report.assessed-first",
        at: now,
        actor: "station",
        reportId: row.id,
        body: { level: sufficiency.level, tier: urgency.tier, ruleVersion: result.ruleVersion },
      });
    await tx
      .updateTable("report")
      .set({
        level,
        tier,
        queue_key: queued,
        assessed_at: new Date(now).toISOString(),
      })
      .where("id", "=", row.id)
      .execute();
  });
}

/** Whether anything but the time of assessment differs. What was stored has been through JSON, so the new one goes too. */
function saidAnew(before: Assessment, after: Assessment): boolean {
  const now: unknown = JSON.parse(JSON.stringify({ ...after, assessedAt: before.assessedAt }));
  return !isDeepStrictEqual(before, now);
}

async function contextOf(station: Station, row: Selectable<ReportTable>): Promise<AssessmentContext> {
  const { id, name, profile } = station.config.station;
  const [previous, decision, linked, firstReportedAt] = await Promise.all([
    station.db.kysely
      .selectFrom("assessment")
      .select("tier")
      .where("report_id", "=", row.id)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst(),
    station.db.kysely
      .selectFrom("urgency_decision")
      .selectAll()
      .where("report_id", "=", row.id)
      .orderBy("decided_at", "desc")
      .limit(1)
      .executeTakeFirst(),
    linkedFacts(station, row.id),
    firstReport(station, row),
  ]);
  return {
    station: { id, name, profile },
    receivedAt: row.received_at,
    firstReportedAt,
    // Every door of this station knows who knocks: by account or by a pinned key.
    senderAuthenticated: true,
    handOffs: "signed",
    custody: "intact",
    ...linked,
    previousTier: previous === undefined ? undefined : TIERS[previous.tier - 1],
    lowering:
      decision === undefined
        ? undefined
        : {
            by: { kind: "person", id: decision.decided_by, role: decision.role },
            to: TIERS[decision.tier - 1] ?? "R1",
            reason: decision.reason,
            at: decision.decided_at,
            seen: decision.seen,
          },
  };
}

/** The highest tier and the newest activity among the other reports of the same person. */
async function linkedFacts(
  station: Station,
  reportId: string,
): Promise<Pick<AssessmentContext, "linkedTier" | "lastLinkedActivityAt">> {
  const others = [...((await samePerson(station.db.pool, [reportId])).get(reportId) ?? [])];
  if (others.length === 0) return {};
  const { rows } = await station.db.pool.query<{ tier: number | null; newest: string | null }>(
    `select min(tier) as tier, max(content -> 'incident' -> 'occurred' ->> 'at') as newest from report where id = any($1)`,
    [others],
  );
  const tier = rows[0]?.tier ?? null;
  return {
    linkedTier: tier === null ? undefined : TIERS[tier - 1],
    lastLinkedActivityAt: rows[0]?.newest ?? undefined,
  };
}

/** When the provider made its report: here, or at the first station whose signed statement came with the package. */
async function firstReport(station: Station, row: Selectable<ReportTable>): Promise<string | undefined> {
  if (row.inbound_package === null) return row.received_at;
  const found = await station.db.kysely
    .selectFrom("inbound_package")
    .select("envelope")
    .where("id", "=", row.inbound_package)
    .executeTakeFirstOrThrow();
  const received = manifestIn(found.envelope as Envelope).custody.flatMap(({ statement }) => {
    const body = custodyBody(statement);
    return body === undefined ? [] : [body];
  });
  return received.toSorted()[0];
}

function custodyBody(statement: Envelope): string | undefined {
  const body: unknown = JSON.parse(Buffer.from(statement.payload, "base64").toString("utf8"));
  const received = (body as { received?: { at?: unknown } }).received?.at;
  return typeof received === "string" ? received : undefined;
}
