import { StationError } from "@fairlead/station";

/** Where a command writes: results to standard output, talk to standard error. */
export interface Output {
  json: boolean;
  /** The result: one JSON line, or lines for a person. */
  result: (value: object, lines: readonly string[]) => void;
  /** Talk while the work goes on. */
  say: (line: string) => void;
}

export function openOutput(json: boolean): Output {
  return {
    json,
    result(value, lines) {
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
    },
    say(line) {
      process.stderr.write(`${line}\n`);
    },
  };
}

/**
 * Progress of long work: on a terminal one line that is rewritten, otherwise a line at most every ten seconds.
 */
export function openProgress(): { show: (line: string) => void; done: () => void } {
  const terminal = process.stderr.isTTY;
  let last = 0;
  let shown = false;
  return {
    show(line) {
      const now = Date.now();
      if (terminal) {
        process.stderr.write(`\r\u001B[2K${line}`);
        shown = true;
      } else if (now - last >= 10_000) {
        process.stderr.write(`${line}\n`);
        last = now;
      }
    },
    done() {
      if (shown) process.stderr.write("\n");
      shown = false;
    },
  };
}

/** Ends the program with exit code 1 and words that help; no stack trace unless FAIRLEAD_DEBUG is set. */
export function fail(error: unknown): never {
  process.stderr.write(`fairlead: ${messageOf(error)}\n`);
  if (error instanceof StationError) {
    for (const problem of error.problems) process.stderr.write(`  ${problem.path}: ${problem.message}\n`);
    if (error.remedy !== undefined) process.stderr.write(`  ${error.remedy}\n`);
  }
  if (process.env["FAIRLEAD_DEBUG"] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

/** What the system refused, in words; system calls and error numbers help nobody at a prompt. */
const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  EACCES: "may not be read or written by this user",
  EPERM: "may not be changed by this user",
  EISDIR: "is a folder; a file is needed",
  ENOTDIR: "is not below a folder",
  EEXIST: "exists already, and nothing is ever replaced",
  ENOSPC: "could not be written: the disk is full",
};

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : SYSTEM_WORDS[code];
  return words === undefined || path === undefined ? error.message : `${path} ${words}.`;
}
