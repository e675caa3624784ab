/**
 * Where a log lies: a flat set of small files under `checkpoint` and `tile/...`, which can be served as they are.
 *
 * What every driver promises, and the shared suite (`@fairlead/ledger/conformance`) checks:
 *
 * - Paths other than `checkpoint` and canonical tile paths are refused by both methods with a LedgerError
 *   `invalid-argument`, before anything is touched (use `parseStorePath`).
 * - `write` resolves only when the bytes would survive a loss of power, and is atomic: a reader sees all of the old
 *   bytes, or all of the new ones, never a mixture and never an empty file.
 * - Everything under `tile/` is immutable, partial tiles too ("This endpoint is immutable"). Writing the same bytes
 *   again succeeds; writing different bytes rejects with a LedgerError `conflict` and changes nothing. This is what
 *   keeps a crashed or second writer from signing two trees of one size.
 * - `checkpoint` is replaced by each write.
 * - A write that rejects may or may not have happened. Nobody retries it on a handle whose storage failed.
 */
export interface TileStore {
  /** The bytes at a path, in a buffer that belongs to the caller, or undefined if nothing was written there. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Stores bytes durably. The caller may reuse its buffer afterwards. */
  write(path: string, bytes: Uint8Array): Promise<void>;
}
