/** The journal's entry while one worker has it open. */
import { ClientError } from "./error.ts";
import type { Filing } from "./filing.ts";
import { filingDigest } from "./filing-digest.ts";
import type { FilingEntry, FilingState } from "./journal.ts";

/** Thrown when another worker has written to the journal or holds the lease; `fileReport` makes a result of it. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

/** The entry of this filing, and the only hand that writes it. */
export interface Book {
  get(): FilingEntry;
  put(state: FilingState, changes?: Partial<Pick<FilingEntry, "attempts" | "abandoned">>): Promise<void>;
}

function mismatch(code: "environment" | "journal-mismatch", what: string): ClientError {
  const message = `The journal's entry for this key is about another ${what}. Use the right one, or a new key.`;
  return new ClientError(code, message, { advice: "unknown", effect: "none" });
}

/**
 * Reads the entry, or makes the first one, and checks that it is about this filing. Nothing is written yet.
 * @throws ClientError `environment` or `journal-mismatch`
 */
export async function openBook({ client, journal, key, report, files }: Filing): Promise<Book> {
  const { environment, base, username } = client;
  const digest = filingDigest(report, files);
  const found = await journal.read(key);
  if (found !== undefined) {
    if (found.environment !== environment) throw mismatch("environment", "environment");
    if (found.base !== base) throw mismatch("journal-mismatch", "server");
    // For another account a finished report of ours does not exist, and would be filed again.
    if (found.username !== username) throw mismatch("journal-mismatch", "account");
    if (found.digest !== digest) throw mismatch("journal-mismatch", "report");
  }
  let entry: FilingEntry = found ?? {
    version: 1,
    revision: 0,
    environment,
    base,
    username,
    digest,
    attempts: 0,
    abandoned: [],
    state: { kind: "intent" },
  };
  return {
    get: () => entry,
    put: async (state, changes = {}) => {
      const next = { ...entry, ...changes, state, revision: entry.revision + 1 };
      if (!(await journal.write(key, next))) throw new Superseded();
      entry = next;
    },
  };
}
