import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { AfterHook } from "../testing.ts";
import { type EmbeddedOptions, startEmbedded } from "./index.ts";
import { clusterProcesses, clusterTag } from "./processes.ts";

/** A launcher in a process of its own. */
export interface Launcher {
  readonly process: ChildProcess;
  /** Waits for one of its events. */
  event(name: string): Promise<Readonly<Record<string, unknown>>>;
  /** What the launcher said when it had started, or failed to. */
  readonly outcome: Promise<LaunchOutcome>;
}

export type LaunchOutcome =
  | { readonly event: "started"; readonly url: string; readonly pid: number; readonly launcher: number }
  | { readonly event: "failed"; readonly reason: string | null; readonly message: string };

const fixture = fileURLToPath(new URL("launch.fixture.ts", import.meta.url));

/**
 * Starts a launcher; `before` are words such as `setpriv ...` to run it by. It is killed after the test, so that a
 * `dataFolder` has to be made before, with the same `lastFirst` hook.
 */
export function launch(
  t: AfterHook,
  options: EmbeddedOptions,
  before: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Launcher {
  const [file, ...words] = [...before, process.execPath, fixture, JSON.stringify(options)];
  const child = spawn(file, words, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
  const seen: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    seen.push(JSON.parse(line) as Record<string, unknown>);
    for (const wake of waiting.splice(0)) wake();
  });
  lines.on("close", () => {
    for (const wake of waiting.splice(0)) wake();
  });
  const find = async (names: readonly string[]): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = seen.find(({ event }) => names.includes(String(event)));
      if (found !== undefined) return found;
      if (child.stdout.readableEnded) throw new Error(`the launcher ended without ${names.join(" or ")}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  t.after(() => kill(child));
  const outcome = find(["started", "failed"]) as Promise<unknown> as Promise<LaunchOutcome>;
  outcome.catch(() => undefined);
  return { process: child, event: (name) => find([name]), outcome };
}

/** The connection string and postmaster of a launcher that must have started. */
export async function started(launcher: Launcher): Promise<{ url: string; pid: number; launcher: number }> {
  const outcome = await launcher.outcome;
  if (outcome.event === "failed") throw new Error(outcome.message);
  return outcome;
}

/** Kills a process like a crash does, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** Like a test's own `after`, but what was said last is done first: processes end before their folders are removed. */
export function lastFirst(t: AfterHook): AfterHook {
  const stack = new AsyncDisposableStack();
  t.after(() => stack.disposeAsync());
  return { after: (cleanUp) => stack.defer(cleanUp) };
}

/** A new data directory; whatever still runs on it after the test is ended, and it is removed. */
export function dataFolder(t: AfterHook, parent: string = tmpdir()): string {
  const folder = realpathSync(mkdtempSync(join(parent, "fairlead-embedded-")));
  t.after(async () => {
    await untilGone(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

/** Made once a process: initdb takes a second or more, a copy a tenth of that. */
const madeOnce: { folder: Promise<string> | null } = { folder: null };

/** A data directory with a cluster that was made and stopped in order, as after a first start. */
export async function usedDataFolder(t: AfterHook): Promise<string> {
  madeOnce.folder ??= makeCluster();
  const folder = dataFolder(t);
  cpSync(await madeOnce.folder, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

async function makeCluster(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-embedded-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const server = await startEmbedded({ dataDir: folder });
  await server.stop();
  return folder;
}

/** Waits until no process of the cluster is left; kills and complains if that takes unreasonably long. */
export async function untilGone(dataDir: string): Promise<void> {
  const tag = clusterTag(dataDir);
  for (let tries = 0; clusterProcesses(tag).length > 0; tries += 1) {
    if (tries > 1500) {
      for (const pid of clusterProcesses(tag)) process.kill(pid, "SIGKILL");
      throw new Error(`processes of ${dataDir} were still alive after 30 seconds`);
    }
    await sleep(20);
  }
}

/** Does `work` on one session; a session that is lost is an error of its statements only. */
export async function onSession<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
