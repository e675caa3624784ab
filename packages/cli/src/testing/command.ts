import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The command as people run it. */
export const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
/** Longer than anything here takes on a busy machine: what waits this long waits for ever. */
const PATIENCE_MS = 300_000;

/** What has not stopped in order by then is killed. */
const STOP_MS = 20_000;

interface AfterHook {
  after(cleanUp: () => Promise<void>): void;
}

/** What a command that has ended left behind. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command to its end. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...outerEnvironment(), ...env },
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
  });
  const talk = listen(child);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...talk };
}

/** A command that goes on running. */
export interface Running {
  child: ChildProcess;
  /** Everything that it has written so far. */
  talk: { stdout: string; stderr: string };
  /** The exit code, or the signal's name. */
  ended: Promise<number | NodeJS.Signals | null>;
  /** Waits until what it has written fits. @throws Error with its words if it ends before */
  until(stream: "stdout" | "stderr", pattern: RegExp): Promise<string>;
}

/** Starts the command; it is stopped after the test if it still runs. */
export function start(hook: AfterHook, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...outerEnvironment(), ...env },
  });
  const talk = listen(child);
  const ended = once(child, "close").then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null,
  );
  hook.after(async () => {
    // In order first, so that it removes its own folders.
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(force);
  });
  const until = async (stream: "stdout" | "stderr", pattern: RegExp): Promise<string> => {
    const found = await eventually(() => {
      const match = pattern.exec(talk[stream]);
      return match === null && (child.exitCode ?? child.signalCode) === null ? undefined : { match };
    });
    if (found.match === null)
      throw new Error(
        `the command ended (${child.exitCode}) before it said ${String(pattern)}: ${talk.stderr}`,
      );
    return found.match[0];
  };
  return { child, talk, ended, until };
}

/** Asks again and again until there is an answer. */
export async function eventually<T>(
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`nothing came of ${ask.toString()}`);
    await sleep(100);
  }
}

/** A folder that is gone after the test. */
export async function folder(hook: AfterHook): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "fairlead-test-cli-"));
  hook.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Ids of the processes whose command line names `words`. */
export async function processesWith(words: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "");
    if (line.includes(words)) found.push(Number(name));
  }
  return found;
}

function listen(child: ChildProcess): { stdout: string; stderr: string } {
  const talk = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      talk[name] += text;
    });
  return talk;
}

/** Without what node:test leaves for its own children, and without a database that belongs to the tests. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const {
    NODE_TEST_CONTEXT: _context,
    DATABASE_URL: _database,
    FAIRLEAD_DEBUG: _debug,
    ...rest
  } = process.env;
  return rest;
}
