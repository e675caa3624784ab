import { backTest, type BackTest, type BackTestCase, type RuleSet } from "@fairlead/assessment";
import { groundOf } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import { sqlFile } from "../sql-file.ts";

const CASES = sqlFile(import.meta.url, "./cases.sql");
const AT_ONCE = 200;

interface Row {
  id: string;
  number: string;
  assessed_at: string;
  outcomes: { kind: string; detail: { arrests?: number; children?: number } }[];
}

/** A back-test with the numbers by which a station's people know their reports. */
export interface StationBackTest extends BackTest {
  numbers: Record<string, string>;
}

/**
 * Judges every assessed report of a station by two rule sets, each as it stood at its last assessment, and holds both against what
 * came back. Reads only. Whether a child was at risk at the time no outcome says, so nothing is counted for that.
 */
export async function backTestStation(
  station: Pick<Station, "config" | "db">,
  a: RuleSet,
  b: RuleSet,
  onProgress: (done: number) => void = () => undefined,
): Promise<StationBackTest> {
  const cases: BackTestCase[] = [];
  const numbers = new Map<string, string>();
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: Row[] } = await station.db.pool.query<Row>(CASES, [after, AT_ONCE]);
    for (const row of rows) {
      const ground = await groundOf(station, row.id);
      if (ground === undefined) continue;
      const { report, claims, context } = ground;
      cases.push({
        id: row.id,
        report,
        claims,
        context,
        at: Date.parse(row.assessed_at),
        ...(row.outcomes.length === 0 ? {} : { outcome: outcomeOf(row) }),
      });
      numbers.set(row.id, row.number);
    }
    onProgress(cases.length);
    after = rows.at(-1)?.id ?? null;
    if (rows.length < AT_ONCE) break;
  }
  const result = backTest(a, b, cases);
  return {
    ...result,
    numbers: Object.fromEntries(result.changed.map(({ id }) => [id, numbers.get(id) ?? ""])),
  };
}

function outcomeOf({ outcomes }: Row): NonNullable<BackTestCase["outcome"]> {
  const sum = (kind: string, count: (detail: Row["outcomes"][number]["detail"]) => number | undefined) =>
    outcomes.reduce(
      (total, outcome) => total + (outcome.kind === kind ? (count(outcome.detail) ?? 0) : 0),
      0,
    );
  return {
    arrests: sum("arrest", ({ arrests }) => arrests),
    childrenSafeguarded: sum("children-safeguarded", ({ children }) => children),
  };
}
