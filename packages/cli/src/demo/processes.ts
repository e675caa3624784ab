import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { StationPlace } from "./layout.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const RESTART_MS = 300;

/** A station in a process of its own, started again whenever it dies. */
export interface SupervisedStation extends AsyncDisposable {
  place: StationPlace;
  /** Process id of the one that runs now, for whoever wants to kill it. */
  pid(): number | undefined;
  restarts(): number;
}

/** Starts a station's process and waits until its doors are open. */
export async function superviseStation(
  place: StationPlace,
  log: (station: string, line: string) => void,
): Promise<SupervisedStation> {
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarts = 0;
  let ready: () => void = () => undefined;
  const firstReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const loop = (async () => {
    while (!stopping) {
      child = spawn(process.execPath, [MAIN, "serve", "--config", place.config, "--json", "--log-level", "warn"], {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, DATABASE_URL: place.databaseUrl },
      });
      const ended = new Promise<void>((resolve) => {
        child?.once("exit", () => resolve());
        child?.once("error", () => resolve());
      });
      if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", () => ready());
      if (child.stderr !== null) createInterface({ input: child.stderr }).on("line", (line) => log(place.key, line));
      await ended;
      child = undefined;
      if (stopping) break;
      restarts += 1;
      await sleep(RESTART_MS);
    }
  })();
  await firstReady;
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
