import { HASH_BYTES } from "../../pdq/hash.ts";
import type { NearFound } from "../../near/near-index.ts";
import { unpackFound } from "./messages.ts";
import type { NearThread } from "./thread.ts";

/** The most queries of one message to a thread. */
const MOST_TOGETHER = 4096;

interface Waiting {
  /** Permuted, 32 bytes each. */
  readonly queries: Uint8Array;
  readonly radius: number;
  readonly limit: number;
  readonly resolve: (found: NearFound[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Hands queries to threads: each at once while one is idle, and what has come meanwhile together when one becomes it. */
export interface Dispatch {
  ask(queries: Uint8Array, radius: number, limit: number): Promise<NearFound[]>;
}

export function dispatchTo(threads: readonly NearThread[]): Dispatch {
  let waiting: Waiting[] = [];

  function next(): void {
    for (const thread of threads) {
      if (waiting.length === 0) return;
      if (!thread.busy) void search(thread, takeAlike());
    }
  }

  /** The first that wait and ask for the same radius and limit. */
  function takeAlike(): Waiting[] {
    const [first] = waiting;
    let [count, queries] = [0, 0];
    for (const one of waiting) {
      queries += one.queries.length / HASH_BYTES;
      if (one.radius !== first?.radius || one.limit !== first.limit) break;
      if (count > 0 && queries > MOST_TOGETHER) break;
      count += 1;
    }
    const taken = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return taken;
  }

  async function search(thread: NearThread, taken: readonly Waiting[]): Promise<void> {
    const [first] = taken;
    if (first === undefined) return;
    const queries =
      taken.length === 1 ? first.queries : new Uint8Array(Buffer.concat(taken.map((one) => one.queries)));
    try {
      const answer = await thread.ask({ kind: "search", queries, radius: first.radius, limit: first.limit });
      const found = answer.kind === "found" ? unpackFound(answer.found) : [];
      let begin = 0;
      for (const one of taken) {
        const end = begin + one.queries.length / HASH_BYTES;
        one.resolve(found.slice(begin, end));
        begin = end;
      }
    } catch (error) {
      for (const one of taken) one.reject(error);
    }
    next();
  }

  return {
    ask(queries, radius, limit) {
      const { promise, resolve, reject } = Promise.withResolvers<NearFound[]>();
      waiting.push({ queries, radius, limit, resolve, reject });
      next();
      return promise;
    },
  };
}
