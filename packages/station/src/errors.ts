/** Who may read an error's message. What an operator may read can hold host names; a client may not read those. */
export type Audience = "client" | "reviewer" | "operator";

export type StationErrorCode =
  | "config.invalid"
  | "keys.missing"
  | "database.unfit"
  | "request.invalid"
  | "request.too-large"
  | "request.forged"
  | "session.missing"
  | "sign-in.refused"
  | "permission.refused"
  | "not-found"
  | "conflict"
  | "vault.write-failed"
  | "vault.missing"
  | "vault.damaged"
  | "log.behind"
  | "log.unavailable"
  | "peer.unknown"
  | "peer.unreachable"
  | "peer.refused"
  | "peer.refused-for-good"
  | "peer.answer-invalid"
  | "grant.expired"
  | "review.pause"
  | "rate.limited"
  | "intake.busy"
  | "upload.header"
  | "upload.version"
  | "upload.media-type"
  | "upload.method"
  | "upload.offset"
  | "upload.gone"
  | "upload.checksum"
  | "chat.registration-closed"
  | "chat.handle-taken"
  | "chat.proof-invalid"
  | "chat.code-invalid"
  | "chat.ask-first"
  | "chat.refused"
  | "chat.slowed"
  | "chat.not-a-member"
  | "chat.stale-epoch"
  | "chat.roster-refused"
  | "chat.message-refused"
  | "chat.nonce-used"
  | "chat.key-retired"
  | "internal";

/** What a client is told beside the code: which field, what is wrong, what to do. */
export interface ErrorProblem {
  path: string;
  message: string;
  remedy?: string | undefined;
}

/**
 * The one error of a station: what happened, in words for its audience, with a stable code.
 * Mapped to HTTP in http/problem.ts and nowhere else.
 */
export class StationError extends Error {
  readonly code: StationErrorCode;
  readonly audience: Audience;
  readonly remedy: string | undefined;
  readonly problems: ErrorProblem[];
  /** How long a client that may try again should wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: StationErrorCode,
    message: string,
    options: {
      audience?: Audience;
      remedy?: string;
      problems?: ErrorProblem[];
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "StationError";
    this.code = code;
    this.audience = options.audience ?? "client";
    this.remedy = options.remedy;
    this.problems = options.problems ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
