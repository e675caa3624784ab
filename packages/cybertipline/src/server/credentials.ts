/** HTTP Basic, the wire's only way to sign in. */

export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** Longer headers are refused unread. */
const MAX_LENGTH = 2048;

/**
 * Reads an `Authorization` header (RFC 7617), with UTF-8 inside.
 * @returns undefined for anything else than well-formed Basic credentials with a user name
 */
export function readBasic(header: string | undefined): BasicCredentials | undefined {
  if (header === undefined || header.length > MAX_LENGTH) return undefined;
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, "base64"));
  } catch {
    return undefined;
  }
  // RFC 7617, section 2: "a user-id containing a colon character is invalid", so the first colon ends it.
  const colon = text.indexOf(":");
  // RFC 7617, section 2: "The user-id and password MUST NOT contain any control characters".
  if (colon < 1 || /\p{Cc}/u.test(text)) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
