/**
 * What went wrong, for programs to branch on:
 *
 * - `invalid-argument`: the caller asked for something that cannot exist (an index past the tree, a leaf too long).
 * - `malformed`: bytes from outside do not have the form the specification gives them.
 * - `unverified`: a signature is missing, unknown or wrong.
 * - `proof-mismatch`: a Merkle proof does not lead to the root.
 * - `missing`: the store does not hold something that the checkpoint says it holds.
 * - `corrupt`: the store holds something that the checkpoint contradicts.
 * - `conflict`: something immutable is already there and it is different; writing on would fork the log.
 * - `stale`: this handle no longer knows the log's state; open the log again.
 */
export type LedgerErrorCode =
  | "invalid-argument"
  | "malformed"
  | "unverified"
  | "proof-mismatch"
  | "missing"
  | "corrupt"
  | "conflict"
  | "stale";

/** The one error of this package. The message names the place and the remedy and never contains leaf content. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LedgerError";
    this.code = code;
  }
}
