import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** How long tests may clean up after a signal before they are killed. */
const graceMs = 10_000;

/** How long a process that was told to end, or killed, may take to be gone. */
const sweepMs = 2_000;

/**
 * Runs a program in a process group of its own, hands SIGINT, SIGTERM and SIGHUP on to the whole group, and leaves none of
 * it behind: whatever of the group is still there when the program has ended is killed.
 *
 * @returns the program's exit code; 128 and the signal's number, as a shell counts, if a signal ended it or was handed on
 */
export async function runInGroup(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(program, args, { ...options, detached: true, stdio: ["ignore", "inherit", "inherit"] });
  const { pid } = child;
  let passedOn = 0;
  const passOn = (signal: NodeJS.Signals, code: number): void => {
    // A second signal means now.
    if (passedOn !== 0) return signalGroup(pid, "SIGKILL");
    passedOn = code;
    signalGroup(pid, signal);
    setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs).unref();
  };
  const listeners = Object.entries(codes).map(([signal, code]) => ({
    signal,
    listener: (name: NodeJS.Signals) => passOn(name, code),
  }));
  for (const { signal, listener } of listeners) process.on(signal, listener);
  // If this process fails in the middle of everything, the group goes with it.
  const lastDeed = (): void => signalGroup(pid, "SIGKILL");
  process.on("exit", lastDeed);
  try {
    const code = await new Promise<number>((done, failed) => {
      child.once("error", failed);
      child.once("exit", (exitCode, signal) => done(exitCode ?? codes[signal ?? ""] ?? 137));
    });
    await sweep(pid);
    return passedOn === 0 ? code : passedOn;
  } finally {
    process.off("exit", lastDeed);
    for (const { signal, listener } of listeners) process.off(signal, listener);
  }
}

const codes: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Processes that were told to end may need a moment; who is there after it is killed, and told of. */
async function sweep(pid: number | undefined): Promise<void> {
  if (await isEmptySoon(pid)) return;
  process.stderr.write("some process of the run was still there at its end and has been killed\n");
  signalGroup(pid, "SIGKILL");
  await isEmptySoon(pid);
}

async function isEmptySoon(pid: number | undefined): Promise<boolean> {
  for (let waited = 0; waited < sweepMs; waited += 50) {
    if (!hasMembers(pid)) return true;
    await sleep(50);
  }
  return false;
}

function hasMembers(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
