import { factsOf, type Verdict } from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { addGatheringJob, addJob } from "../jobs.ts";
import { sqlFile } from "../sql-file.ts";
import { type ClaimJson, CLAIMS_OF_REPORT, claimsFromJson } from "../store/index.ts";

const FACTS = sqlFile(import.meta.url, "./report-facts.sql").replace("/*claims*/", CLAIMS_OF_REPORT);

/** Reports of one hour are summed together, not one by one: nobody reads a scorecard by the second. */
const GATHER_MS = 2000;

interface Row {
  content: Report;
  received_at: string;
  claims: ClaimJson[];
  outcomes: { kind: string; detail: { reason?: string } }[];
  /** Other reports that hold the same bytes, of the file that is held most. */
  holders: number;
}

/** Notes what a report contributes to its sender's scorecard, as far as is known now. Can be run any number of times. */
export async function scoreReport(station: Station, { reportId }: { reportId: string }): Promise<void> {
  const { rows } = await station.db.pool.query<Row>(FACTS, [reportId]);
  const [row] = rows;
  if (row === undefined) return;
  const cap = station.rules.linking.dfCap;
  const facts = factsOf(row.content, claimsFromJson(row.claims), row.received_at, {
    verdict: verdictOf(row.outcomes),
    viral: row.holders >= cap,
  });
  const hour = `${row.received_at.slice(0, 13)}:00:00Z`;
  await station.db.transaction(async (tx) => {
    const { rows: written } = await sql`insert into sender_facts (report_id, sender, hour, facts)
      values (${reportId}::uuid, ${facts.sender}, ${hour}::timestamptz, ${JSON.stringify(facts)}::jsonb)
      on conflict (report_id) do update set facts = excluded.facts where sender_facts.facts <> excluded.facts
      returning report_id`.execute(tx);
    if (written.length === 0) return;
    const part = { sender: facts.sender, hour };
    await addGatheringJob(tx, "fold-sender", part, `${part.sender}:${hour}`, station.clock() + GATHER_MS);
  });
  // The report that makes an item viral makes the ones before it part of that; those after it see it themselves.
  if (row.holders === cap) {
    const { rows: others } = await sql<{ id: string }>`select distinct other.report_id as id
      from evidence own join evidence other on other.sha256 = own.sha256 and other.report_id <> own.report_id
      where own.report_id = ${reportId}::uuid limit 1000`.execute(station.db.kysely);
    for (const { id } of others) await addJob(station.db.kysely, "score-report", { reportId: id }, id);
  }
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
