import {
  type Campaign,
  type CampaignItem,
  campaignsOf,
  defaultCampaignRules,
  openPerceptualIndex,
} from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { addGatheringJob } from "../jobs.ts";
import type { Tables } from "../store/tables.ts";
import { campaignOf } from "./campaign-of.ts";
import { sightingOf, type SightingRow } from "./sightings.ts";

type Tx = Transaction<Tables>;

/** Sightings are gathered for so long before the lists are made anew: nobody waits for a count. */
const GATHER_MS = 10_000;
const ROLL_UP_LOCK = 7_205_003;

/** Has the lists of campaigns made anew, some time after sightings that are written in this transaction. */
export async function rollUpLater(tx: Tx, now: number): Promise<void> {
  await addGatheringJob(tx, "roll-up-campaigns", {}, "all", now + GATHER_MS);
}

/**
 * Makes the campaigns anew of all items that were seen since the last time, with everything that looks like them: what the pure
 * function gives for their sightings. One row a campaign, written here and nowhere else, so no sighting waits for a count.
 */
export async function rollUpCampaigns(station: Station): Promise<void> {
  await station.db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${ROLL_UP_LOCK})`.execute(tx);
    const { position } = await tx.selectFrom("campaign_cursor").select("position").executeTakeFirstOrThrow();
    const { rows: fresh } = await sql<SightingRow>`select * from sighting where position > ${position}::bigint
      order by position`.execute(tx);
    const last = fresh.at(-1);
    if (last === undefined) return;
    const { items, sightings } = await wholeOf(tx, fresh, defaultCampaignRules.distance);
    await save(tx, items, campaignsOf(sightings.map(sightingOf), defaultCampaignRules), station.clock());
    await scoreChanged(tx, sightings);
    await tx.updateTable("campaign_cursor").set({ position: last.position }).execute();
  });
}

/**
 * Takes the sightings of a report away in the caller's transaction, and makes the campaigns anew that they were in: what is left of an item
 * may be no campaign any more.
 */
export async function forgetSightings(station: Station, tx: Tx, reportId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ROLL_UP_LOCK})`.execute(tx);
  const { rows: gone } =
    await sql<SightingRow>`delete from sighting where report_id = ${reportId}::uuid returning *`.execute(tx);
  if (gone.length === 0) return;
  const { items, sightings } = await wholeOf(tx, gone, defaultCampaignRules.distance);
  await save(tx, items, campaignsOf(sightings.map(sightingOf), defaultCampaignRules), station.clock());
  await scoreChanged(tx, sightings);
}

/** All sightings of the items of these, of what looks like them, and so on until nothing is added. */
async function wholeOf(tx: Tx, fresh: readonly SightingRow[], distance: number) {
  const { rows: looks } = await sql<{ perceptual: string }>`select distinct perceptual from sighting
    where perceptual is not null`.execute(tx);
  const index = openPerceptualIndex(distance);
  for (const { perceptual } of looks) index.add(perceptual);
  const exact = new Set<string>();
  const alike = new Set<string>();
  let sightings: SightingRow[] = [...fresh];
  for (;;) {
    const before = exact.size + alike.size;
    for (const row of sightings) {
      if (row.exact !== null) exact.add(row.exact);
      if (row.perceptual === null || alike.has(row.perceptual)) continue;
      alike.add(row.perceptual);
      for (const near of index.near(row.perceptual)) alike.add(looks[near]?.perceptual ?? row.perceptual);
    }
    if (exact.size + alike.size === before) break;
    const { rows } = await sql<SightingRow>`select * from sighting
      where exact = any(${[...exact]}::text[]) or perceptual = any(${[...alike]}::text[])`.execute(tx);
    sightings = rows;
  }
  const items = [
    ...[...exact].map((hash) => `exact-${hash}`),
    ...[...alike].map((hash) => `perceptual-${hash}`),
  ];
  return { items, sightings };
}

/**
 * Has the scorecards of their senders worked out anew for those of these reports that an item has joined to a campaign or taken out of
 * one, and for those whose part in a scorecard may be in the making.
 */
async function scoreChanged(tx: Tx, sightings: readonly SightingRow[]): Promise<void> {
  const reports = [...new Set(sightings.map(({ report_id }) => report_id))];
  await sql`insert into score_due (report_id)
    select given.id from unnest(${reports}::uuid[]) as given (id)
    left join sender_facts on sender_facts.report_id = given.id
    where (sender_facts.facts ->> 'viral')::boolean is distinct from ((${sql.raw(campaignOf("given.id"))}) is not null)`.execute(
    tx,
  );
}

/** An item as the tables name it. */
export function itemId({ kind, hash }: CampaignItem): string {
  return `${kind}-${hash}`;
}

async function save(
  tx: Tx,
  items: readonly string[],
  campaigns: readonly Campaign[],
  now: number,
): Promise<void> {
  await sql`delete from campaign where id in (
    select campaign from campaign_item where item = any(${items}::text[]))`.execute(tx);
  for (const detail of campaigns) {
    const [first] = detail.items;
    if (first === undefined) continue;
    const id = itemId(first);
    await tx
      .insertInto("campaign")
      .values({
        id,
        holders: detail.holders,
        reports: detail.reports,
        last_seen: new Date(detail.lastSeen).toISOString(),
        detail: JSON.stringify(detail),
        rolled_at: new Date(now).toISOString(),
      })
      .execute();
    await sql`insert into campaign_item (item, campaign)
      select item, ${id} from unnest(${detail.items.map(itemId)}::text[]) as item`.execute(tx);
  }
}
