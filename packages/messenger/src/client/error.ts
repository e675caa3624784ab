/** What can go wrong for a person, as a stable code that the catalogue has words for. */
export type MessengerErrorCode =
  /** The hub cannot be reached. What was to be sent waits, unless the action says that it needs the hub. */
  | "hub.unreachable"
  /** The hub has had too much from here for now. What was to be sent waits, as when it cannot be reached. */
  | "hub.busy"
  /** The hub refused; `detail` holds its own code. */
  | "hub.refused"
  /** This device's sign-in no longer counts: it was removed. */
  | "hub.signed-out"
  /** The hub said something that its protocol does not have. */
  | "hub.broken"
  | "account.handle-taken"
  | "account.handle-invalid"
  | "account.exists"
  | "account.missing"
  | "account.code-invalid"
  | "account.registration-closed"
  | "person.not-found"
  | "room.not-found"
  | "room.not-member"
  | "room.too-many"
  | "message.not-found"
  | "message.not-own"
  | "message.empty"
  | "message.too-long"
  | "file.not-found"
  | "file.gone"
  | "file.not-what-was-sent"
  | "file.too-large"
  | "report.nothing-selected"
  | "report.no-category"
  | "report.not-held"
  | "report.too-large"
  | "backup.none"
  | "backup.code-invalid"
  | "backup.wrong-code"
  | "closed";

/** A failure with a stable code. Never holds anything of a message's content. */
export class MessengerError extends Error {
  override readonly name = "MessengerError";
  readonly code: MessengerErrorCode;
  /** The hub's own code or a number, for support. */
  readonly detail: string | null;

  constructor(
    code: MessengerErrorCode,
    message: string,
    { detail = null, ...options }: ErrorOptions & { detail?: string | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Whether the same may go well later, without anybody changing anything. */
export function mayPass(error: unknown): boolean {
  return error instanceof MessengerError && (error.code === "hub.unreachable" || error.code === "hub.busy");
}
