import { Command } from "commander";
import { auditCommand } from "./commands/audit.ts";
import { bankCommand } from "./commands/bank.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { erasureCommand } from "./commands/erasure.ts";
import { frankingCommand } from "./commands/franking.ts";
import { initCommand } from "./commands/init.ts";
import { packageCommand } from "./commands/package.ts";
import { peopleCommand } from "./commands/people.ts";
import { reportCommand } from "./commands/report.ts";
import { rulesCommand } from "./commands/rules.ts";
import { sandboxCommand } from "./commands/sandbox.ts";
import { serveCommand } from "./commands/serve.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { verifierCommand } from "./commands/verifier.ts";
import { fail } from "./output.ts";
import { VERSION } from "./version.ts";

const program = new Command("fairlead")
  .description(
    "Carries a child-protection report to the officer who can act on it, and carries the result back.",
  )
  .version(VERSION)
  .showHelpAfterError("(fairlead --help shows every command)")
  .configureHelp({ sortSubcommands: false })
  .addHelpText(
    "after",
    `
Start here:
  fairlead demo              four stations on this machine, with a day's sample reports
  fairlead sandbox           a throw-away clearinghouse to test a reporting client against
  fairlead report check DIR  what a report is worth to police, and what would raise it

Every command takes --json: one JSON object on standard output, everything else on standard error.
Exit code 0: what the command promises held. 1: it did not. 2: the command line was wrong.`,
  );

for (const command of [
  demoCommand(),
  serveCommand(),
  sandboxCommand(),
  initCommand(),
  peopleCommand(),
  doctorCommand(),
  reportCommand(),
  packageCommand(),
  frankingCommand(),
  auditCommand(),
  bankCommand(),
  erasureCommand(),
  rulesCommand(),
  verifierCommand(),
  simulateCommand(),
])
  program.addCommand(command);

// A command that was made elsewhere inherits nothing, so each one is told.
for (const command of everyCommand(program))
  command.copyInheritedSettings(program).exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
