/** Bounds on what a client may cost. */

export interface ServerLimits {
  /** The longest silence while a body is being received. */
  readonly idleMs: number;
  /** Waiting for the client that is not counted against `bytesPerSecond`. */
  readonly graceMs: number;
  /** The slowest average that is served to the end. */
  readonly bytesPerSecond: number;
  /** The longest that a form without a file, or an XML document, may take. */
  readonly documentTotalMs: number;
  /** The longest that an upload may take. Below the lifetime of staged files. */
  readonly uploadTotalMs: number;
  /** The largest file. The wire documents no limit, and there is none here unless the operator sets one. */
  readonly fileBytes: number;
  /** How much of a refused body is still read so that its client gets to see the answer, and for how long. */
  readonly lingerBytes: number;
  readonly lingerMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  idleMs: 30_000,
  graceMs: 60_000,
  // Half of what a 2G telephone sends: slower than that, nobody is on the line.
  bytesPerSecond: 1024,
  documentTotalMs: 120_000,
  uploadTotalMs: 12 * 60 * 60_000,
  fileBytes: Number.POSITIVE_INFINITY,
  lingerBytes: 8 * 1024 * 1024,
  lingerMs: 5000,
};
