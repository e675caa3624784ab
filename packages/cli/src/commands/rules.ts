import { readFile } from "node:fs/promises";
import { defaultRuleSet } from "@fairlead/assessment";
import {
  backTestStation,
  openDatabaseOf,
  readConfig,
  readRules,
  rulesFrom,
  type StationBackTest,
} from "@fairlead/station";
import { Command } from "commander";
import { openOutput, openProgress } from "../output.ts";

/** `fairlead rules`: check a rule set before it judges, and hold it against what came of a station's own reports. */
export function rulesCommand(): Command {
  const rules = new Command("rules").description(
    "check a rule set, and hold it against what came of a station's own reports",
  );
  rules.addCommand(checkCommand());
  rules.addCommand(backTestCommand());
  return rules;
}

function checkCommand(): Command {
  return new Command("check")
    .description("check a file of rules before a station judges by it")
    .argument("<file>", "a JSON file of what differs from the rules that come with Fairlead")
    .option("--json", "print one JSON line")
    .action(async (file: string, options: { json?: boolean }) => {
      const output = openOutput(options.json === true);
      const read = rulesFrom(await readFile(file, "utf8"));
      const problems = read.ok ? [] : read.problems;
      output.result({ valid: read.ok, ...(read.ok ? { version: read.rules.version } : {}), problems }, [
        ...problems.map(({ path, message }) => `${path}  ${message}`),
        read.ok
          ? `Valid: version ${read.rules.version}.`
          : `Not valid: ${problems.length} problem(s). The station goes on with the rules that it has.`,
      ]);
      process.exitCode = read.ok ? 0 : 1;
    });
}

function backTestCommand(): Command {
  return new Command("backtest")
    .description(
      "judge a station's assessed reports by other rules than its own, and hold both against what came back",
    )
    .requiredOption("--config <file>", "the station's configuration; the station may be running")
    .option("--rules <file>", "the rules to try; without it, those that come with Fairlead")
    .option("--json", "print one JSON line")
    .addHelpText("after", "\nNothing is changed: the station goes on with the rules that it has.")
    .action(async (options: { config: string; rules?: string; json?: boolean }) => {
      const output = openOutput(options.json === true);
      const progress = openProgress();
      const config = await readConfig(options.config);
      const inForce = await readRules(config.rules);
      const tried = options.rules === undefined ? defaultRuleSet() : await readRules(options.rules);
      await using opened = await openDatabaseOf(config);
      const result = await backTestStation({ config, db: opened.db }, inForce, tried, (done) =>
        progress.show(`${done} reports read`),
      );
      progress.done();
      output.result(result, linesOf(result));
    });
}

const LISTED = 20;

function linesOf({ cases, a, b, changed, mattered, numbers }: StationBackTest): string[] {
  const work = ({ workload }: StationBackTest["a"]) =>
    Object.entries(workload)
      .map(([tier, count]) => `${tier} ${count}`)
      .join(", ");
  return [
    `${cases} reports, by ${a.ruleVersion} (in force) and by ${b.ruleVersion} (tried)`,
    `In force: ${work(a)}`,
    `Tried:    ${work(b)}`,
    `${changed.length} would change.`,
    ...changed
      .slice(0, LISTED)
      .map(
        ({ id, level, tier, mattered: didMatter }) =>
          `  report ${numbers[id] ?? id}: ${level.a} ${tier.a} would be ${level.b} ${tier.b}${didMatter ? " (something came of it)" : ""}`,
      ),
    ...(changed.length > LISTED ? [`  and ${changed.length - LISTED} more; --json has them all`] : []),
    `Something came of ${mattered.cases}: of these ${mattered.tierUp} would be more urgent, ${mattered.tierDown} less; ${mattered.levelUp} at a higher level, ${mattered.levelDown} at a lower.`,
    "What was said before keeps its version. A person decides whether the rules change.",
  ];
}
