import { profiles, simulate } from "@fairlead/simulator";
import { Command, InvalidArgumentError, Option } from "commander";
import { wholeNumber } from "../number.ts";
import { openOutput } from "../output.ts";

/** `fairlead simulate`: the synthetic stream with its truth, one JSON line a report. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description("write a seeded stream of innocent sample reports with their truth, one JSON line each")
    .option("--count <n>", "how many reports", wholeNumber(0), 100)
    .option("--seed <n>", "which stream; the same seed gives the same stream", wholeNumber(0), 1)
    .addOption(
      new Option("--profile <name>", "what it is drawn from")
        .choices(Object.keys(profiles))
        .default("world-2022"),
    )
    .option("--start <time>", "when the stream begins (ISO 8601, UTC)", instant, "2026-01-01T00:00:00Z")
    .option("--truth-only", "leave the reports out")
    .option("--json", "print one JSON line with the totals to standard output instead of the reports")
    .action(
      (options: {
        count: number;
        seed: number;
        profile: keyof typeof profiles;
        start: string;
        truthOnly?: boolean;
        json?: boolean;
      }) => {
        let reports = 0;
        let files = 0;
        for (const { caseNumber, report, files: held, truth } of simulate({
          seed: options.seed,
          count: options.count,
          profile: options.profile,
          startAt: Date.parse(options.start),
        })) {
          reports += 1;
          files += held.length;
          if (options.json !== true)
            process.stdout.write(
              `${JSON.stringify(options.truthOnly === true ? truth : { caseNumber, report, truth })}\n`,
            );
        }
        if (options.json === true) openOutput(true).result({ reports, files, seed: options.seed }, []);
      },
    );
}

function instant(text: string): string {
  if (Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("A time such as 2026-01-01T00:00:00Z is needed.");
  return text;
}
