import type { BankFeedbackView } from "../../desk-api/contract.ts";
import type { Stage, Trouble } from "../../effects/index.ts";
import { sqlFile } from "../../sql-file.ts";
import type { Database } from "../../store/index.ts";
import type { SignalKind } from "../signal.ts";

const SAID = sqlFile(import.meta.url, "./said.sql");

interface Row {
  id: string;
  entry_id: string;
  kind: SignalKind;
  opinion: "affirmative" | "negative";
  note: string;
  by: string;
  decided_at: string;
  stage: Stage;
  trouble: Trouble | null;
  last_error: string | null;
  attempts: number;
  next_attempt_at: string | null;
  delivered_at: string | null;
  reasons: string[];
}
export type Said = BankFeedbackView["said"][number];

/** What was decided about these entries, the newest first. */
export async function saidAbout(
  db: Database,
  entries: readonly string[],
  most: number,
): Promise<Array<{ entry: string; said: Said }>> {
  if (entries.length === 0) return [];
  const { rows } = await db.pool.query<Row>(`${SAID} limit $2`, [entries, most]);
  return rows.map((row) => ({ entry: row.entry_id, said: saidOf(row) }));
}

function saidOf(row: Row): Said {
  const { id, kind, opinion, reasons, note, by, decided_at, last_error, attempts, next_attempt_at } = row;
  return {
    id,
    kind,
    opinion,
    reasons,
    note,
    by,
    at: decided_at,
    delivery: {
      state: stateOf(row),
      ...(row.delivered_at === null ? {} : { at: row.delivered_at }),
      ...(row.trouble === null || last_error === null ? {} : { words: last_error }),
      attempts,
      ...(next_attempt_at === null ? {} : { nextAt: next_attempt_at }),
    },
  };
}

function stateOf({ stage, trouble }: Row): Said["delivery"]["state"] {
  switch (stage) {
    case "confirmed":
      return "delivered";
    case "refused":
    case "elsewhere":
      return stage;
    case "lapsed":
      return "replaced";
    case "intended":
    case "sent":
    case "named":
    case "finishing":
      return trouble === null ? "waiting" : "failing";
  }
}
