import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { addPerson, newSignInLink, profiles } from "@fairlead/station";
import { Command } from "commander";
import { STATIONS } from "../demo/layout.ts";
import { type Chain, runStream, startChain } from "../demo/run.ts";
import { portNumber, wholeNumber } from "../number.ts";
import { openOutput, openProgress } from "../output.ts";
import { mediaLines } from "../media-stream/media-lines.ts";
import { untilSignal } from "../signals.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
/** Enough that more than 500 go through all four stations. */
const REPORTS = 592;
const PORT = 8401;
/** Reports that wait at each station for whoever signs in. */
const LEFT_FOR_YOU = 10;

interface Options {
  once?: boolean;
  json?: boolean;
  reports: number;
  seed: number;
  data?: string;
  port?: number;
}

/** `fairlead demo` (`npm start`): the whole chain on one machine. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("run the whole chain on this machine with sample reports (npm start)")
    .option("--once", "run the sample stream to its end and exit")
    .option("--reports <n>", "how many sample reports", wholeNumber(1), REPORTS)
    .option("--seed <n>", "which sample stream", wholeNumber(0), 1)
    .option(
      "--data <dir>",
      "where the stations keep everything (default: .fairlead/demo; with --once a temporary folder)",
    )
    .option("--port <n>", "first of four ports (default: 8401; with --once whatever is free)", portNumber)
    .option("--json", "print one JSON line with what came of it")
    .action(async (options: Options) => {
      // From the first moment: stations are stopped and a temporary folder is removed, however early the signal comes.
      const stopped = untilSignal();
      const end = await (options.once === true ? once(options, stopped) : stay(options, stopped));
      // The scripted people may still wait for an answer of a station that was stopped under their hands.
      if (end === "stopped") process.exit(options.once === true ? 130 : 0);
    });
}

type End = "done" | "stopped";

async function once(options: Options, stopped: Promise<unknown>): Promise<End> {
  const output = openOutput(options.json === true);
  const progress = openProgress();
  await using chain = await startChain({
    ...options,
    say: output.say,
    progress: progress.show,
    ...rootOf(options.data),
  });
  output.say("four stations are up; the sample stream begins");
  const result = await Promise.race([
    stopped.then(() => undefined),
    runStream(chain, { ...options, say: output.say, progress: progress.show }),
  ]);
  progress.done();
  if (result === undefined) return "stopped";
  const held = result.lost === 0 && result.duplicated === 0 && result.auditVerified;
  output.result(result, [
    `${result.reports} reports with ${result.evidence} files; ${result.throughAllStations} went through all four stations`,
    `${result.packagesDelivered} sealed packages delivered, ${result.outcomesReturned} outcomes back at the platform`,
    ...mediaLines(result.media),
    `lost ${result.lost}, duplicated ${result.duplicated}, audit ${result.auditVerified ? "verified" : "NOT verified"}, ${result.seconds} s`,
  ]);
  process.exitCode = held ? 0 : 1;
  return "done";
}

function rootOf(data: string | undefined): { root?: string } {
  return data === undefined ? {} : { root: resolve(data) };
}

async function stay(options: Options, stopped: Promise<unknown>): Promise<End> {
  const output = openOutput(options.json === true);
  const progress = openProgress();
  await buildDesk();
  const root = resolve(options.data ?? join(ROOT, ".fairlead", "demo"));
  await mkdir(root, { recursive: true, mode: 0o700 });
  const run = {
    ...options,
    root,
    leave: LEFT_FOR_YOU,
    port: options.port ?? PORT,
    say: output.say,
    progress: progress.show,
  };
  await using chain = await startChain(run);
  const doors = await Promise.all(STATIONS.map(({ key }) => linksOf(chain, key)));
  const messenger = `${chain.layout.places.platform.url}/messenger/`;
  output.result({ stations: doors, messenger }, [
    "",
    "The chain runs. Each link signs one person in, once:",
    ...doors.flatMap((door) => [
      "",
      door.name,
      ...door.people.map((person) => `  ${person.role.padEnd(9)} ${person.link}`),
    ]),
    "",
    "The messenger, for as many people as you open browser profiles:",
    `  ${messenger}`,
    "",
    "Stop with Ctrl-C; start again and everything is still there.",
  ]);
  const before = await chain.dbs.platform.pool.query("select 1 from report limit 1");
  if (before.rowCount === 0)
    await Promise.race([
      stopped,
      runStream(chain, run).then((result) => {
        progress.done();
        output.say(
          `The sample stream is through: ${result.throughAllStations} of ${result.reports} reports reached the force; ${LEFT_FOR_YOU} wait for you at each desk.`,
        );
        for (const line of mediaLines(result.media)) output.say(line);
      }),
    ]);
  await stopped;
  return "stopped";
}

/** A person of every role at a station, each with a fresh one-time link. */
async function linksOf(chain: Chain, key: (typeof STATIONS)[number]["key"]) {
  const { name, url } = chain.layout.places[key];
  const profile = STATIONS.find((station) => station.key === key)?.profile ?? "platform";
  const db = chain.dbs[key].kysely;
  const people = [];
  for (const role of profiles[profile].roles) {
    const person = `You (${role})`;
    const known = await db.selectFrom("person").select("id").where("name", "=", person).executeTakeFirst();
    const { id } = known ?? (await addPerson(db, person, role, Date.now()));
    people.push({ role, link: `${url}/sign-in#${await newSignInLink(db, id, Date.now())}` });
  }
  return { station: key, name, url, people };
}

/** Builds the desk if its sources changed; the first start takes a few seconds longer for it. */
async function buildDesk(): Promise<void> {
  await new Promise<void>((done, failed) => {
    const child = spawn(process.execPath, [join(ROOT, "tools", "build.ts")], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("error", failed);
    child.once("exit", (code) =>
      code === 0 ? done() : failed(new Error(`building the desk failed (exit code ${code})`)),
    );
  });
}
