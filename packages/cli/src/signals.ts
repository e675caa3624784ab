import { Option } from "commander";

/** Not for people: under a service manager standard input is /dev/null, which ends at once. */
export function withParentOption(): Option {
  return new Option(
    "--with-parent",
    "end when standard input, a pipe that the parent process holds, closes",
  ).hideHelp();
}

/** Resolves when a process that runs until it is told to stop is told so, by a signal or by its parent's end. */
export async function untilTold({ withParent }: { readonly withParent?: boolean }): Promise<void> {
  await Promise.race([untilSignal(), ...(withParent === true ? [untilParentIsGone()] : [])]);
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let seen = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        if (seen) process.exit(130);
        seen = true;
        resolve(signal);
      });
  });
}

/** Whoever's parent is gone has lost its database with it in the demonstration: closing may wait for it in vain. */
const ALONE_MS = 5_000;

/**
 * For a process whose standard input is a pipe that its parent holds and never writes to: resolves when the parent is gone,
 * even by kill -9, and ends the process some seconds later if it has not ended by itself. A crash loses nothing either.
 */
function untilParentIsGone(): Promise<void> {
  return new Promise((resolve) => {
    const gone = (): void => {
      setTimeout(() => process.exit(1), ALONE_MS).unref();
      resolve();
    };
    // `close` follows an error too; without a listener the error would end the process with a stack trace.
    process.stdin.once("close", gone).on("error", () => undefined);
    process.stdin.resume();
    // Reading must not keep a process alive that has nothing else to do.
    if ("unref" in process.stdin && typeof process.stdin.unref === "function") process.stdin.unref();
  });
}
