import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { StoreError } from "../error.ts";
import { processStart } from "./processes.ts";

/**
 * Leave to use one data directory. It is a `flock` on a file in it: the kernel gives it to one holder at a time and
 * takes it back when the last process that has the file open ends, however it ends. PostgreSQL's processes inherit
 * the open file, so a killed launcher's cluster still holds the lock until its last process is gone.
 */
export interface DataLock {
  /** To be inherited by every process that touches the data directory. */
  readonly fd: number;
  release(): void;
}

/** How long to wait for the processes of a launcher that has died. */
export interface LockPatience {
  readonly waitMs: number;
  /** Called once when the lock is held although its launcher is dead. */
  onWait(): void;
}

/**
 * Takes the lock. A second launcher gets an error at once while the first is alive: one data directory has one
 * owner, and others use its `url`. If the first has died, its PostgreSQL is shutting down, and we wait for that.
 *
 * @throws StoreError `postgres-in-use`
 */
export async function takeDataLock(file: string, patience: LockPatience): Promise<DataLock> {
  const fd = openSync(file, "a+", 0o600);
  try {
    await lock(fd, file, patience);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  ftruncateSync(fd);
  writeSync(fd, `${process.pid} ${processStart(process.pid) ?? ""}\n`);
  return { fd, release: () => closeSync(fd) };
}

async function lock(fd: number, file: string, patience: LockPatience): Promise<void> {
  const deadline = performance.now() + patience.waitMs;
  for (let tries = 0; ; tries += 1) {
    if (await tryLock(fd)) return;
    const holder = livingHolder(file);
    if (holder !== null) {
      throw new StoreError(
        "postgres-in-use",
        `The data directory of ${file} is in use by process ${holder}. Stop that one first, give this one another data directory, or connect to the server that is running.`,
      );
    }
    if (performance.now() > deadline) {
      throw new StoreError(
        "postgres-in-use",
        `The data directory of ${file} is still held by a PostgreSQL whose launcher is gone, after ${Math.round(patience.waitMs / 1000)} seconds. ` +
          "If it runs in another container, stop that; otherwise look for processes that have the file open.",
      );
    }
    if (tries === 0) patience.onWait();
  }
}

/** Tries for a moment. The lock belongs to the open file, which the helper shares with us and we keep open. */
async function tryLock(fd: number): Promise<boolean> {
  const helper = spawn("flock", ["--exclusive", "--timeout", "0.2", "3"], {
    stdio: ["ignore", "ignore", "ignore", fd],
  });
  const [code] = await once(helper, "exit").catch((cause: unknown) => {
    throw new StoreError(
      "postgres-missing",
      "The embedded PostgreSQL needs the programs flock, setpriv and unshare of util-linux. Install util-linux, or set DATABASE_URL to a PostgreSQL 15 or newer.",
      { cause },
    );
  });
  return code === 0;
}

/** The pid in the lock file, if exactly that process is still alive. */
export function livingHolder(file: string): number | null {
  const [pid, startedAt] = readFileSync(file, "utf8").trim().split(" ");
  const started = processStart(Number(pid));
  return started !== null && started === startedAt ? Number(pid) : null;
}
