import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import * as fc from "fast-check";
import {
  assess,
  type Assessment,
  foldHours,
  gradeOf,
  type HourHabit,
  mergeHours,
  NO_HABIT,
  showsTwelveHours,
  subjectContexts,
} from "@fairlead/assessment";
import {
  aFlag,
  exampleEvent,
  exampleIdentifier,
  exampleSuspect,
  SENDER,
  TEST_NOW,
} from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import { tierName } from "../desk-api/words.ts";
import { runJobs } from "../testing/jobs.ts";
import { accepted, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { assessNeighbours, assessSenderDay, groundOf } from "./index.ts";

const DAY_MS = 86_400_000;
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let sender: TestSender;
before(async () => {
  // Without workers: reports are worked up and jobs are done in the order that a run says.
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => now,
    config: {
      roles: ["intake"],
      networks: {
        name: "documentation ranges",
        entries: [{ prefix: "192.0.2.0/24", country: "GB", network: "access" }],
      },
    },
  });
  sender = await testSender(at);
});

/** Each is another of them with two digits exchanged, and one is nobody's twin. */
const ADDRESSES = ["192.0.2.12", "192.0.2.21", "192.0.2.102", "192.0.2.120", "192.0.2.77"];
/** What the events of a report show: sixty hours within twelve make a habit, one beyond unmakes it. */
const HOURS = { whole: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], some: [3, 9], beyond: [15], none: [] };

const arrival = fc.record({
  person: fc.nat(2),
  platform: fc.nat(1),
  day: fc.nat(2),
  addresses: fc.uniqueArray(fc.constantFrom(...ADDRESSES), { minLength: 1, maxLength: 2 }),
  hours: fc.oneof(
    { weight: 6, arbitrary: fc.constant("whole" as const) },
    { weight: 2, arbitrary: fc.constantFrom("some" as const, "none" as const) },
    { weight: 1, arbitrary: fc.constant("beyond" as const) },
  ),
  flag: fc.constantFrom(undefined, undefined, "grooming" as const, "threat-to-life" as const),
  /** Jobs that wait are done before this one is worked up. */
  jobsFirst: fc.boolean(),
});
type Arrival = typeof arrival extends fc.Arbitrary<infer Value> ? Value : never;

/** The days of receipt, and the order in which each of two workers works up its half. */
const history = fc
  .array(arrival, { minLength: 6, maxLength: 14, size: "max" })
  .chain((arrivals) =>
    fc.tuple(
      fc.constant(arrivals),
      fc.shuffledSubarray([...arrivals.keys()], { minLength: arrivals.length }),
    ),
  );

test("after any order of arrivals and all jobs, each report stands as the pure functions assess it in the end", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ([arrivals, order]) => {
      const run = randomUUID();
      const ids: string[] = [];
      for (const each of arrivals) {
        now = TEST_NOW + each.day * DAY_MS;
        ids.push(await accepted(sender, [], reportOf(run, each)));
      }
      now = TEST_NOW + 3 * DAY_MS;
      const halves = [0, 1].map((half) => order.filter((_, place) => place % 2 === half));
      await Promise.all(
        halves.map(async (half) => {
          for (const place of half) {
            if (arrivals[place]?.jobsFirst === true) await doJobs();
            await workUp(at.station, { reportId: ids[place] ?? "" });
          }
        }),
      );
      await doJobs();
      await assertFinal(ids, arrivals);
    }),
    { numRuns: Number(process.env["FAIRLEAD_RUNS"] ?? 12), endOnFailure: true },
  );
});

const doJobs = () =>
  runJobs(at.station, {
    "assess-again": (station, { reportIds }) => assessNeighbours(station, reportIds),
    "assess-sender-day": (station, which) => assessSenderDay(station, which, 3),
  });

function reportOf(run: string, { person, platform, addresses, hours, flag }: Arrival): Partial<Report> {
  const times = HOURS[hours].length === 0 ? [undefined] : HOURS[hours];
  const events = times.map((hour, index) => {
    const address = addresses[index % addresses.length] ?? "";
    const text = `2026-11-01T${String(hour ?? 0).padStart(2, "0")}:05:07Z`;
    return exampleEvent({
      ip: { raw: address, address },
      moment: hour === undefined ? undefined : { raw: text, at: text, zone: "stated", offset: "Z" },
    });
  });
  return {
    sender: { kind: "platform", id: `${run}-${platform}`, name: "Example Platform" },
    // A time of one's own is an hour shown: this one has none.
    incident: {
      type: "abuse-material",
      occurred: { raw: "2026-11-01", zone: "none" },
      platform: "Example Chat",
    },
    persons: [
      exampleSuspect({
        identifiers: [exampleIdentifier("account", `${run}-${person}`, { platform: "Example Chat" })],
        events,
      }),
    ],
    claims: flag === undefined ? [] : [{ about: { kind: "report" }, source: SENDER, states: aFlag(flag) }],
  };
}

interface Stored {
  id: string;
  content: Report;
  received_at: string;
  tier: number;
  result: Assessment;
}

/** What a report reads of others, worked out from all of them by the definitions. */
async function assertFinal(ids: readonly string[], arrivals: readonly Arrival[]): Promise<void> {
  const { rows } = await at.station.db.pool.query<Stored>(
    `select report.id, report.content, report.received_at, report.tier, latest.result
     from report join lateral (
       select result from assessment where report_id = report.id order by assessment.id desc limit 1
     ) latest on true where report.id = any($1)`,
    [ids],
  );
  const stored = ids.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
  assert.equal(stored.length, ids.length);
  for (const [place, own] of stored.entries()) {
    const others = stored.filter(
      (_, index) => index !== place && arrivals[index]?.person === arrivals[place]?.person,
    );
    const members = [own, ...others].map(({ id, tier }) => ({ report: id, tier: tierName(tier) }));
    const ground = await groundOf(at.station, own.id);
    assert.ok(ground !== undefined);
    const context = {
      ...ground.context,
      linkedTier: undefined,
      lastLinkedActivityAt: undefined,
      ...subjectContexts(members).get(own.id),
      linkedAddresses: others.flatMap(({ content }) =>
        content.persons.flatMap(({ events }) => events.flatMap(({ ip }) => ip?.address ?? [])),
      ),
      senderHours: habitFor(own, stored),
    };
    const pure = assess(own.content, ground.claims, context, at.station.rules, now);
    assert.deepEqual(plain(own.result), plain(pure));
    const grade = gradeOf(own.id, own.content, ground.claims, context, at.station.rules, now);
    assert.deepEqual([own.result.sufficiency.level, own.tier], [grade.level, Number(grade.tier.slice(1))]);
  }
}

function habitFor(own: Stored, all: readonly Stored[]): "twelve-hour" | undefined {
  const day = (row: Stored) => new Date(row.received_at).toISOString().slice(0, 10);
  const habit = all
    .filter(({ content }) => content.sender.id === own.content.sender.id)
    .reduce((sum: HourHabit, row) => mergeHours(sum, foldHours(NO_HABIT, row.content, day(row))), NO_HABIT);
  return showsTwelveHours(habit, day(own)) ? "twelve-hour" : undefined;
}

/** As it is stored, without the moment and the order in which addresses are named. */
function plain(result: Assessment): unknown {
  const { assessedAt: _, ...rest } = JSON.parse(JSON.stringify(result)) as Assessment;
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) => {
      if (key === "daysLeft") return undefined;
      return (key === "couldBe" || key === "against") && Array.isArray(value)
        ? [...new Set(value.map(String))].toSorted((a, b) => (a < b ? -1 : 1))
        : value;
    }),
  );
}
