import { createHmac, randomBytes } from "node:crypto";
import type { Asking, Hmac } from "@fairlead/assessment/deconfliction";
import { newId } from "../store/index.ts";

/** HMAC-SHA-256 (RFC 2104). */
export const hmac: Hmac = (key, message) => createHmac("sha256", key).update(message).digest();

/** What making a query needs. @param now milliseconds since 1970 */
export function askingAt(now: number): Asking {
  return { hmac, randomBytes: () => randomBytes(32), newId: () => newId(now) };
}
