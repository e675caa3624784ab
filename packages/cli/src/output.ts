import { StationError } from "@fairlead/station";

/** Where a command writes: results to standard output, talk to standard error. */
export interface Output {
  json: boolean;
  /** The result: one JSON line, or lines for a person. */
  result(value: object, lines: readonly string[]): void;
  /** Talk while the work goes on. */
  say(line: string): void;
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
export function openProgress(): { show(line: string): void; done(): void } {
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
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`fairlead: ${message}\n`);
  if (error instanceof StationError) {
    for (const problem of error.problems) process.stderr.write(`  ${problem.path}: ${problem.message}\n`);
    if (error.remedy !== undefined) process.stderr.write(`  ${error.remedy}\n`);
  }
  if (process.env["FAIRLEAD_DEBUG"] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
