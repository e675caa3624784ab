import assert from "node:assert/strict";
import { test } from "node:test";
import { validateReport } from "@fairlead/report";
import { simulate } from "./simulate.ts";

const START = Date.parse("2026-03-01T12:00:00Z");
const REPORTS = 20_000;

/** How often each word came, over one pass through a stream of twenty thousand. */
const counts = new Map<string, number>();
const people = new Map<string, number>();
const items = new Map<string, number>();
const ages: number[] = [];
const count = (word: string, times = 1) => counts.set(word, (counts.get(word) ?? 0) + times);
const of = (word: string) => counts.get(word) ?? 0;

for (const { report, truth } of simulate({
  seed: "world",
  count: REPORTS,
  profile: "world-2022",
  startAt: START,
  material: "stand-in",
})) {
  // Each report of every profile is checked elsewhere; here a tenth, for time.
  if (people.size % 10 === 0) assert.ok(validateReport(report, START).ok, truth.caseNumber);
  const first = !people.has(truth.person);
  people.set(truth.person, (people.get(truth.person) ?? 0) + 1);
  count(`country ${truth.country}`);
  count(`incident ${truth.incident}`);
  count(`platform ${truth.platform}`);
  count(`habit ${truth.habit}`);
  count(`urgency ${truth.urgency}`);
  if (first) count(`intent ${truth.intent}`);
  for (const file of truth.files) {
    const [kind = ""] = file.item.split("-");
    count(kind);
    count("files");
    count(`${kind} ${file.novelty}`);
    items.set(file.item, (items.get(file.item) ?? 0) + 1);
  }
  if (truth.files.some(({ novelty }) => novelty === "new" || novelty === "near-duplicate"))
    count("some file new");
  for (const { network } of truth.networks) count(`network ${network}`);
  for (const event of [...report.persons, ...report.evidence].flatMap(({ events }) => events)) {
    count("events");
    if (event.port !== undefined) count("ports");
  }
  for (const kind of new Set(truth.errors.map((error) => error.kind))) count(`error ${kind}`);
  if (truth.errors.length === 0 && report.incident.occurred.at !== undefined)
    ages.push((START - Date.parse(report.incident.occurred.at)) / 86_400_000);
}

/** Asserts that a share lies within a number of points (hundredths) of what was published. */
function near(part: number, whole: number, percent: number, points: number, what: string): void {
  const share = (100 * part) / whole;
  assert.ok(
    Math.abs(share - percent) <= points,
    `${what}: ${share.toFixed(2)} instead of ${percent} percent`,
  );
}

test("platforms, incidents and countries come in the shares of 2022", () => {
  near(of("platform example-social"), REPORTS, 66.02, 1, "the largest platform");
  near(of("platform example-pictures"), REPORTS, 15.62, 0.8, "the second");
  near(of("incident abuse-material"), REPORTS, 99.508, 0.3, "abuse material");
  near(of("incident enticement"), REPORTS, 0.251, 0.15, "enticement");
  near(of("country US"), REPORTS, 5.99, 0.5, "United States");
  near(of("country null"), REPORTS, 4.09, 0.5, "unknown");
  near(of("country GB"), REPORTS, 0.99, 0.3, "United Kingdom");
  assert.ok(of("country IN") > of("country PH") && of("country PH") > of("country BD"));
});

test("files come in the numbers, kinds and repetitions of 2022", () => {
  assert.ok(Math.abs(of("files") / REPORTS - 2.76) < 0.1, `${of("files") / REPORTS} files a report`);
  near(of("photo"), of("files"), 55.9, 1, "photos");
  near(of("video"), of("files"), 42.7, 1, "videos");
  near(
    of("photo new") + of("photo near-duplicate"),
    of("photo"),
    53.5,
    1.5,
    "photos that are new by their bytes",
  );
  near(of("photo new"), of("photo"), 38.1, 1.5, "photos that are new to the eye");
  near(
    of("video new") + of("video near-duplicate"),
    of("video"),
    44.9,
    1.5,
    "videos that are new by their bytes",
  );
  near(of("video new"), of("video"), 22, 1.5, "videos that are new to the eye");
  near(of("some file new"), REPORTS, 73, 2, "reports with a file that is new by its bytes");
});

test("six viral items lead, far before everything else that is shared", () => {
  const [sixth, seventh] = [...items.entries()].toSorted(([, a], [, b]) => b - a).slice(5, 7);
  assert.ok(sixth && seventh && sixth[1] > 5 * seventh[1], `${sixth?.[1]} and ${seventh?.[1]}`);
  near(of("photo viral") + of("video viral"), of("photo") + of("video"), 20, 2, "viral files");
});

test("networks, ports and ages are as asked for", () => {
  const networks = of("network access") + of("network carrier-nat") + of("network vpn");
  // Half of the people whom nobody can place come through a network that hides them: two points more than one in ten.
  near(of("network carrier-nat"), networks, 49, 2, "shared addresses");
  near(of("network vpn"), networks, 12, 2, "networks that hide");
  near(of("ports"), of("events"), 10, 0.5, "events with a port");
  const within = (days: number) => ages.filter((age) => age <= days).length;
  near(within(3.3), ages.length, 50, 2, "three days old at most");
  near(within(14), ages.length, 80, 2, "two weeks old at most");
  near(within(90), ages.length, 97, 1, "ninety days old at most");
});

test("three in four people mean no harm, and the urgent are few", () => {
  const kinds = ["viral-or-outrage", "teen-peer", "spam", "unknown"];
  const harmless = kinds.reduce((sum, kind) => sum + of(`intent ${kind}`), 0);
  near(harmless, people.size, 75, 2, "people without ill intent");
  near(of("urgency R1"), REPORTS, 0.5, 0.2, "R1");
  near(of("urgency R2"), REPORTS, 5, 0.6, "R2");
});

test("reports per person have a heavy tail, and nobody has more than five hundred", () => {
  const reports = [...people.values()].toSorted((a, b) => b - a);
  assert.ok((reports[0] ?? 0) > 80 && (reports[0] ?? 0) <= 515, `${reports[0]}`);
  const once = reports.filter((number) => number === 1).length / reports.length;
  assert.ok(once > 0.5 && once < 0.75, `${once}`);
});

test("every habit and every kind of error is there, errors about as often as asked for", () => {
  for (const habit of [
    "good",
    "login-ip-only",
    "hash-only",
    "no-time-zone",
    "over-ticks-viewed",
    "never-ticks-meme",
  ])
    assert.ok(of(`habit ${habit}`) > 200, habit);
  for (const kind of [
    "twelve-hour",
    "dst-fold",
    "day-month-swapped",
    "wrong-year",
    "lookalike-name",
    "injection-text",
  ])
    near(of(`error ${kind}`), REPORTS, 1, 0.35, kind);
  near(of("error duplicate"), REPORTS, 3, 0.5, "duplicates");
});
