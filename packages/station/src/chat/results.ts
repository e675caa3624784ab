import { sql, type Transaction } from "kysely";
import type { z } from "zod";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";
import type { ReportState, ReportStep, resultSchema } from "./contract.ts";
import { insertEvents, lockCursors, type NewEvent } from "./cursors.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { tellReporter } from "./reports.ts";
import { noteReport } from "./signals/note.ts";

const PROGRESS = sqlFile(import.meta.url, "./progress.sql");

/**
 * Notes what the verifier found, and the report that it became here. Saying the same again changes nothing.
 * @throws StationError `not-found`, `request.invalid` for a reference that is not the verifier's, `conflict` for another result
 */
export async function noteResult(
  hub: Hub,
  reportId: string,
  { state: found, reference }: z.output<typeof resultSchema>,
): Promise<void> {
  const now = hub.station.clock();
  await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const report = await tx
      .selectFrom("chat_report as report")
      .innerJoin("chat_device as device", "device.id", "report.device_id")
      .select(["report.state", "report.reference", "device.handle"])
      .where("report.id", "=", reportId)
      .executeTakeFirst();
    if (report === undefined)
      throw new StationError("not-found", "The hub has no such report.", {
        remedy: "Take the ids of GET /chat-office/reports.",
      });
    if (reference !== undefined) await mustBeTheVerifiers(tx, hub, reference);
    const state: ReportState = reference === undefined ? found : "passed-on";
    if (report.state === state && (report.reference ?? undefined) === reference) return;
    if (report.state === "passed-on" || report.state === "not-opened")
      throw new StationError("conflict", `This report is ${report.state} already.`, {
        remedy: "A result that was given stays.",
      });
    const steps: ReportStep[] = [
      ...(found === "passed-on" ? [] : [found]),
      ...(reference === undefined ? [] : (["passed-on"] as const)),
    ];
    if (reference !== undefined && (found === "verified" || report.state === "verified"))
      await noteReport(tx, hub, { chatReportId: reportId, reference, reporter: report.handle });
    const isSettled = state === "passed-on" || state === "not-opened";
    const events = await tellReporter(tx, report.handle, reportId, state);
    const leaf = newLeaf({
      kind: "chat.report-result",
      at: now,
      actor: `sender:${hub.config.verifier.account}`,
      ...(reference === undefined ? {} : { reportId: reference }),
      body: { report: reportId, state: found },
    });
    await tx
      .with("report", (part) =>
        part
          .updateTable("chat_report")
          .set({ state, reference: reference ?? null, settled_at: isSettled ? iso(now) : null })
          .where("id", "=", reportId),
      )
      .with("steps", (part) =>
        part
          .insertInto("chat_report_step")
          .values(
            steps.map((what) => ({
              report_id: reportId,
              at: iso(now),
              what,
              source: `verifier:${what}`,
            })),
          )
          .onConflict((conflict) => conflict.doNothing()),
      )
      .with("recorded", (part) => insertLeaves(part, [leaf]))
      .with("told", (part) => insertEvents(part, events, now))
      .selectNoFrom(sql`1`.as("done"))
      .execute();
  });
  hub.watch.hurry();
}

async function mustBeTheVerifiers(tx: Transaction<Tables>, hub: Hub, reference: string): Promise<void> {
  const report = await tx
    .selectFrom("report")
    .select("id")
    .where("id", "=", reference)
    .where("handed_by", "=", hub.config.verifier.account)
    .executeTakeFirst();
  if (report === undefined)
    throw new StationError("request.invalid", "The reference is no report that this account handed in.", {
      remedy: "Give the id that POST /door/reports answered.",
    });
}

/** Tells reporters what became of their reports at this station and behind it: referred, and every outcome. */
export async function noteProgress(hub: Hub): Promise<void> {
  const { db } = hub.station;
  const due = await db.pool.query(`${PROGRESS} limit 1`);
  if (due.rows.length === 0) return;
  await db.transaction(async (tx) => {
    await lockCursors(tx);
    const { rows } = await sql<{
      id: string;
      device_id: Buffer;
    }>`with due as (${sql.raw(PROGRESS)}), noted as (
        insert into chat_report_step (report_id, at, what, source)
        select report_id, at, what, source from due order by at
        on conflict do nothing returning report_id
      )
      select distinct report.id, device.id as device_id
      from noted join chat_report report on report.id = noted.report_id
      join chat_device own on own.id = report.device_id
      join chat_device device on device.handle = own.handle and device.revoked_at is null`.execute(tx);
    const events = rows.map(
      ({ id, device_id }): NewEvent => ({
        kind: "report",
        deviceId: device_id,
        data: { reportId: id, state: "passed-on" },
      }),
    );
    if (events.length > 0) await insertEvents(tx, events, hub.station.clock()).execute();
  });
  hub.watch.hurry();
}
