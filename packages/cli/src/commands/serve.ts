import { readConfig, startStation } from "@fairlead/station";
import { Command } from "commander";
import { openOutput } from "../output.ts";
import { untilTold, withParentOption } from "../signals.ts";

/** `fairlead serve`: one station for production. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("run one station")
    .requiredOption("--config <file>", "the station's configuration, as `fairlead init` makes it")
    .option("--log-level <level>", "debug, info, warn or error", "info")
    .option("--json", "print one JSON line with the address when ready")
    .addOption(withParentOption())
    .addHelpText(
      "after",
      `
The database is databaseUrl in the configuration, or DATABASE_URL, or an embedded PostgreSQL below dataDir.
Stops on SIGINT or SIGTERM after the work in hand; a crash loses nothing that was acknowledged.`,
    )
    .action(async (options: { config: string; logLevel: string; json?: boolean; withParent?: boolean }) => {
      const told = untilTold(options);
      const config = await readConfig(options.config);
      await using running = await startStation(config, { logLevel: options.logLevel });
      openOutput(options.json === true).result(
        { ready: true, url: running.url, station: config.station.id },
        [`${config.station.name} is ready at ${config.publicUrl}`],
      );
      await told;
    });
}
