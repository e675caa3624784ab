import { randomInt } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { saveOutcomes } from "../outcomes/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { campaignLeads, type CampaignFacts } from "./read.ts";
import { draw, sampleSize } from "./sample.ts";

type Tx = Transaction<Tables>;

/** What somebody says of a report that they looked at. */
export type SampleFinding = "copy" | "lead";

/**
 * Begins to close a campaign's copies: notes which they are now, and draws by lot those that must be looked at.
 * @throws StationError `conflict` when there are none, or somebody is at it already
 */
export async function drawSample(station: Station, facts: CampaignFacts, by: Principal): Promise<void> {
  const { copies } = await campaignLeads(station, facts);
  const now = station.clock();
  if (copies.length === 0)
    throw new StationError("conflict", "There is no report in this campaign that is nothing but a copy.", {
      remedy: "Work what stands out; there is nothing to close together.",
    });
  const sample = new Set(draw(copies, sampleSize(copies.length), randomInt).map(({ id }) => id));
  const id = newId(now);
  await station.db.transaction(async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`insert into campaign_closing (id, campaign, opened_by, opened_at)
      select ${id}::uuid, ${facts.id}, ${by.id}::uuid, ${new Date(now).toISOString()}::timestamptz
      where not exists (
        select from campaign_closing where campaign = ${facts.id} and closed_at is null and stopped_at is null
      ) returning id`.execute(tx);
    if (rows.length === 0)
      throw new StationError("conflict", "A sample of this campaign has been drawn already.", {
        remedy: "Look at the reports of that sample first.",
      });
    await sql`insert into campaign_copy (closing, report_id, sampled)
      select ${id}::uuid, given.* from unnest(
        ${copies.map((copy) => copy.id)}::uuid[], ${copies.map((copy) => sample.has(copy.id))}::boolean[]
      ) as given`.execute(tx);
    await recordLeaves(
      tx,
      [...sample].map((reportId) => ({
        kind: "campaign.sample-drawn",
        at: now,
        actor: `person:${by.id}`,
        reportId,
        body: { closing: id, copies: copies.length, sample: sample.size },
      })),
    );
  });
}

/**
 * Notes what somebody found when they looked at one of a sample. A lead stops the closing: the copies are looked at anew.
 * @throws StationError `not-found`, `conflict`
 */
export async function noteSample(
  station: Station,
  closing: string,
  { report, found }: { report: string; found: SampleFinding },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    await mustBeOpen(tx, closing);
    const { numUpdatedRows } = await tx
      .updateTable("campaign_copy")
      .set({ found, found_at: new Date(now).toISOString() })
      .where("closing", "=", closing)
      .where("report_id", "=", report)
      .where("sampled", "=", true)
      .executeTakeFirst();
    if (numUpdatedRows === 0n)
      throw new StationError("not-found", "That report is not in the sample.", {
        remedy: "Look at one that is.",
      });
    if (found === "lead")
      await tx
        .updateTable("campaign_closing")
        .set({ stopped_at: new Date(now).toISOString() })
        .where("id", "=", closing)
        .execute();
    await recordLeaves(tx, [
      {
        kind: "campaign.sample-seen",
        at: now,
        actor: `person:${by.id}`,
        reportId: report,
        body: { closing, found },
      },
    ]);
  });
}

/**
 * Closes the copies of which the sample was drawn, once all of it was looked at and nothing found. What is no longer a copy by now stays open.
 * @returns how many were closed
 * @throws StationError `not-found`, `conflict` while a part of the sample has not been looked at
 */
export async function closeCopies(
  station: Station,
  facts: CampaignFacts,
  { closing, reason }: { closing: string; reason: string },
  by: Principal,
): Promise<number> {
  const now = station.clock();
  const { copies } = await campaignLeads(station, facts);
  return await station.db.transaction(async (tx) => {
    await mustBeOpen(tx, closing);
    const rows = await tx
      .selectFrom("campaign_copy")
      .select(["report_id", "sampled", "found"])
      .where("closing", "=", closing)
      .execute();
    const unseen = rows.filter(({ sampled, found }) => sampled && found !== "copy").length;
    if (unseen > 0)
      throw new StationError("conflict", `${unseen} of the sample have not been looked at yet.`, {
        remedy: "Open each report of the sample and say what it is.",
      });
    const isCopy = new Set(copies.map(({ id }) => id));
    const reports = rows.map(({ report_id }) => report_id).filter((id) => isCopy.has(id));
    const at = new Date(now).toISOString();
    await sql`update campaign_copy set closed_at = ${at}::timestamptz
      where closing = ${closing}::uuid and report_id = any(${reports}::uuid[])`.execute(tx);
    await tx
      .updateTable("campaign_closing")
      .set({ closed_at: at, reason })
      .where("id", "=", closing)
      .execute();
    await recordLeaves(
      tx,
      reports.map((reportId) => ({
        kind: "campaign.copy-closed",
        at: now,
        actor: `person:${by.id}`,
        reportId,
        body: { closing, reason },
      })),
    );
    const { id: stationId, name } = station.config.station;
    const outcomes = reports.map((reportId) => ({
      id: newId(now),
      reportId,
      statement: { kind: "useless" as const, reason: "viral-item" as const },
      recordedAt: now,
      origin: { station: stationId, name },
    }));
    await saveOutcomes(tx, outcomes, { person: by.id }, now);
    return reports.length;
  });
}

async function mustBeOpen(tx: Tx, closing: string): Promise<void> {
  const row = await tx
    .selectFrom("campaign_closing")
    .select(["closed_at", "stopped_at"])
    .where("id", "=", closing)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new StationError("not-found", "There is no such closing.", { remedy: "Go back to the campaign." });
  if (row.closed_at === null && row.stopped_at === null) return;
  throw new StationError("conflict", "This closing has ended.", {
    remedy: "Draw a new sample if there are copies left.",
  });
}
