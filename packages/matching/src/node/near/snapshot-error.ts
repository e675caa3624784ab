/** What is wrong with a snapshot: it is not one, it is of a version that this does not read, or bytes are missing or altered. */
export type SnapshotErrorCode = "not-a-snapshot" | "other-version" | "torn" | "altered";

/** Why a snapshot was refused, where, and what to do. Nothing of it was used. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
  readonly code: SnapshotErrorCode;

  constructor(code: SnapshotErrorCode, path: string, what: string) {
    super(`${path}: ${what}; delete it and write a new one, or start from the bank itself`);
    this.code = code;
  }
}
