import { base64urlOf, bytesOfBase64url } from "./bytes.ts";

/** RFC 4648, section 4, with padding. */
export function base64Of(bytes: Uint8Array): string {
  const text = base64urlOf(bytes).replaceAll("-", "+").replaceAll("_", "/");
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

/** null for anything that is not the one padded spelling of some bytes. */
export function bytesOfBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || /[-_]/.test(text)) return null;
  const unpadded = text.replace(/={1,2}$/, "");
  return bytesOfBase64url(unpadded.replaceAll("+", "-").replaceAll("/", "_"));
}
