/** True if both arrays hold the same bytes. Not constant-time: everything compared in a log is public. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

/**
 * Decodes standard base64 (RFC 4648 section 4) with padding, or answers undefined. Only the one canonical spelling
 * of the bytes is taken: no white space, no URL alphabet, no stray bits, so that nobody can make two texts of one
 * signature or hash.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? new Uint8Array(bytes) : undefined;
}

/**
 * Decodes an ASCII decimal without leading zeroes, or answers undefined. Sizes and indexes above 2^53 - 1 are refused:
 * a log that grew by a million leaves a second would reach that in 285 years.
 */
export function fromDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
