import { type Scorecard, scored, shiftsOf } from "@fairlead/assessment";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import type { SenderList, SenderView } from "../desk-api/sender-contract.ts";
import { StationError } from "../errors.ts";
import { alarmsOf, type Part } from "./alarms.ts";

/** Hours in which the beginning of a fall is looked for. */
const WEEK_HOURS = 168;
/** Months that a page shows, the newest among them. */
const MONTHS = 13;

interface MonthRow {
  sender: string;
  name: string;
  card: Scorecard;
}

/** Every sender by its newest month, those with an alarm first. */
export async function senderList(station: Station): Promise<SenderList> {
  const { rows } = await sql<MonthRow>`select distinct on (sender) sender, name, card from sender_month
    order by sender, month desc limit 1000`.execute(station.db.kysely);
  const senders = await Promise.all(
    rows.map(async ({ sender, name, card }) => {
      const { month, reports, shares } = scored(card);
      const alarms = await alarmsFor(station, sender);
      return {
        id: sender,
        name,
        month,
        reports,
        confirmed: shares.confirmed,
        viral: shares.viral,
        alarms: alarms.length,
      };
    }),
  );
  return { senders: senders.toSorted((a, b) => b.alarms - a.alarms || b.reports - a.reports) };
}

/**
 * A sender's scorecard: its months, what differs from its own earlier ones, and what has fallen since when.
 * @throws StationError `not-found`
 */
export async function senderView(station: Station, sender: string): Promise<SenderView> {
  const { rows } = await sql<MonthRow>`select sender, name, card from sender_month
    where sender = ${sender} order by month desc limit ${MONTHS}`.execute(station.db.kysely);
  const [latest, ...earlier] = rows;
  if (latest === undefined)
    throw new StationError("not-found", "This station has no reports of such a sender.", {
      remedy:
        "Choose one of the senders that the page lists; a new one is there a few seconds after its first report.",
    });
  return {
    id: sender,
    name: latest.name,
    months: rows.map(({ card }) => scored(card)),
    shifts: shiftsOf(
      latest.card,
      earlier.map(({ card }) => card),
    ),
    alarms: await alarmsFor(station, sender),
  };
}

async function alarmsFor(station: Station, sender: string) {
  const now = station.clock();
  const from = new Date(now - WEEK_HOURS * 3_600_000).toISOString();
  const [parts, months] = await Promise.all([
    sql<Part>`select hour, card from sender_part
      where sender = ${sender} and hour >= ${from}::timestamptz order by hour`.execute(station.db.kysely),
    sql<{ card: Scorecard }>`select card from sender_month
      where sender = ${sender} and month < ${from.slice(0, 7)} order by month desc limit 6`.execute(
      station.db.kysely,
    ),
  ]);
  return alarmsOf(
    sender,
    parts.rows,
    months.rows.map(({ card }) => card),
    now,
  );
}
