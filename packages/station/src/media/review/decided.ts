import type { z } from "zod";
import type { Principal } from "../../access/index.ts";
import { feedbackStandings } from "../../banks/index.ts";
import type { Station } from "../../context.ts";
import type { decidedListSchema } from "../../desk-api/contract.ts";
import { sqlFile } from "../../sql-file.ts";
import { foundSchema } from "../matches.ts";

const DECIDED = sqlFile(import.meta.url, "decided.sql");
const AT_ONCE = 10;
const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f]{64})$/;

type DecidedList = z.infer<typeof decidedListSchema>;
interface Row {
  sha256: string;
  decision: "report" | "leave";
  grade: "A1" | "A2" | "B1" | "B2" | null;
  viewed_in_full: boolean;
  decided_at: string;
  matches: unknown[];
}

/** What this person has decided about, with what its matches' sources can be told and were told. */
export async function decidedByMe(
  station: Station,
  by: Principal,
  after: string | undefined,
): Promise<DecidedList> {
  const [, at = null, sha256 = null] = CURSOR.exec(after ?? "") ?? [];
  const { rows } = await station.db.pool.query<Row>(DECIDED, [
    by.id,
    at,
    sha256 === null ? null : Buffer.from(sha256, "hex"),
    AT_ONCE + 1,
  ]);
  const shown = rows.slice(0, AT_ONCE);
  const last = rows.length > AT_ONCE ? shown.at(-1) : undefined;
  const files = shown.map((row) => ({ row, found: row.matches.map((each) => foundSchema.parse(each)) }));
  const all = files.flatMap(({ found }) => found);
  const standings = await feedbackStandings(
    station,
    all.map(({ bank, entry, kind }) => ({ bank, key: entry, kind })),
  );
  const standing = new Map(all.map((found, index) => [found, standings[index]]));
  return {
    files: files.map(({ row, found }) => ({
      sha256: row.sha256,
      decision: row.decision,
      ...(row.grade === null ? {} : { grade: row.grade }),
      viewedInFull: row.viewed_in_full,
      at: row.decided_at,
      matches: found.map((each) => {
        const feedback = standing.get(each);
        return { found: each, ...(feedback === undefined ? {} : { feedback }) };
      }),
    })),
    ...(last === undefined ? {} : { next: `${last.decided_at}~${last.sha256}` }),
  };
}
