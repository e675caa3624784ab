import type { Account, ReportNumber, Submission } from "@fairlead/cybertipline";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { grouped } from "../store/index.ts";
import { isShared } from "./tip-group.ts";

interface Opening {
  account: Account;
  submission: Submission;
}

/** Opens reports, those of one moment with one statement. @returns each one's number */
export function tipOpenings(station: Station): (opening: Opening) => Promise<ReportNumber> {
  return grouped((openings) => openAll(station, openings), {
    most: 64,
    atOnce: 2,
    keyOf: () => undefined,
    isShared,
  });
}

async function openAll(station: Station, openings: readonly Opening[]): Promise<ReportNumber[]> {
  const at = openings.map(({ submission }) => new Date(submission.receivedAt).toISOString());
  // The number is drawn before the row is written, so that it is known whose it is.
  const { rows } = await sql<{ number: ReportNumber }>`with item as materialized (
      select nextval(pg_get_serial_sequence('tip', 'number')) as number, given.*
      from unnest(
        ${openings.map(({ account }) => account.accountId)}::text[],
        ${at}::timestamptz[],
        ${openings.map(({ submission }) => submission.report.batchedReport !== undefined)}::boolean[],
        ${openings.map(({ submission }) => Buffer.from(submission.xml))}::bytea[]
      ) with ordinality as given (account, at, batched, document, place)
    ), opened as (
      insert into tip (number, account, state, opened_at, touched_at, batched, document)
      select number, account, 'open', at, at, batched, document from item
    )
    select number from item order by place`.execute(station.db.kysely);
  return rows.map(({ number }) => number);
}
