import { spawn } from "node:child_process";
import type { Station } from "../context.ts";
import type { PageAudience } from "../store/tables.ts";
import type { PagingConfig } from "./config.ts";

/** What leaves the station: a number, a tier, the names of triggers. Never a word of the report. */
export interface OutwardPage {
  /** The same at every attempt, so that the other side can tell a repetition from a second page. */
  page: string;
  audience: PageAudience;
  station: string;
  /** Absent for a task that is about no report. */
  report?: string;
  /** Of a page about a report that is immediate; one about a task names that. */
  tier?: "R1";
  task?: string;
  triggers: string[];
  raisedAt: string;
}

export type Told = { told: true } | { told: false; why: string };

/** The longest that one attempt may take; a pager that hangs is tried again. */
export const ATTEMPT_MS = 20_000;
/** What a failing program may say about it. */
const WORDS = 300;

/** Whether a page can leave the station at all. */
export function hasOutward({ command, webhook }: PagingConfig): boolean {
  return command !== undefined || webhook !== undefined;
}

/** Calls once by the configured channel. */
export async function callOutward({ config, fetch }: Station, page: OutwardPage): Promise<Told> {
  const { command, webhook } = config.paging;
  const body = JSON.stringify(page);
  if (command !== undefined) return await runCommand(command, body);
  if (webhook !== undefined) return await post(fetch, webhook, body);
  return { told: false, why: "No outward channel is configured." };
}

async function runCommand([program = "", ...parameters]: readonly string[], body: string): Promise<Told> {
  return await new Promise((resolve) => {
    const { PATH, HOME, LANG } = process.env;
    const child = spawn(program, parameters, {
      stdio: ["pipe", "ignore", "pipe"],
      // The station's own environment can hold the database's password.
      env: { PATH, HOME, LANG },
      timeout: ATTEMPT_MS,
      killSignal: "SIGKILL",
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString("utf8")).slice(0, WORDS);
    });
    child.on("error", (error) =>
      resolve({ told: false, why: `The command could not be run: ${error.message}` }),
    );
    child.on("close", (code, signal) => {
      if (code === 0) return resolve({ told: true });
      const how = signal === null ? `ended with ${code}` : "took too long";
      return resolve({ told: false, why: `The command ${how}${said === "" ? "." : `: ${said.trim()}`}` });
    });
    // A program that does not read its input has ended or will: how it ends is what counts.
    child.stdin.on("error", () => undefined);
    child.stdin.end(body);
  });
}

async function post(send: typeof fetch, webhook: string, body: string): Promise<Told> {
  try {
    const response = await send(webhook, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    await response.body?.cancel();
    return response.ok ? { told: true } : { told: false, why: `The webhook answered ${response.status}.` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return {
      told: false,
      why: `The webhook did not answer: ${cause instanceof Error ? cause.message : "unknown"}`,
    };
  }
}
