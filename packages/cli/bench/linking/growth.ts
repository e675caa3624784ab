import { type CompactIndex, compactKeys, defaultRuleSet, openCompactIndex } from "@fairlead/assessment";
import { simulateYear, type YearReport } from "@fairlead/simulator";
import { Client } from "pg";
import { growingColumns } from "../../src/year/columns.ts";
import { countItems, type ItemCounts } from "../../src/year/items.ts";
import { makingOf } from "../../src/year/making.ts";
import { copyIn } from "./copy-in.ts";
import { copyText } from "./copy-text.ts";
import { drawItem, drawKeys, scattered, SIGHTINGS_A_REPORT } from "./drawn.ts";
import { ownTime, serverTimeOf } from "./processor-time.ts";
import { createTables } from "./rows.ts";
import { workReport } from "./work-report.ts";

/** What a report costs where so many came before it, in microseconds of processor time. */
export interface CostAt {
  reports: number;
  /** Keys, grade and rows, of reports that come in the year from that number on. */
  assessment: number;
  /** The database's part in taking those rows in, into tables without an index. */
  rows: number;
  /** The index of subjects, and the count of sightings, which hold all reports so far. */
  subjects: number;
  sightings: number;
  /** The database's part in taking in the values of a report, into a table with an index that holds those of all reports so far. */
  databaseIndex: number;
  total: number;
}

export interface GrowthPlan {
  readonly url: string;
  readonly year: number;
  readonly seed: number;
  /** Numbers of reports, ascending. */
  readonly sizes: readonly number[];
  /** Reports over which is measured. */
  readonly window: number;
}

const VALUES_A_REPORT = 3.3;

/**
 * What a report costs after a million others and after ten million: on one thread, by processor time, so that what else the machine does
 * counts as little as may be. Everything that depends on how many came before is filled with drawn values (`drawn.ts`); everything else is
 * done for reports of the year from that number on.
 */
export async function measureGrowth(plan: GrowthPlan, onSize: (cost: CostAt) => void): Promise<CostAt[]> {
  const client = new Client({ connectionString: plan.url });
  await client.connect();
  try {
    await client.query(`${createTables("made")}\ncreate table held_value (value bigint, report bigint)`);
    const most = Math.max(...plan.sizes);
    const attachments = Math.ceil(most * (VALUES_A_REPORT + 0.2));
    const index = openCompactIndex(defaultRuleSet().linking, {
      nodes: most,
      attachments,
      values: attachments,
    });
    const items = countItems(most * 2);
    // Code that runs for the first time is slow, and would count for the first size alone.
    await workWindow(plan, 0, client);
    const costs: CostAt[] = [];
    let filled = 0;
    for (const reports of plan.sizes) {
      fillTo(reports - plan.window, filled, index, items);
      await fillTable(client, filled, reports - plan.window);
      const grows = await growingWindow(reports - plan.window, reports, index, items);
      const databaseIndex = await indexedWindow(client, reports, plan.window);
      const stays = await workWindow(plan, reports, client);
      filled = reports;
      const parts = { ...stays, ...grows, databaseIndex };
      const total = Object.values(parts).reduce((sum, each) => sum + each, 0);
      costs.push({ reports, ...parts, total });
      onSize({ reports, ...parts, total });
    }
    return costs;
  } finally {
    await client.end();
  }
}

/** Keys, grade and rows of the year's reports from a number on, and what the database does to take the rows in. */
async function workWindow({ year, seed, window }: GrowthPlan, from: number, client: Client) {
  const making = makingOf();
  const into = { gradeRows: copyText(), keyRows: copyText(), columns: growingColumns() };
  const chunks: number[] = [];
  let rows = 0;
  const serverTime = await serverTimeOf(client);
  for (let first = from; first < from + window; first += CHUNK) {
    const chunk: YearReport[] = [
      ...simulateYear({ year, seed, from: first, to: Math.min(first + CHUNK, from + window) }),
    ];
    const made = await ownTime(() => {
      for (const [row, one] of chunk.entries()) workReport(one, row, into, making);
    });
    const before = await serverTime();
    const written = await ownTime(async () => {
      await copyIn(client, "copy made_grade from stdin", into.gradeRows.take());
      await copyIn(client, "copy made_key from stdin", into.keyRows.take());
    });
    rows += (await serverTime()) - before;
    chunks.push((made + written) / chunk.length);
  }
  return { assessment: medianOf(chunks), rows: rows / window };
}

const CHUNK = 2_000;

/** Of the chunks of a window: a processor that others use too is slower for seconds at a time. */
function medianOf(costs: readonly number[]): number {
  return [...costs].sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
}

function fillTo(to: number, from: number, index: CompactIndex, items: ItemCounts): void {
  for (let report = from; report < to; report += 1) {
    addPerson(index, report);
    addSightings(items, report);
  }
}

async function growingWindow(from: number, to: number, index: CompactIndex, items: ItemCounts) {
  const subjects = await ownTime(() => {
    for (let report = from; report < to; report += 1) addPerson(index, report);
  });
  const sightings = await ownTime(() => {
    for (let report = from; report < to; report += 1) addSightings(items, report);
  });
  return { subjects: subjects / (to - from), sightings: sightings / (to - from) };
}

const keys = compactKeys(4);

function addPerson(index: CompactIndex, report: number): void {
  drawKeys(keys, report);
  index.add(report, keys);
}

function addSightings(items: ItemCounts, report: number): void {
  for (let which = 0; which < SIGHTINGS_A_REPORT; which += 1) {
    const item = drawItem(report, which);
    items.add(scattered(item), scattered(item + 0x2000_0000));
  }
}

/** So many values as reports had, without an index, which is built over all of them at once: only what comes after is measured. */
async function fillTable(client: Client, from: number, to: number): Promise<void> {
  await client.query("drop index if exists held_value_value");
  await client.query(
    "insert into held_value select hashint8extended(n, 1), n from generate_series($1::bigint, $2::bigint) as n",
    [Math.floor(from * VALUES_A_REPORT), Math.floor(to * VALUES_A_REPORT) - 1],
  );
  await client.query("create index held_value_value on held_value (value)");
}

async function indexedWindow(client: Client, reports: number, window: number): Promise<number> {
  const serverTime = await serverTimeOf(client);
  const rows = copyText();
  for (let row = 0; row < window * VALUES_A_REPORT; row += 1) {
    const report = reports + Math.floor(row / VALUES_A_REPORT);
    rows.put(String((BigInt(scattered(row + reports)) << 32n) | BigInt(scattered(row - reports))));
    rows.put(String(report));
    rows.row();
  }
  const before = await serverTime();
  await copyIn(client, "copy held_value from stdin", rows.take());
  return ((await serverTime()) - before) / window;
}
