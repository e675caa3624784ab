import { parseIp } from "@fairlead/report";

/** Four decimal numbers of at most 255 without leading zeros: already the canonical form, so it need not be read. */
const CANONICAL_IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** One spelling of an address, by which claims and events about it find each other; text that is no address stands for itself. */
export function addressKey(text: string): string {
  return CANONICAL_IPV4.test(text) ? text : (parseIp(text)?.address ?? text);
}
