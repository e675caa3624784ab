import { defaultKeepingLaws, type HoldKind } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import type { KEEPING_LISTS, KeepingList } from "../desk-api/contract.ts";
import { tierName } from "../desk-api/words.ts";
import { sqlFile } from "../sql-file.ts";

const ENDS = sqlFile(import.meta.url, "./list-ends.sql");
const HELD = sqlFile(import.meta.url, "./list-held.sql");
const COUNTS = sqlFile(import.meta.url, "./list-counts.sql");
const ENDING = `${ENDS} where keeping.let_go is null and keeping.content_until > $1::timestamptz and keeping.content_until <= $2::timestamptz
  and ($3::timestamptz is null or (keeping.content_until, keeping.report_id) > ($3::timestamptz, $4::uuid))
  order by keeping.content_until, keeping.report_id limit $5`;
const LET_GO = `${ENDS} where keeping.let_go is not null
  and ($1::timestamptz is null or (keeping.content_until, keeping.report_id) > ($1::timestamptz, $2::uuid))
  order by keeping.content_until, keeping.report_id limit $3`;

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();

type Name = (typeof KEEPING_LISTS)[number];
interface Asked {
  list: Name;
  after?: string | undefined;
  limit: number;
}
interface Row {
  report: string;
  number: string;
  status: "new" | "referred" | "closed";
  tier: number | null;
  sender: string;
  until: string | null;
}
interface EndRow extends Row {
  until: string;
  by: string;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
}
interface HeldRow extends Row {
  due_at: string;
  hold: string;
  kind: HoldKind;
  authority: string;
  reference: string | null;
}
interface Listed {
  entry: KeepingList["entries"][number];
  cursor: string;
}

/** What ends next, what waits for a decision, what is held and what may go, by keyset. */
export async function keepingList(station: Station, asked: Asked): Promise<KeepingList> {
  const now = station.clock();
  const month = iso(now + 30 * DAY_MS);
  const quarter = iso(now + 90 * DAY_MS);
  const [found, counted] = await Promise.all([
    asked.list === "held" ? heldRows(station, asked, now) : endRows(station, asked, now),
    station.db.pool.query<KeepingList["counts"]>(COUNTS, [iso(now), month, quarter]),
  ]);
  const shown = found.slice(0, asked.limit);
  const last = found.length > asked.limit ? shown.at(-1) : undefined;
  return {
    entries: shown.map(({ entry }) => entry),
    ...(last === undefined ? {} : { next: last.cursor }),
    counts: counted.rows[0] ?? { overdue: 0, month: 0, quarter: 0, held: 0, "let-go": 0 },
    at: iso(now),
  };
}

async function endRows({ db }: Station, { list, after, limit }: Asked, now: number): Promise<Listed[]> {
  const cursor = cursorIn(after);
  const between = {
    overdue: ["-infinity", iso(now)],
    month: [iso(now), iso(now + 30 * DAY_MS)],
    quarter: [iso(now), iso(now + 90 * DAY_MS)],
  };
  const { rows } =
    list === "let-go" || list === "held"
      ? await db.pool.query<EndRow>(LET_GO, [...cursor, limit + 1])
      : await db.pool.query<EndRow>(ENDING, [...between[list], ...cursor, limit + 1]);
  return rows.map((row) => {
    const { decided_by, decided_at, reason } = row;
    const law = defaultKeepingLaws.find(({ id }) => id === row.by);
    return {
      cursor: `${row.until}~${row.report}`,
      entry: {
        ...common(row),
        by: row.by === "hold" || row.by === "decision" ? row.by : "law",
        ...(law === undefined ? {} : { law: law.name }),
        ...(decided_by === null || decided_at === null
          ? {}
          : { decided: { by: decided_by, at: decided_at, reason: reason ?? "" } }),
      },
    };
  });
}

async function heldRows({ db }: Station, { after, limit }: Asked, now: number): Promise<Listed[]> {
  const { rows } = await db.pool.query<HeldRow>(HELD, [iso(now), ...cursorIn(after), limit + 1]);
  return rows.map((row) => ({
    cursor: `${row.due_at}~${row.hold}`,
    entry: {
      ...common(row),
      by: "hold",
      hold: {
        id: row.hold,
        kind: row.kind,
        authority: row.authority,
        ...(row.reference === null ? {} : { reference: row.reference }),
      },
    },
  }));
}

function common({ report, number, status, tier, sender, until }: Row) {
  return {
    report,
    number,
    status,
    ...(tier === null ? {} : { tier: tierName(tier) }),
    sender,
    ...(until === null ? {} : { until }),
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where a list goes on; anything else than a cursor of ours starts it anew. */
function cursorIn(text: string | undefined): [at: string | null, id: string | null] {
  const [, at = null, id = null] = CURSOR.exec(text ?? "") ?? [];
  return [at, id];
}
