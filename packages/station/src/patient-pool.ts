import type { Pool, PoolClient } from "pg";
import { isConnectionLost, retryWhileDown } from "./store/index.ts";

/**
 * The pool as the job queue gets it: what the queue notes about a job is noted once the database is back. Left to itself it ends
 * the process, or never ends, when that fails.
 *
 * Taking jobs is the one statement that is not done again: what a lost session had taken is found by the recovery.
 * @param signal from then on a lost connection is waited for without end, because whoever asked is being stopped
 */
export function patientPool(pool: Pool, signal: AbortSignal): Pool {
  const connect = (callback?: Parameters<Pool["connect"]>[0]) =>
    callback === undefined ? patientClient(pool, signal) : pool.connect(callback);
  return withOwn(() => pool, "connect", connect);
}

/** What `target` gives, but for one method. The target is asked for each time, because it may change. */
function withOwn<T extends object>(target: () => T, name: keyof T, method: unknown): T {
  return new Proxy(target(), {
    get(_first, key) {
      if (key === name) return method;
      const value: unknown = Reflect.get(target(), key, target());
      return typeof value === "function" ? (value.bind(target()) as unknown) : value;
    },
  });
}

async function patientClient(pool: Pool, signal: AbortSignal): Promise<PoolClient> {
  let client = await connectAgain(pool, signal);
  const query = async (...given: unknown[]): Promise<unknown> => {
    for (;;) {
      try {
        return await (client.query as (...args: unknown[]) => Promise<unknown>)(...given);
      } catch (error) {
        if (!isConnectionLost(error) || takesJobs(given[0])) throw error;
        client.release(true);
        client = await connectAgain(pool, signal);
      }
    }
  };
  return withOwn(() => client, "query", query);
}

async function connectAgain(pool: Pool, signal: AbortSignal): Promise<PoolClient> {
  try {
    return await retryWhileDown(() => pool.connect(), { forMs: Number.MAX_SAFE_INTEGER, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    return await new Promise<never>(() => undefined);
  }
}

function takesJobs(statement: unknown): boolean {
  const text = typeof statement === "string" ? statement : (statement as { text?: string } | undefined)?.text;
  return text !== undefined && /skip locked/i.test(text);
}
