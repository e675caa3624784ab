import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { StationPlace } from "./layout.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const RESTART_MS = 300;
/** A station that dies this often before its doors were open once has a fault that no restart mends. */
const FIRST_TRIES = 3;

/** A station in a process of its own, started again whenever it dies. */
export interface SupervisedStation extends AsyncDisposable {
  place: StationPlace;
  /** Process id of the one that runs now, for whoever wants to kill it. */
  pid(): number | undefined;
  restarts(): number;
}

/**
 * Starts a station's process and waits until its doors are open. The process ends with this one, even if this one is killed.
 *
 * @throws Error with the station's last words if it never comes to open its doors
 */
export async function superviseStation(
  place: StationPlace,
  log: (station: string, line: string) => void,
): Promise<SupervisedStation> {
  let child: ChildProcess | undefined;
  let stopping = false;
  let opened = false;
  let restarts = 0;
  let lastWords = "";
  const firstReady = Promise.withResolvers<void>();
  const loop = (async () => {
    while (!stopping) {
      child = spawnStation(place);
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
        log(place.key, line);
      });
      await ended;
      child = undefined;
      if (stopping) break;
      restarts += 1;
      if (!opened && restarts === FIRST_TRIES) {
        firstReady.reject(new Error(`${place.name} could not be started: ${lastWords}`));
        break;
      }
      await sleep(RESTART_MS);
    }
  })();
  await firstReady.promise;
  return {
    place,
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

function spawnStation(place: StationPlace): ChildProcess {
  const child = spawn(
    process.execPath,
    [MAIN, "serve", "--config", place.config, "--json", "--log-level", "warn", "--with-parent"],
    // The first pipe is never written to: the kernel closes it when this process ends, however it ends.
    { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, DATABASE_URL: place.databaseUrl } },
  );
  child.stdin.on("error", () => undefined);
  return child;
}

function linesOf(stream: Readable | null, take: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", take);
}
