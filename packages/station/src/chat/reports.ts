import { createHash } from "node:crypto";
import { type Envelope, signStatement } from "@fairlead/sealing";
import { type Kysely, sql } from "kysely";
import type { z } from "zod";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";
import { devicesOf } from "./contacts.ts";
import type { newReportSchema, ReportState } from "./contract.ts";
import { insertEvents, lockCursors, type NewEvent } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { reportReceipt } from "./receipt.ts";

export interface ReportAnswer {
  reportId: string;
  number: string;
  receivedAt: number;
  /** The number, as a text of its own. */
  receipt: string;
  statement: Envelope;
}

/**
 * Takes a sealed report, once. Everything that the verifier will need is kept from now on; the answer is given when it is on disk.
 * @throws StationError `conflict` for an id under which another report came
 */
export async function takeReport(
  hub: Hub,
  by: Device,
  report: z.output<typeof newReportSchema>,
): Promise<{ repeated: boolean; answer: ReportAnswer }> {
  const sealed = Buffer.from(report.sealed);
  const sha256 = createHash("sha256").update(sealed).digest();
  const { db, clock } = hub.station;
  const known = await knownReport(db.kysely, by, report.reportId, sha256);
  if (known !== undefined) return { repeated: true, answer: known };
  const now = clock();
  const number = await nextNumber(db.kysely);
  const statement = await signStatement(
    reportReceipt,
    {
      hub: hub.config.domain,
      reportId: report.reportId,
      number,
      sealedSha256: sha256.toString("hex"),
      receivedAt: iso(now),
    },
    [hub.station.keys.signing],
  );
  const leaf = newLeaf({
    kind: "chat.report-received",
    at: now,
    actor: `account:${by.handle}`,
    body: { report: report.reportId, number, sealedSha256: sha256.toString("hex"), holds: report.holds },
  });
  const taken = await db.transaction(async (tx) => {
    await lockCursors(tx);
    const row = await tx
      .insertInto("chat_report")
      .values({
        id: report.reportId,
        number,
        device_id: by.id,
        sealed,
        sealed_sha256: sha256,
        received_at: iso(now),
        receipt: JSON.stringify(statement),
        state: "received",
        reference: null,
        settled_at: null,
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) return false;
    const events = await tellReporter(tx, by.handle, report.reportId, "received");
    await tx
      .with("step", (part) =>
        part.insertInto("chat_report_step").values({
          report_id: report.reportId,
          at: iso(now),
          what: "received",
          source: "hub:received",
        }),
      )
      .with("held", (part) =>
        part
          .insertInto("chat_hold")
          .columns(["report_id", "blob_id"])
          .expression(
            sql`select ${report.reportId}::uuid, id from chat_blob where id = any(${report.holds}::text[])`,
          ),
      )
      .with("recorded", (part) => insertLeaves(part, [leaf]))
      .with("told", (part) => insertEvents(part, events, now))
      .selectNoFrom(sql`1`.as("done"))
      .execute();
    return true;
  });
  if (taken) {
    hub.watch.hurry();
    const answer = { reportId: report.reportId, number, receivedAt: now, receipt: number, statement };
    return { repeated: false, answer };
  }
  // The same report came twice at once.
  const other = await knownReport(db.kysely, by, report.reportId, sha256);
  if (other === undefined) throw new Error("a report that is in the way is there");
  return { repeated: true, answer: other };
}

/** @throws StationError `conflict` */
async function knownReport(
  db: Kysely<Tables>,
  by: Device,
  reportId: string,
  sha256: Buffer,
): Promise<ReportAnswer | undefined> {
  const row = await db
    .selectFrom("chat_report")
    .select(["number", "device_id", "sealed_sha256", "received_at", "receipt"])
    .where("id", "=", reportId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (!row.device_id.equals(by.id) || !row.sealed_sha256.equals(sha256))
    throw new StationError("conflict", "Another report came under this id.", {
      remedy: "Give each report an id of its own.",
    });
  return {
    reportId,
    number: row.number,
    receivedAt: Date.parse(row.received_at),
    receipt: row.number,
    statement: row.receipt as Envelope,
  };
}

async function nextNumber(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{
    number: string;
  }>`select nextval(pg_get_serial_sequence('chat_report', 'number')) as number`.execute(db);
  const number = rows[0]?.number;
  if (number === undefined) throw new Error("a sequence has a next value");
  return number;
}

/** What every device of the reporter's account is told. */
export async function tellReporter(
  db: Kysely<Tables>,
  handle: string,
  reportId: string,
  state: ReportState,
): Promise<NewEvent[]> {
  const devices = await devicesOf(db, handle);
  return devices.map(({ id }) => ({ kind: "report", deviceId: id, data: { reportId, state } }));
}

export interface ReportStatus {
  reportId: string;
  number: string;
  receivedAt: number;
  state: ReportState;
  steps: Array<{ at: number; what: string }>;
}

/** What became of the reports of an account, newest first. */
export async function reportsOf(hub: Hub, by: Device, reportId?: string): Promise<ReportStatus[]> {
  const { rows } = await sql<{
    id: string;
    number: string;
    received_at: string;
    state: ReportState;
    steps: Array<{ at: string; what: string }>;
  }>`select report.id, report.number, report.received_at, report.state,
      (select coalesce(json_agg(json_build_object('at', at, 'what', what) order by position), '[]')
        from chat_report_step where report_id = report.id) as steps
    from chat_report report join chat_device device on device.id = report.device_id
    where device.handle = ${by.handle} and (${reportId ?? null}::uuid is null or report.id = ${reportId ?? null}::uuid)
    order by report.received_at desc limit 200`.execute(hub.station.db.kysely);
  return rows.map((row) => ({
    reportId: row.id,
    number: row.number,
    receivedAt: Date.parse(row.received_at),
    state: row.state,
    steps: row.steps.map(({ at, what }) => ({ at: Date.parse(at), what })),
  }));
}
