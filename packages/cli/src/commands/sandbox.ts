import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPerson, newSignInLink, newToken, readConfig, startStation } from "@fairlead/station";
import { Command } from "commander";
import { freePort } from "../free-port.ts";
import { portNumber } from "../number.ts";
import { openOutput } from "../output.ts";
import { untilSignal } from "../signals.ts";
import { initStation } from "./init.ts";

interface Options {
  strict?: boolean;
  lenient?: boolean;
  port?: number;
  json?: boolean;
  logLevel: string;
}

/** `fairlead sandbox`: a throw-away clearinghouse on loopback, for testing a reporting client against offline. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("run a throw-away clearinghouse to test a CyberTipline reporting client against, offline")
    .option("--strict", "insist on the documentation where real clients differ from it")
    .option("--lenient", "take what real clients send (the default)")
    .option("--port <n>", "the port to listen on (default: whatever is free)", portNumber)
    .option("--log-level <level>", "debug shows every request", "warn")
    .option("--json", "the same one JSON line; other output stays away")
    .addHelpText(
      "after",
      `
Prints one JSON line when ready: {"base", "username", "password", "desk"}.
Point your client at "base" (it ends in /ispws) with that name and password; open "desk" to see what it sent.
Use innocent files only. Everything is gone when it stops (Ctrl-C).`,
    )
    .action(async (options: Options) => {
      // From the first moment: a folder that was made is removed, however early the signal comes.
      const stopped = untilSignal();
      await using stack = new AsyncDisposableStack();
      const dir = await mkdtemp(join(tmpdir(), "fairlead-sandbox-"));
      stack.defer(() => rm(dir, { recursive: true, force: true }));
      const port = options.port ?? (await freePort());
      const url = `http://127.0.0.1:${port}`;
      const folder = join(dir, "station");
      await initStation({
        dir: folder,
        id: "sandbox",
        name: "Sandbox clearinghouse",
        profile: "clearinghouse",
        url,
        port,
      });
      const username = "sandbox";
      const password = newToken();
      await configure(folder, username, password, options.strict === true ? "strict" : "lenient");
      const running = stack.use(
        await startStation(await readConfig(join(folder, "station.json")), { logLevel: options.logLevel }),
      );
      const db = running.station.db.kysely;
      const person = await addPerson(db, "You", "lead", Date.now());
      const link = await newSignInLink(db, person.id, Date.now());
      const ready = { base: `${url}/ispws`, username, password, desk: `${url}/sign-in#${link}` };
      process.stdout.write(`${JSON.stringify(ready)}\n`);
      if (options.json !== true) openOutput(false).say("ready; stop with Ctrl-C");
      await stopped;
    });
}

async function configure(folder: string, username: string, password: string, mode: string): Promise<void> {
  const path = join(folder, "station.json");
  const config = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  const passwordFile = join(folder, "keys", "sandbox.secret");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const senders = [{ username, name: "Your platform", kind: "platform", passwordFile }];
  await writeFile(path, `${JSON.stringify({ ...config, senders, cybertipline: { mode } }, null, 2)}\n`);
}
