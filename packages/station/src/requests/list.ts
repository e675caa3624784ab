import { isOverdue, type RequestRecord, type RequestStep, stateAt } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import type { RequestList } from "../desk-api/request-contract.ts";
import { levelName, tierName } from "../desk-api/words.ts";
import { sqlFile } from "../sql-file.ts";
import type { RequestProposal } from "../store/work-tables.ts";

const LIST = sqlFile(import.meta.url, "./list.sql");

interface Row {
  id: string;
  report_id: string;
  number: string;
  tier: number | null;
  level: number | null;
  record: Omit<RequestRecord, "steps">;
  proposal: RequestProposal;
  sent_at: string | null;
  due_at: string;
  steps: RequestStep[];
}

/** A page of requests by the clock that ends first, by keyset. */
export async function requestList(
  station: Station,
  query: { list: string; after?: string | undefined; limit: number },
): Promise<RequestList> {
  const now = station.clock();
  const [due, id] = readCursor(query.after);
  const { rows } = await station.db.pool.query<Row>(LIST, [
    query.list,
    new Date(now).toISOString(),
    due,
    id,
    query.limit + 1,
  ]);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    requests: page.map((row) => {
      const record: RequestRecord = { ...row.record, steps: row.steps };
      const { addressee, answerBy, answerableUntil } = record;
      return {
        id: row.id,
        report: row.report_id,
        number: row.number,
        ...(row.tier === null ? {} : { tier: tierName(row.tier) }),
        ...(row.level === null ? {} : { level: levelName(row.level) }),
        role: addressee.role,
        ...(addressee.name === undefined ? {} : { to: addressee.name }),
        askFor: row.proposal.askFor,
        state: stateAt(record, now),
        overdue: isOverdue(record, now),
        ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
        ...(answerBy === undefined ? {} : { answerBy }),
        ...(answerableUntil === undefined ? {} : { answerableUntil }),
        expected: row.proposal.expected,
      };
    }),
    ...(last === undefined ? {} : { next: `${last.due_at}_${last.id}` }),
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A cursor that was tampered with is none: the list begins anew. */
function readCursor(text: string | undefined): [string | null, string | null] {
  const [, due = null, id = null] = CURSOR.exec(text ?? "") ?? [];
  return [due, id];
}
