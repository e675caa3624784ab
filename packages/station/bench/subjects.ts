import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import { queuePage } from "../src/desk-api/queue.ts";
import { linkReport } from "../src/linking/index.ts";
import { accepted, testSender } from "../src/testing/report.ts";
import { endOfFile, startTestStation } from "../src/testing/station.ts";

/** What it costs to link one more report of an account that has been reported 2 times, and 500 times. `node --test bench/subjects.ts` */
const LARGE = 500;
const end = endOfFile();

test("the cost of a link", { timeout: 600_000 }, async (context) => {
  const at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  const sender = await testSender(at);
  const report = async (account: string) =>
    await accepted(sender, [], {
      persons: [
        exampleSuspect({
          identifiers: [exampleIdentifier("account", account, { platform: "Example Chat" })],
          events: [],
        }),
      ],
    });
  const large = randomUUID();
  for (let each = 0; each < LARGE; each += 1) await linkReport(at.station, await report(large));
  const cost = async (account: () => Promise<string>) => {
    const times: number[] = [];
    for (let each = 0; each < 30; each += 1) {
      const id = await report(await account());
      const started = performance.now();
      await linkReport(at.station, id);
      times.push(performance.now() - started);
    }
    return median(times);
  };
  const small = await cost(async () => {
    const account = randomUUID();
    for (let each = 0; each < 2; each += 1) await linkReport(at.station, await report(account));
    return account;
  });
  const into = await cost(async () => large);
  const pages: number[] = [];
  for (let each = 0; each < 30; each += 1) {
    const started = performance.now();
    await queuePage(at.station, { status: "new", limit: 100 });
    pages.push(performance.now() - started);
  }
  const { rows } = await at.station.db.pool.query<{ rows: string }>(
    "select (select count(*) from subject_member) + (select count(*) from value_standing) + (select count(*) from subject) as rows",
  );
  context.diagnostic(
    JSON.stringify({
      intoTwoMs: round(small),
      intoFiveHundredMs: round(into),
      queuePageOf100Ms: round(median(pages)),
      derivedRows: Number(rows[0]?.rows),
    }),
  );
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
