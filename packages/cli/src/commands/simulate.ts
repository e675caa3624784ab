import { availableParallelism } from "node:os";
import { profiles, simulate, simulateYear, yearProfiles, yearTotal } from "@fairlead/simulator";
import { Command, InvalidArgumentError, Option } from "commander";
import { wholeNumber } from "../number.ts";
import { openOutput } from "../output.ts";
import { type WorkYearOptions, workYearInto } from "../year/index.ts";

interface Options extends WorkYearOptions {
  count: number;
  profile: keyof typeof profiles;
  start: string;
  year?: number;
  stream?: boolean;
  from: number;
  truthOnly?: boolean;
}

/** A line of the stream, as it is printed. */
interface Line {
  caseNumber: string;
  report: unknown;
  files: number;
  truth: object;
}

/** `fairlead simulate`: the synthetic stream with its truth, one JSON line a report. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description(
      "write a seeded stream of innocent sample reports with their truth, one JSON line each; or work a whole year of them",
    )
    .option("--count <n>", "how many reports", wholeNumber(0), 100)
    .option("--seed <n>", "which stream; the same seed gives the same stream", wholeNumber(0), 1)
    .addOption(
      new Option("--profile <name>", "what it is drawn from")
        .choices(Object.keys(profiles))
        .default("world-2022"),
    )
    .option("--start <time>", "when the stream begins (ISO 8601, UTC)", instant, "2026-01-01T00:00:00Z")
    .addOption(
      new Option(
        "--year <year>",
        "work a year of the world, in its published numbers: grade, link, find campaigns, and say how well and at what cost",
      )
        .choices([...yearProfiles.keys()].map(String))
        .argParser(knownYear)
        .conflicts(["profile", "start"]),
    )
    .option("--in <dir>", "with --year: where the work lies; go on there after a stop", "worked-year")
    .option(
      "--threads <n>",
      "with --year: how many work at once",
      wholeNumber(1),
      Math.max(1, availableParallelism()),
    )
    .option("--stream", "with --year: write its reports instead, --count of them")
    .option("--from <n>", "with --stream: number of the first report, from 0", wholeNumber(0), 0)
    .option(
      "--total <n>",
      "with --year: reports in the whole year, as published when left out",
      wholeNumber(1),
    )
    .option("--truth-only", "leave the reports out")
    .option("--json", "print one JSON line with the totals to standard output instead of the reports")
    .action(async (options: Options) => {
      if (options.year !== undefined && options.stream !== true) {
        await workYearInto({ ...options, year: options.year });
        return;
      }
      let reports = 0;
      let files = 0;
      for (const line of linesOf(options)) {
        reports += 1;
        files += line.files;
        if (options.json === true) continue;
        const { caseNumber, report, truth } = line;
        const text = JSON.stringify(options.truthOnly === true ? truth : { caseNumber, report, truth });
        // Whoever reads more slowly than we write is waited for: a year is hundreds of gigabytes.
        if (!process.stdout.write(`${text}\n`))
          await new Promise((resolve) => process.stdout.once("drain", resolve));
      }
      if (options.json === true)
        openOutput(true).result({ reports, files, seed: options.seed, ...placeOf(options) }, []);
    });
}

function* linesOf(options: Options): Generator<Line> {
  const { seed, count, year, from, total } = options;
  if (year === undefined) {
    const startAt = Date.parse(options.start);
    for (const { caseNumber, report, files, truth } of simulate({
      seed,
      count,
      profile: options.profile,
      startAt,
    }))
      yield { caseNumber, report, files: files.length, truth };
    return;
  }
  const whole = { year, seed, ...(total === undefined ? {} : { total }) };
  const end = yearTotal(whole);
  for (const { caseNumber, report, truth } of simulateYear({
    ...whole,
    from: Math.min(from, end),
    to: Math.min(from + count, end),
  }))
    yield { caseNumber, report, files: report.evidence.length, truth: truth() };
}

/** Where in which year the stream lay, so that the next part can begin where it ended. */
function placeOf({ year, seed, from, count, total }: Options): object {
  if (year === undefined) return {};
  const end = yearTotal({ year, seed, ...(total === undefined ? {} : { total }) });
  return { year, from, next: Math.min(from + count, end), total: end };
}

function knownYear(text: string): number {
  const year = Number(text);
  if (yearProfiles.has(year)) return year;
  throw new InvalidArgumentError(`There are ${[...yearProfiles.keys()].join(", ")}.`);
}

function instant(text: string): string {
  if (Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("A time such as 2026-01-01T00:00:00Z is needed.");
  return text;
}
