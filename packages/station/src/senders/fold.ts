import { emptyCard, foldReport, merged, type ReportFacts, type Scorecard } from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";

/** An hour, in UTC as ISO 8601, in which a sender's reports came. */
export interface SenderHour {
  sender: string;
  hour: string;
}

/** Sums up the reports of senders' hours, from what each contributes: whatever changed, the sum is what they come to now. */
export async function foldHours(tx: Transaction<Tables>, hours: readonly SenderHour[]): Promise<void> {
  if (hours.length === 0) return;
  const senders = hours.map(({ sender }) => sender);
  const starts = hours.map(({ hour }) => hour);
  const { rows } = await sql<SenderHour & { facts: ReportFacts }>`
    select sender, hour, facts from sender_facts
    join unnest(${senders}::text[], ${starts}::timestamptz[]) as given (sender, hour) using (sender, hour)`.execute(
    tx,
  );
  const of = Map.groupBy(rows, nameOf);
  const cards = hours.map((each) =>
    (of.get(nameOf(each)) ?? []).reduce(
      (sum, { facts }) => foldReport(sum, facts),
      emptyCard(each.sender, monthOf(each)),
    ),
  );
  await sql`insert into sender_part (sender, hour, card)
    select * from unnest(${senders}::text[], ${starts}::timestamptz[], ${cards.map((card) => JSON.stringify(card))}::jsonb[])
    on conflict (sender, hour) do update set card = excluded.card`.execute(tx);
}

/** Adds up the months of senders that these hours are in. */
export async function sumMonths(tx: Transaction<Tables>, hours: readonly SenderHour[]): Promise<void> {
  if (hours.length === 0) return;
  const months = [...Map.groupBy(hours, (each) => `${monthOf(each)} ${each.sender}`).values()].map(
    ([first]) => ({ sender: first?.sender ?? "", month: first === undefined ? "" : monthOf(first) }),
  );
  const senders = months.map(({ sender }) => sender);
  const starts = months.map(({ month }) => `${month}-01T00:00:00Z`);
  const { rows } = await sql<{ sender: string; month: string; card: Scorecard }>`
    select given.sender, given.start as month, card from sender_part
    join unnest(${senders}::text[], ${starts}::text[]) as given (sender, start) on sender_part.sender = given.sender
      and hour >= given.start::timestamptz and hour < given.start::timestamptz + interval '1 month'
    order by hour`.execute(tx);
  const cards = months.map(({ sender, month }, at) =>
    rows
      .filter((row) => row.sender === sender && row.month === starts[at])
      .reduce((sum, { card }) => merged(sum, card), emptyCard(sender, month)),
  );
  await sql`insert into sender_month (sender, month, name, card)
    select given.sender, given.month, coalesce(
      (
        select report.content #>> '{sender,name}' from sender_facts join report on report.id = sender_facts.report_id
        where sender_facts.sender = given.sender order by sender_facts.hour desc limit 1
      ), given.sender), given.card
    from unnest(
      ${senders}::text[], ${months.map(({ month }) => month)}::text[], ${cards.map((card) => JSON.stringify(card))}::jsonb[]
    ) as given (sender, month, card)
    on conflict (sender, month) do update set name = excluded.name, card = excluded.card`.execute(tx);
}

function monthOf({ hour }: SenderHour): string {
  return hour.slice(0, 7);
}

function nameOf({ sender, hour }: SenderHour): string {
  return `${hour} ${sender}`;
}
