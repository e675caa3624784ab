import { readConfig } from "@fairlead/station";
import { Command } from "commander";
import { openOutput, openProgress } from "../output.ts";
import { verifyFolder } from "../verify-folder.ts";

/** `fairlead audit`: whether a station's log, store and vault agree. */
export function auditCommand(): Command {
  const audit = new Command("audit").description("check that a station's log, store and vault agree");
  audit
    .command("verify")
    .description(
      "re-hash the log, every event, every report and every vault object, and name whatever does not agree",
    )
    .requiredOption("--config <file>", "the station's configuration; the station may be running")
    .option("--json", "print one JSON line")
    .action(async (options: { config: string; json?: boolean }) => {
      const output = openOutput(options.json === true);
      const progress = openProgress();
      const result = await verifyFolder(await readConfig(options.config), (step, done) =>
        progress.show(`${step}: ${done} checked`),
      );
      progress.done();
      output.result(result, [
        `${result.leaves} leaves (${result.pending} waiting for the next checkpoint), ${result.reports} reports, ${result.objects} objects`,
        ...result.erased.map(({ what, how }) => `${what}: ${how}`),
        ...result.breaches.map((breach) => `${breach.where}: ${breach.what} ${breach.how}`),
        result.ok ? "Everything agrees." : `${result.breaches.length} things do not agree.`,
      ]);
      process.exitCode = result.ok ? 0 : 1;
    });
  return audit;
}
