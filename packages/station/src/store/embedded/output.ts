import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import type { EventLog } from "../log.ts";

/** How many of a program's last lines are kept for an error message. */
const keptLines = 12;

/**
 * Reads what PostgreSQL prints, line by line: each line becomes an event, and the last ones are kept for the
 * message of an error. The server is told to print its own messages only (see settings.ts), never a statement.
 */
export function followOutput(output: Readable, log: EventLog): FollowedOutput {
  const kept: string[] = [];
  const lines = createInterface({ input: output, crlfDelay: Infinity });
  lines.on("line", (line) => {
    if (line.trim() === "") return;
    kept.push(line);
    if (kept.length > keptLines) kept.shift();
    report(line, log);
  });
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  lines.once("close", resolve);
  return { lastLines: () => kept.join("\n"), finished };
}

export interface FollowedOutput {
  /** The last lines, oldest first. */
  lastLines(): string;
  /** Fulfilled when nothing more can come. */
  readonly finished: Promise<void>;
}

function report(line: string, log: EventLog): void {
  const [, level, text] = /^([A-Z]+):\s+(.*)$/.exec(line) ?? [];
  const fields = { level: level ?? "LOG", message: text ?? line };
  switch (level) {
    case "PANIC":
      return log.error(fields, "postgres.message");
    case "FATAL":
      return log.warn(fields, "postgres.message");
    default:
      return log.debug(fields, "postgres.message");
  }
}
