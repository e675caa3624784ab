/** The two documents that a server answers with. */
import type { ReportNumber } from "./scalars.ts";

/** Root element `reportResponse`: the answer to everything but `/finish`, and to every error. */
export interface ReportResponse {
  /** 0 is success. Any other number is an error, known to us or not, whatever the HTTP status says. */
  readonly responseCode: number;
  readonly responseDescription: string;
  /** Absent from the answer to `/status` and from many errors. */
  readonly reportId?: ReportNumber;
  readonly fileId?: string;
  /** MD5 of the received bytes, lower-case hexadecimal. */
  readonly hash?: string;
}

export interface FinishedFiles {
  readonly fileId?: readonly string[];
}

/** Root element `reportDoneResponse`: the answer to `/finish`. */
export interface ReportDoneResponse {
  readonly responseCode: number;
  readonly reportId: ReportNumber;
  readonly files: FinishedFiles;
}
