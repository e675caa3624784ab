import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "pg";
import type { EventLog } from "./log.ts";

/**
 * SQLSTATEs with which a server says that the session is over or cannot begin: class 08 (connection exception),
 * admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped is not one of them, idle_session_timeout,
 * idle_in_transaction_session_timeout, transaction_timeout.
 */
const sessionOver = new Set(["57P01", "57P02", "57P03", "57P05", "25P03", "25P04"]);

/** Error numbers of sockets and name services. ENOENT is a Unix socket that is not there, and only when connecting. */
const networkDown = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** What `pg` says without a code: its client lost the stream, or the pool had no connection in time. */
const driversWords =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired)/;

/**
 * Whether an error says that the database could not be reached or the session ended, rather than that the statement
 * was wrong. Whether the statement took effect is then unknown.
 */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof DatabaseError) return code.startsWith("08") || sessionOver.has(code);
  if (networkDown.has(code)) return true;
  if (code === "ENOENT" && "syscall" in error && error.syscall === "connect") return true;
  return driversWords.test(error.message) || isConnectionLost(error.cause);
}

export interface RetryOptions {
  /** How long after the first failure to give up, in milliseconds. */
  readonly forMs: number;
  readonly log?: EventLog;
  /** Ends the waiting: the last error is thrown. */
  readonly signal?: AbortSignal;
}

const firstPauseMs = 50;
const longestPauseMs = 1_000;

/**
 * Does `work`, and does it again while the database is away: after a restart it goes on as if nothing had been.
 *
 * Only for work that may be done twice. A connection that is lost in the middle says nothing about whether the
 * statement took effect.
 *
 * @throws the last error when `forMs` is over, and at once any error that is not a lost connection
 */
export async function retryWhileDown<Result>(
  work: () => Promise<Result>,
  options: RetryOptions,
): Promise<Result> {
  const deadline = performance.now() + options.forMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      const isOver = performance.now() + pauseMs > deadline || options.signal?.aborted === true;
      if (isOver || !isConnectionLost(error)) throw error;
      options.log?.warn({ pauseMs }, "database.away");
      await sleep(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
        () => undefined,
      );
    }
  }
}
