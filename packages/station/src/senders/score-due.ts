import { factsOf, type ReportFacts, type Verdict } from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { campaignOf } from "../campaigns/index.ts";
import { sqlFile } from "../sql-file.ts";
import { type ClaimJson, CLAIMS_OF_REPORT, claimsFromJson } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { watchFrom } from "../effects/index.ts";
import { lookForBursts } from "./bursts/index.ts";
import { foldHours, type SenderHour, sumMonths } from "./fold.ts";

const FACTS = sqlFile(import.meta.url, "./report-facts.sql")
  .replace("/*claims*/", CLAIMS_OF_REPORT)
  .replace("/*campaign*/", campaignOf("report.id"));

const SCORING_LOCK = 7_205_004;
const AT_ONCE = 500;

/** Has the parts of these reports in their senders' scorecards worked out anew, soon after this is committed. */
export async function scoreLater(db: Kysely<Tables>, reportIds: readonly string[]): Promise<void> {
  if (reportIds.length === 0) return;
  await sql`insert into score_due (report_id) select unnest(${reportIds}::uuid[])`.execute(db);
}

/**
 * Works out what is due, all of it: what each report contributes as far as is known now, then the hours and the months that this
 * changes. One at a time in a station; what another one works out is left to it.
 */
export async function scoreDue(station: Station): Promise<void> {
  for (;;) {
    const due = await station.db.pool.query("select from score_due limit 1");
    if (due.rowCount === 0) return;
    const taken = await station.db.transaction((tx) => scoreSome(station, tx));
    if (taken < AT_ONCE) return;
  }
}

/** @returns how many rows were taken, 0 when another process is at it */
async function scoreSome(station: Station, tx: Transaction<Tables>): Promise<number> {
  const { rows: locked } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${SCORING_LOCK}) as mine`.execute(tx);
  if (locked[0]?.mine !== true) return 0;
  // Taken by a statement before the one that reads: what is put in line meanwhile stays there.
  const { rows: taken } = await sql<{ report_id: string }>`delete from score_due
    where position in (select position from score_due order by position limit ${AT_ONCE})
    returning report_id`.execute(tx);
  const rows = await readFacts(tx, [...new Set(taken.map(({ report_id }) => report_id))]);
  const hours = await keepFacts(tx, rows);
  await foldHours(tx, hours);
  await sumMonths(tx, hours);
  const now = station.clock();
  const senders = [...new Set(hours.map(({ sender }) => sender))];
  const scored = rows.map(({ id }) => id);
  if (await lookForBursts(tx, senders, scored, now)) await watchFrom(tx, now);
  return taken.length;
}

interface Row {
  id: string;
  content: Report;
  received_at: string;
  claims: ClaimJson[];
  outcomes: { kind: string; detail: { reason?: string } }[];
  /** It has an item of a campaign. */
  viral: boolean;
}

async function readFacts(tx: Transaction<Tables>, reportIds: readonly string[]): Promise<Row[]> {
  const { rows } =
    await sql<Row>`${sql.raw(FACTS)} where report.id = any(${reportIds}::uuid[]) and report.erased_by is null`.execute(
      tx,
    );
  return rows;
}

/** @returns the hours of senders in which something changed */
async function keepFacts(tx: Transaction<Tables>, rows: readonly Row[]): Promise<SenderHour[]> {
  const noted = rows.map((row): { id: string; hour: string; facts: ReportFacts } => ({
    id: row.id,
    hour: `${row.received_at.slice(0, 13)}:00:00Z`,
    facts: factsOf(row.content, claimsFromJson(row.claims), row.received_at, {
      verdict: verdictOf(row.outcomes),
      viral: row.viral,
    }),
  }));
  const { rows: changed } = await sql<SenderHour>`
    with kept as (
      insert into sender_facts (report_id, sender, hour, facts)
      select * from unnest(
        ${noted.map(({ id }) => id)}::uuid[], ${noted.map(({ facts }) => facts.sender)}::text[],
        ${noted.map(({ hour }) => hour)}::timestamptz[], ${noted.map(({ facts }) => JSON.stringify(facts))}::jsonb[]
      )
      on conflict (report_id) do update set facts = excluded.facts where sender_facts.facts <> excluded.facts
      returning sender, hour
    )
    select distinct sender, hour from kept`.execute(tx);
  return changed;
}

const CONFIRMED: ReadonlySet<string> = new Set(["arrest", "charge", "children-safeguarded"]);
/** Outcomes of no use that say something of the report, and not of the time that passed or of what police could do. */
const NOT_CONFIRMED: ReadonlySet<string> = new Set([
  "not-an-offence",
  "not-abuse-material",
  "viral-item",
  "no-content",
]);

/** What came of a report, as far as its sender's quality is concerned: data that expired are nobody's fault at the platform. */
function verdictOf(outcomes: Row["outcomes"]): Verdict {
  if (outcomes.some(({ kind }) => CONFIRMED.has(kind))) return "confirmed";
  return outcomes.some(({ detail }) => NOT_CONFIRMED.has(detail.reason ?? "")) ? "not-confirmed" : "unknown";
}
