import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "../../src/free-port.ts";
import { initStation } from "../../src/commands/init.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** 256 random bits are what a station gives its senders; for a bench on loopback any will do. */
const SECRET = "0".repeat(64);

/** A station in a process of its own, with its own PostgreSQL, fsync on. */
export interface BenchStation extends AsyncDisposable {
  port: number;
  databaseUrl: string;
  folder: string;
  /** HTTP Basic of the sender with that number. */
  authorization(sender: number): string;
  /** Of the station's process, whose children are PostgreSQL's; another one after `killAndStart`. */
  readonly pid: number;
  /** Kills the station's process as a loss of power would, and starts another in its place. */
  killAndStart(): Promise<void>;
}

/**
 * @param senders how many accounts it has
 * @param roles what the process does besides taking reports in
 * @param profile which doors it opens
 */
export async function startBenchStation(
  senders: number,
  roles: readonly string[],
  profile = "clearinghouse",
): Promise<BenchStation> {
  await using stack = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), "fairlead-bench-intake-"));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  const folder = join(dir, "station");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await initStation({
    dir: folder,
    id: "bench",
    name: "Bench station",
    profile,
    url,
    port,
  });
  const path = join(folder, "station.json");
  const config = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  const passwordFile = join(folder, "keys", "senders.secret");
  await writeFile(passwordFile, `${SECRET}\n`, { mode: 0o600 });
  const accounts = Array.from({ length: senders }, (_, n) => ({
    username: `sender-${n}`,
    name: `Sender ${n}`,
    kind: "platform",
    passwordFile,
  }));
  await writeFile(path, JSON.stringify({ ...config, roles, senders: accounts }));
  let running = await serve(path);
  stack.defer(async () => {
    running.child.kill("SIGTERM");
    await running.exited;
  });
  const resources = stack.move();
  return {
    port,
    folder,
    databaseUrl: (await readFile(join(folder, "database-url"), "utf8")).trim(),
    authorization: (sender) => `Basic ${Buffer.from(`sender-${sender}:${SECRET}`).toString("base64")}`,
    get pid() {
      return running.child.pid ?? 0;
    },
    async killAndStart() {
      running.child.kill("SIGKILL");
      await running.exited;
      running = await serve(path);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Runs the station of a configuration. Returns when its doors are open. */
async function serve(config: string) {
  const child = spawn(
    process.execPath,
    [MAIN, "serve", "--config", config, "--json", "--log-level", "warn", "--with-parent"],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  const ready = once(createInterface({ input: child.stdout }), "line");
  await Promise.race([
    ready,
    exited.then(([code]: unknown[]) => {
      throw new Error(`the station ended with ${String(code)} before it was ready`);
    }),
  ]);
  return { child, exited };
}
