import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { StationPlace } from "./layout.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const RESTART_MS = 300;
/** A program that dies this often before it was ready once has a fault that no restart mends. */
const FIRST_TRIES = 3;

/** A program in a process of its own, started again whenever it dies. */
export interface Supervised extends AsyncDisposable {
  /** Process id of the one that runs now, for whoever wants to kill it. */
  pid(): number | undefined;
  restarts(): number;
}

export interface SupervisedStation extends Supervised {
  place: StationPlace;
}

/** How a program of this house is started: the words of its command line after `fairlead`. */
interface Program {
  readonly key: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

type Log = (key: string, line: string) => void;

/** Starts a station's process and waits until its doors are open. */
export async function superviseStation(place: StationPlace, log: Log): Promise<SupervisedStation> {
  const words = ["serve", "--config", place.config];
  const env = { ...process.env, DATABASE_URL: place.databaseUrl };
  return { place, ...(await supervise({ key: place.key, name: place.name, words, env }, log)) };
}

/** Starts the verifier's process. It has no database, so it is not told of one. */
export async function superviseVerifier(config: string, log: Log): Promise<Supervised> {
  const { DATABASE_URL: _, ...env } = process.env;
  return await supervise(
    { key: "verifier", name: "The verifier", words: ["verifier", "run", "--config", config], env },
    log,
  );
}

/**
 * Starts a program's process and waits until it says that it is ready. The process ends with this one, even if this one is killed.
 *
 * @throws Error with the program's last words if it never comes to be ready
 */
async function supervise(program: Program, log: Log): Promise<Supervised> {
  let child: ChildProcess | undefined;
  let stopping = false;
  let opened = false;
  let restarts = 0;
  let lastWords = "";
  const firstReady = Promise.withResolvers<void>();
  const loop = (async () => {
    while (!stopping) {
      child = spawnProgram(program);
      const ended = new Promise<void>((resolve) => {
        child?.once("exit", () => resolve());
        child?.once("error", () => resolve());
      });
      linesOf(child.stdout, () => {
        opened = true;
        firstReady.resolve();
      });
      linesOf(child.stderr, (line) => {
        lastWords = line;
        log(program.key, line);
      });
      await ended;
      child = undefined;
      if (stopping) break;
      restarts += 1;
      if (!opened && restarts === FIRST_TRIES) {
        firstReady.reject(new Error(`${program.name} could not be started: ${lastWords}`));
        break;
      }
      await sleep(RESTART_MS);
    }
  })();
  await firstReady.promise;
  return {
    pid: () => child?.pid,
    restarts: () => restarts,
    async [Symbol.asyncDispose]() {
      stopping = true;
      child?.kill("SIGTERM");
      const force = setTimeout(() => child?.kill("SIGKILL"), 10_000);
      await loop;
      clearTimeout(force);
    },
  };
}

function spawnProgram({ words, env }: Program): ChildProcess {
  const child = spawn(
    process.execPath,
    [MAIN, ...words, "--json", "--log-level", "warn", "--with-parent"],
    // The first pipe is never written to: the kernel closes it when this process ends, however it ends.
    { stdio: ["pipe", "pipe", "pipe"], env },
  );
  child.stdin.on("error", () => undefined);
  return child;
}

function linesOf(stream: Readable | null, take: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", take);
}
