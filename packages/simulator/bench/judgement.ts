import { parseArgs } from "node:util";
import { defaultRuleSet, openSubjectIndex } from "@fairlead/assessment";
import { ERROR_KINDS, type ErrorKind } from "../src/profile.ts";
import {
  addJudged,
  caughtShare,
  emptyTally,
  shareOf,
  type JudgementTally,
} from "../src/scores/judgement-tally.ts";
import { addTruth, truthColumns } from "../src/year/compact.ts";
import { simulateYear, yearTotal, type SimulateYearOptions } from "../src/year/simulate-year.ts";
import { yearProfiles } from "../src/year/years.ts";
import { heldReport, judge, networkClaims, TIME_AND_ADDRESS_ERRORS } from "./judgement/judge.ts";
import { figuresOf, type SubjectFigures } from "./judgement/subjects.ts";

// npm run bench -- judgement [--json] [--reports N] [--year YEAR] [--seed SEED]: the rules' judgement against the simulator's truth.
// A year in small: N reports with the proportions of the year, whose people are as often reported as in the whole year. So few of
// them live in the United Kingdom that routing is measured on a second stream, of N/5 reports, all of whose people do.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    reports: { type: "string", default: "100000" },
    year: { type: "string", default: "2023" },
    seed: { type: "string", default: "judgement" },
  },
});
const total = Number(values.reports);
const profile = yearProfiles.get(Number(values.year));
if (profile === undefined || !Number.isInteger(total) || total < 1) {
  process.stderr.write(
    `usage: npm run bench -- judgement [--json] [--reports N] [--year ${[...yearProfiles.keys()].join("|")}]\n`,
  );
  process.exit(2);
}
const rules = defaultRuleSet();

/** Everything that is measured on one stream. */
function measure(year: SimulateYearOptions): { tally: JudgementTally; subjects: SubjectFigures } {
  const tally = emptyTally();
  const index = openSubjectIndex(rules.linking);
  const truth = truthColumns(0, yearTotal(year));
  for (const one of simulateYear(year)) {
    const { compact } = one;
    const claims = networkClaims(one.report);
    index.add(heldReport(one, claims, rules));
    addJudged(tally, compact, judge(one, claims, rules));
    addTruth(truth, compact);
    if (one.index % 10_000 === 9_999) process.stderr.write(`${one.index + 1} reports\n`);
  }
  return { tally, subjects: figuresOf(index, truth) };
}

const world = measure({ year: profile, seed: values.seed, total });
const kingdom = measure({
  year: { ...profile, id: `${profile.id}-kingdom`, countries: [["GB", 1]] },
  seed: values.seed,
  total: Math.ceil(total / 5),
});

const kinds = Object.keys(TIME_AND_ADDRESS_ERRORS) as ErrorKind[];
const errors = (one: JudgementTally) =>
  kinds.map((kind) => {
    const at = ERROR_KINDS.indexOf(kind);
    const [made = 0, silent = 0, caught = 0, invented = 0] = [
      one.made,
      one.silent,
      one.caught,
      one.invented,
    ].map((counts) => counts[at] ?? 0);
    return { kind, made, silent, caught, invented };
  });
const result = {
  name: "judgement",
  unit: "share of what there is to find",
  year: profile.year,
  reports: world.tally.reports,
  subjects: { ...world.subjects },
  routing: {
    right: shareOf(kingdom.tally.right, kingdom.tally.resolved),
    fromGeolocationAlone: world.tally.fromGeolocationAlone + kingdom.tally.fromGeolocationAlone,
    resolved: kingdom.tally.resolved,
  },
  urgent: {
    recall: shareOf(world.tally.urgentFound, world.tally.urgent),
    falseAlarms: world.tally.falseAlarms,
    there: world.tally.urgent,
  },
  errorsCaught: Math.min(caughtShare(world.tally, kinds), caughtShare(kingdom.tally, kinds)),
  errors: { world: errors(world.tally), kingdom: errors(kingdom.tally) },
  viralSubjects: world.subjects.viralSubjects + kingdom.subjects.viralSubjects,
  sharedAddressSubjects: world.subjects.sharedAddressSubjects + kingdom.subjects.sharedAddressSubjects,
};
process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);

/** What issue 4 asks for. */
const short = [
  result.subjects.precision >= 0.995 ? "" : `precision ${result.subjects.precision} is below 0.995`,
  result.subjects.recall >= 0.9 ? "" : `recall ${result.subjects.recall} is below 0.90`,
  result.routing.right >= 0.99 ? "" : `${result.routing.right} went to the right force, below 0.99`,
  result.routing.fromGeolocationAlone === 0 ? "" : "geolocation alone sent reports to a force",
  result.urgent.recall === 1 ? "" : `urgent recall ${result.urgent.recall} is below 1`,
  result.errorsCaught === 1 ? "" : `of the errors that can be seen ${result.errorsCaught} were caught`,
  result.viralSubjects === 0 ? "" : `${result.viralSubjects} subjects join people by a viral item`,
  result.sharedAddressSubjects === 0
    ? ""
    : `${result.sharedAddressSubjects} subjects join people by an address`,
].filter((text) => text !== "");
for (const text of short) process.stderr.write(`judgement: ${text}\n`);
process.exitCode = short.length === 0 ? 0 : 1;
