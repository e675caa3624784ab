import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./standby.ts", import.meta.url));
/** Longer than a start takes on the busiest machine: what takes this long does not come. */
const START_MS = 300_000;
/** A station that is told to stop has this long. */
const STOP_MS = 10_000;
const LAST_LINES = 12;

/** A station's process from its start to its end. */
export interface StationProcess {
  readonly pid: number;
  /** Resolves when it has ended, with how, in words. */
  readonly ended: Promise<string>;
  isAlive(): boolean;
  /** What it said last on its standard error. */
  lastWords(): string;
  kill(): void;
  stop(): Promise<void>;
}

/** Starts stations' processes; one is always loaded beforehand. */
export interface Starter extends AsyncDisposable {
  /**
   * Starts the station of a configuration and waits until its doors are open.
   * @param clockOffsetMs how far its clock is off
   * @throws Error with its last words if it ends before
   */
  start(config: string, clockOffsetMs?: number): Promise<StationProcess>;
}

/** @param cacheFolder where compiled modules are kept, so that the second process loads in half the time */
export function openStarter(cacheFolder: string): Starter {
  let next = load(cacheFolder);
  return {
    async start(config, clockOffsetMs = 0) {
      const loaded = next;
      next = load(cacheFolder);
      const { child, station } = loaded;
      child.stdin?.write(`${JSON.stringify({ config, clockOffsetMs })}\n`);
      const ready = once(createInterface({ input: child.stdout ?? process.stdin }), "line").then(() => "");
      const failed = await Promise.race([ready, station.ended, sleep(START_MS, "no answer", { ref: false })]);
      if (failed === "") return station;
      station.kill();
      throw new Error(`the station of ${config} did not start (${failed}): ${station.lastWords()}`);
    },
    async [Symbol.asyncDispose]() {
      next.station.kill();
      await next.station.ended;
    },
  };
}

function load(cacheFolder: string): { child: ChildProcess; station: StationProcess } {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ["pipe", "pipe", "pipe"],
    // One thread for files: the N-th call of a kind is then the same call each time.
    env: { ...process.env, NODE_COMPILE_CACHE: cacheFolder, UV_THREADPOOL_SIZE: "1" },
  });
  child.stdin.on("error", () => undefined);
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line.slice(0, 2000));
    lines.splice(0, lines.length - LAST_LINES);
  });
  const ended = once(child, "exit").then(([code, signal]) => String(signal ?? `exit code ${String(code)}`));
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const kill = () => {
    child.kill("SIGKILL");
  };
  return {
    child,
    station: {
      pid: child.pid ?? 0,
      ended,
      isAlive,
      lastWords: () => lines.join("\n"),
      kill,
      async stop() {
        child.kill("SIGTERM");
        const force = setTimeout(kill, STOP_MS);
        await ended;
        clearTimeout(force);
      },
    },
  };
}
