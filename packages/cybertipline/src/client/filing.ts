/** What is to be filed, and how it can end. */
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { Client } from "./client.ts";
import type { ClientError } from "./error.ts";
import type { FilingFailure, FilingJournal, FilingLease, FinishedState } from "./journal.ts";

type WithoutIds<T> = T extends unknown ? Omit<T, "reportId" | "fileId"> : never;

export interface FilingFile {
  readonly fileName?: string;
  readonly mediaType?: string;
  /** Opens the file from its beginning; called once for each attempt. */
  open(): AsyncIterable<Uint8Array>;
  readonly details?: WithoutIds<FileDetails>;
}

export interface Filing {
  readonly client: Client;
  readonly journal: FilingJournal;
  readonly lease: FilingLease;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Names this filing in the journal, for ever: one key, one report. */
  readonly key: string;
  readonly report: CyberTiplineReport;
  readonly files: readonly FilingFile[];
}

export type FilingResult =
  /** It is with the clearinghouse. Calling again gives the same. */
  | FinishedState
  /** The document was refused, and the open report is retracted. Calling again gives the same: correct it, new key. */
  | { readonly kind: "failed"; readonly failure: FilingFailure }
  /** Not yet. Call again with the same arguments, after `retryAfterMs` or later. */
  | {
      readonly kind: "pending";
      readonly retryAfterMs: number;
      readonly attempts: number;
      readonly error: ClientError;
    }
  /** A person must act (credentials, rights, an answer nobody knows, an unreadable file). Then call again. */
  | { readonly kind: "blocked"; readonly attempts: number; readonly error: ClientError }
  /** Another worker has this filing now. Do nothing. */
  | { readonly kind: "superseded" };
