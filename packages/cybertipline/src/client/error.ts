/** What can go wrong between us and a clearinghouse, and what to do about it. */
import type { ResponseAdvice } from "../responses/codes.ts";

export type ClientErrorCode =
  /** The server answered with a response code other than 0, whatever its HTTP status was. */
  | "refused"
  /** No answer came: no connection, a broken one, or a timeout. */
  | "no-answer"
  /** An answer came that this protocol does not know. */
  | "bad-answer"
  /** The MD5 that the server computed is not that of the bytes that were sent, or it sent none. */
  | "hash-mismatch"
  /** The bytes of a file could not be read on our side. */
  | "source"
  /** Test and production would have been mixed; nothing was sent. */
  | "environment"
  /** The journal's entry is about another report, account or server; nothing was sent. */
  | "journal-mismatch";

/** Whether the server did what was asked. `unknown` must be looked up, never repeated blindly. */
export type Effect = "none" | "unknown";

export interface ClientErrorDetails {
  /** What to do. `unknown` means: stop and tell a person. */
  readonly advice: Exclude<ResponseAdvice, "success">;
  readonly effect: Effect;
  readonly responseCode?: number;
  readonly httpStatus?: number;
  /** The server's name for this call: quote it to its support. */
  readonly requestId?: string;
  /** As the server asked. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code: ClientErrorCode;
  readonly advice: Exclude<ResponseAdvice, "success">;
  readonly effect: Effect;
  readonly responseCode: number | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  /** @param message for the operator; of a refusal it is the server's own description, which may quote the report */
  constructor(code: ClientErrorCode, message: string, details: ClientErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.advice = details.advice;
    this.effect = details.effect;
    this.responseCode = details.responseCode;
    this.httpStatus = details.httpStatus;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
