import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createInterface } from "node:readline";

/** What strace does to a system call of a thread: counted from the moment it was attached. */
export interface Injection {
  readonly call: string;
  /** `3`: the third; `3+`: the third and each after it. */
  readonly when: string;
  /** `signal=SIGKILL`, `error=EIO`. */
  readonly effect: string;
}

/** A thread of another process whose calls are watched. */
export interface Watch {
  /** Lets go of the thread, which runs on. @returns what it did, a line a call */
  detach(): Promise<string[]>;
}

const NEEDS =
  "The sweep over system calls needs strace (5.10 or newer; Debian: apt-get install strace) and leave to watch a process of one's own: " +
  "root, or the setting kernel.yama.ptrace_scope = 0.";

/** @returns undefined if strace can watch other processes here, else what is missing and what to do */
export async function whyNoStrace(folder: string): Promise<string | undefined> {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  try {
    await (await watch({ tid: child.pid ?? 0, calls: ["read"], output: `${folder}/probe` })).detach();
    return undefined;
  } catch (error) {
    return `${NEEDS} (${error instanceof Error ? error.message.trim() : String(error)})`;
  } finally {
    child.kill("SIGKILL");
  }
}

/**
 * Attaches strace to one thread, and to no other.
 * @param options.output a file for what it writes
 * @throws Error with strace's words
 */
export async function watch(options: {
  tid: number;
  calls: readonly string[];
  injection?: Injection;
  output: string;
}): Promise<Watch> {
  const { tid, calls, injection, output } = options;
  const child = spawn(
    "strace",
    [
      "-p",
      String(tid),
      "-y",
      "-s",
      "0",
      "-o",
      output,
      "-e",
      `trace=${calls.join(",")}`,
      ...(injection === undefined
        ? []
        : ["-e", `inject=${injection.call}:${injection.effect}:when=${injection.when}`]),
    ],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, LC_ALL: "C" } },
  );
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  await attached(child);
  return {
    async detach() {
      child.kill("SIGTERM");
      await ended;
      const text = await readFile(output, "utf8");
      await rm(output, { force: true });
      return text.split("\n").filter((line) => line !== "");
    },
  };
}

async function attached(child: ChildProcess): Promise<void> {
  let words = "";
  const told = new Promise<boolean>((resolve) => {
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on("line", (line) => {
      words += `${line}\n`;
      if (/attached/.test(line)) resolve(true);
    });
  });
  const error = once(child, "error").then(([cause]: unknown[]) => {
    words += String(cause);
    return false;
  });
  error.catch(() => undefined);
  const over = new Promise<boolean>((resolve) => {
    child.once("close", () => resolve(false));
  });
  if (!(await Promise.race([told, error, over]))) throw new Error(words);
}

/** The two threads of a station that matter: the one that talks to clients and the database, and the one that works on files. */
export type ThreadName = "main" | "files";

/** @throws Error where the runtime names its threads in another way */
export function threadOf(pid: number, name: ThreadName): number {
  if (name === "main") return pid;
  for (const tid of readdirSync(`/proc/${pid}/task`))
    if (readFileSync(`/proc/${pid}/task/${tid}/comm`, "utf8").startsWith("libuv-worker")) return Number(tid);
  throw new Error(`process ${pid} has no thread for files`);
}

/** The name of the call in a line of strace's. */
export function callIn(line: string): string | undefined {
  return /^(\w+)\(/.exec(line)?.[1];
}
