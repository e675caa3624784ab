import { emptyCard, foldReport, merged, type ReportFacts, type Scorecard } from "@fairlead/assessment";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { addGatheringJob } from "../jobs.ts";

const GATHER_MS = 2000;

/** Sums up the reports of a sender's hour, from what each contributes: whatever changed, the sum is what they come to now. */
export async function foldSender(
  station: Station,
  { sender, hour }: { sender: string; hour: string },
): Promise<void> {
  const month = hour.slice(0, 7);
  const { rows } = await sql<{ facts: ReportFacts }>`select facts from sender_facts
    where sender = ${sender} and hour = ${hour}::timestamptz`.execute(station.db.kysely);
  const card = rows.reduce((sum, { facts }) => foldReport(sum, facts), emptyCard(sender, month));
  await station.db.transaction(async (tx) => {
    await sql`insert into sender_part (sender, hour, card)
      values (${sender}, ${hour}::timestamptz, ${JSON.stringify(card)}::jsonb)
      on conflict (sender, hour) do update set card = excluded.card`.execute(tx);
    await addGatheringJob(
      tx,
      "sum-sender",
      { sender, month },
      `${sender}:${month}`,
      station.clock() + GATHER_MS,
    );
  });
}

/** Adds the hours of a sender's month up. One job at a time writes a month, and nobody else does. */
export async function sumSender(
  station: Station,
  { sender, month }: { sender: string; month: string },
): Promise<void> {
  const from = `${month}-01T00:00:00Z`;
  const { rows } = await sql<{ card: Scorecard }>`select card from sender_part
    where sender = ${sender} and hour >= ${from}::timestamptz and hour < ${from}::timestamptz + interval '1 month'
    order by hour`.execute(station.db.kysely);
  const card = rows.reduce((sum, part) => merged(sum, part.card), emptyCard(sender, month));
  await sql`insert into sender_month (sender, month, name, card)
    select ${sender}, ${month}, coalesce(
      (
        select report.content #>> '{sender,name}' from sender_facts join report on report.id = sender_facts.report_id
        where sender_facts.sender = ${sender} order by sender_facts.hour desc limit 1
      ), ${sender}), ${JSON.stringify(card)}::jsonb
    on conflict (sender, month) do update set name = excluded.name, card = excluded.card`.execute(
    station.db.kysely,
  );
}
