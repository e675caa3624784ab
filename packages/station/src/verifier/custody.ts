import { createLog, LedgerError, type Log, openLog, type Signer } from "@fairlead/ledger";
import { canonicalJson } from "@fairlead/report";
import { openTileFiles } from "../audit/index.ts";

/** What the custody log says: that a report was opened, and what came of it, never what is in it (rule R8). */
export type CustodyEvent =
  | { readonly kind: "report.opened"; readonly reportId: string; readonly at: string; readonly build: string }
  | {
      readonly kind: "report.checked";
      readonly reportId: string;
      readonly at: string;
      readonly verdict: string;
      readonly bundleSha256: string;
      readonly attestationSha256: string;
    }
  | { readonly kind: "report.unreadable"; readonly reportId: string; readonly at: string };

/** An append-only log of every run of the verifier, in tiles with signed checkpoints of its own. */
export interface CustodyLog {
  /** Resolves once the entry is under a signed checkpoint on disk. */
  record(event: CustodyEvent): Promise<void>;
}

/** Opens the custody log in a folder, or begins it. */
export async function openCustodyLog(folder: string, signer: Signer): Promise<CustodyLog> {
  const store = await openTileFiles(folder);
  let log: Log;
  try {
    log = await openLog(store, signer);
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== "missing") throw error;
    log = await createLog(store, signer);
  }
  // A checkpoint over what was cut off may have been signed: the log goes on with it.
  if (log.unfinished().length > 0) await log.append(log.unfinished());
  return {
    async record(event) {
      await log.append([new TextEncoder().encode(canonicalJson({ ...event, v: 1 }))]);
    },
  };
}
