import { SealingError } from "../errors.ts";
import { type Manifest, partsOf } from "./manifest.ts";

/** What a receiver is ready to take. */
export interface PackageLimits {
  /** Bytes of `manifest.json`, which is read into memory. */
  readonly manifestBytes: number;
  /** Reports and evidence together. */
  readonly parts: number;
  /** Bytes of one part, sealed. */
  readonly partBytes: number;
  /** Bytes of all parts, sealed. */
  readonly totalBytes: number;
}

const GIB = 1024 ** 3;

/** 16 MiB of manifest hold some 10,000 parts with their custody; a phone's whole image fits in 64 GiB, a seizure in 256. */
export const DEFAULT_LIMITS: PackageLimits = {
  manifestBytes: 16 * 1024 ** 2,
  parts: 10_000,
  partBytes: 64 * GIB,
  totalBytes: 256 * GIB,
};

/** Refuses, before a part is read, what the manifest announces as too much. Throws `package-limit`. */
export function checkLimits(manifest: Manifest, limits: PackageLimits): void {
  const parts = partsOf(manifest);
  if (parts.length > limits.parts) throw overLimit(`${parts.length} parts`, `${limits.parts}`);
  let total = 0;
  for (const { entry, ciphertext } of parts) {
    if (ciphertext.size > limits.partBytes)
      throw overLimit(`${entry} of ${ciphertext.size} bytes`, `${limits.partBytes}`);
    total += ciphertext.size;
  }
  if (total > limits.totalBytes) throw overLimit(`${total} bytes in all parts`, `${limits.totalBytes}`);
}

export function overLimit(what: string, limit: string): SealingError {
  return new SealingError(
    "package-limit",
    `The package holds ${what}, and this station takes ${limit} at most. Send it in smaller packages.`,
  );
}
