import { bytesOfBase64url, bytesOfHex } from "@fairlead/franking";
import { MessengerError } from "./error.ts";

/** @throws MessengerError `hub.broken` if it is not hex */
export function fromHex(text: string): Uint8Array {
  return bytesOfHex(text) ?? fail("hex");
}

/** RFC 4648, section 5, without padding. @throws MessengerError `hub.broken` if it is not that */
export function fromBase64Url(text: string): Uint8Array {
  return bytesOfBase64url(text) ?? fail("base64url");
}

function fail(what: string): never {
  throw new MessengerError("hub.broken", `A value is not ${what}.`);
}

/** What somebody typed, or a system called a file, as every content can hold it: no byte order mark before it, no half of a character. */
export function holdable(text: string): string {
  return text.trim().toWellFormed();
}
