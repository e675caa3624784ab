import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventLog } from "../log.ts";
import { type Confinement, confinedCommand, confinedEnvironment } from "./command.ts";
import { followOutput } from "./output.ts";

/** A program of PostgreSQL that is running. */
export interface RunningProgram {
  readonly process: ChildProcess;
  /** Fulfilled when it has ended, never rejected; the text says how, for people. */
  readonly ended: Promise<ProgramEnd>;
  /** What it printed last. */
  lastLines(): string;
}

export interface ProgramEnd {
  readonly ok: boolean;
  readonly how: string;
}

/**
 * Starts a program of PostgreSQL, confined, in a session of its own (Ctrl-C in a terminal reaches us, and we decide
 * when the database stops), holding the data directory's lock as long as it or a child of it lives.
 */
export function runConfined(
  confinement: Confinement,
  program: string,
  args: readonly string[],
  lockFd: number | "ignore",
  log: EventLog,
): RunningProgram {
  const [file, ...words] = confinedCommand(confinement, program, args);
  const child = spawn(file, words, {
    cwd: "/",
    detached: true,
    env: confinedEnvironment(),
    stdio: ["ignore", "ignore", "pipe", lockFd],
  });
  // A signal that comes too late is reported as an event; that the program has ended is known by then.
  child.on("error", () => undefined);
  if (child.stderr === null) throw new TypeError("a child with a pipe has a stream for it");
  const output = followOutput(child.stderr, log);
  return { process: child, ended: programEnd(child, output.finished), lastLines: () => output.lastLines() };
}

/** How long to read on after a program has ended: its children can hold its output open for much longer. */
const lastWordsMs = 200;

async function programEnd(child: ChildProcess, outputFinished: Promise<void>): Promise<ProgramEnd> {
  try {
    const [code, signal]: unknown[] = await once(child, "exit");
    await Promise.race([outputFinished, sleep(lastWordsMs, undefined, { ref: false })]);
    return {
      ok: code === 0,
      how: typeof signal === "string" ? `signal ${signal}` : `exit code ${String(code)}`,
    };
  } catch (error) {
    return { ok: false, how: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the program has neither ended nor failed to start. */
export function isAlive(program: RunningProgram): boolean {
  const { pid, exitCode, signalCode } = program.process;
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** Lets this process end while the program runs. */
export function unrefProgram(program: RunningProgram): void {
  program.process.unref();
  const output = program.process.stderr;
  // Node makes a socket of a child's pipe, and a socket would keep the process alive; its type says less.
  if (output instanceof Socket) output.unref();
}
