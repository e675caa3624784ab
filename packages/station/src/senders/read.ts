import { type Scorecard, scored, shiftsOf, wilson } from "@fairlead/assessment";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import type { SenderList, SenderView } from "../desk-api/sender-contract.ts";
import { StationError } from "../errors.ts";
import { burstsOfSender } from "./bursts/index.ts";

/** Months that a page shows, the newest among them. */
const MONTHS = 13;
const NONE = { count: 0, of: 0 };

interface MonthRow {
  sender: string;
  name: string;
  card: Scorecard;
}

/** Every sender by its newest month, those with an alarm first. */
export async function senderList(station: Station): Promise<SenderList> {
  const { rows } = await sql<MonthRow & { alarms: number }>`select distinct on (sender) sender, name, card,
      (select count(*)::integer from format_burst burst where burst.sender = sender_month.sender and burst.settled_at is null) as alarms
    from sender_month order by sender, month desc limit 1000`.execute(station.db.kysely);
  const senders = rows.map(({ sender, name, card, alarms }) => {
    const { month, reports, shares } = scored(card);
    return { id: sender, name, month, reports, confirmed: shares.confirmed, viral: shares.viral, alarms };
  });
  const known = new Set(senders.map(({ id }) => id));
  for (const { sender, name, alarms } of await onlyRefused(station))
    if (!known.has(sender))
      senders.push({ ...NO_REPORTS, id: sender, name, month: monthOf(station), alarms });
  return { senders: senders.toSorted((a, b) => b.alarms - a.alarms || b.reports - a.reports) };
}

/**
 * A sender's scorecard: its months, what differs from its own earlier ones, and the fields that it has begun to leave empty.
 * @throws StationError `not-found`
 */
export async function senderView(station: Station, sender: string): Promise<SenderView> {
  const { rows } = await sql<MonthRow>`select sender, name, card from sender_month
    where sender = ${sender} order by month desc limit ${MONTHS}`.execute(station.db.kysely);
  const [latest, ...earlier] = rows;
  const bursts = await burstsOfSender(station, sender);
  if (latest === undefined && bursts.length === 0)
    throw new StationError("not-found", "This station has no reports of such a sender.", {
      remedy:
        "Choose one of the senders that the page lists; a new one is there a few seconds after its first report.",
    });
  return {
    id: sender,
    name: latest?.name ?? (await nameInBursts(station, sender)),
    months: rows.map(({ card }) => scored(card)),
    shifts:
      latest === undefined
        ? []
        : shiftsOf(
            latest.card,
            earlier.map(({ card }) => card),
          ),
    bursts,
  };
}

const NO_REPORTS = { reports: 0, confirmed: wilson(NONE), viral: wilson(NONE) };

function monthOf(station: Station): string {
  return new Date(station.clock()).toISOString().slice(0, 7);
}

/** Those with a burst that nobody has settled, among them accounts none of whose reports got in. */
async function onlyRefused(station: Station): Promise<{ sender: string; name: string; alarms: number }[]> {
  const { rows } = await sql<{ sender: string; name: string; alarms: number }>`
    select sender, max(name) as name, count(*)::integer as alarms from format_burst
    where settled_at is null and field = 'refused' group by sender limit 1000`.execute(station.db.kysely);
  return rows;
}

/** Of a sender none of whose reports got in. */
async function nameInBursts(station: Station, sender: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from format_burst where sender = ${sender}
    order by opened_at desc limit 1`.execute(station.db.kysely);
  return rows[0]?.name ?? sender;
}
