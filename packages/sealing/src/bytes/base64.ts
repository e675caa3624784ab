// RFC 4648 section 3.5: an encoding is canonical if its padding and its spare bits are what an encoder would write.
// Two texts for one byte string would let a relay change a signed file without changing what it says, so every
// decoder here answers null for anything but the one canonical text.

/** Standard alphabet with padding (RFC 4648 section 4); null if not canonical. */
export function decodeBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** Standard alphabet without padding, as age headers use it; null if not canonical. */
export function decodeRawBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  return encodeRawBase64(bytes) === text ? bytes : null;
}

/** URL-safe alphabet without padding (RFC 4648 section 5); null if not canonical. */
export function decodeBase64Url(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

/** Standard or URL-safe alphabet, padded, never mixed; null if not canonical in its alphabet. */
export function decodeEitherBase64(text: string): Uint8Array | null {
  const urlSafe = /[-_]/.test(text);
  if (urlSafe && /[+/]/.test(text)) return null;
  return decodeBase64(urlSafe ? text.replaceAll("-", "+").replaceAll("_", "/") : text);
}

export function encodeBase64(bytes: Uint8Array): string {
  return viewOf(bytes).toString("base64");
}

export function encodeRawBase64(bytes: Uint8Array): string {
  return viewOf(bytes).toString("base64").replaceAll("=", "");
}

export function encodeBase64Url(bytes: Uint8Array): string {
  return viewOf(bytes).toString("base64url");
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
