import type { ClaimSource } from "@fairlead/report";

/** One reason for a value: what was found, where it stands, and who says so. */
export interface Reason {
  /** Stable name, such as `attribution.port-missing`; a desk may translate by it. */
  code: string;
  /**
   * JSON Pointer (RFC 6901) into the assessed input `{ report, claims, context }`: `/report/persons/0/events/2`,
   * `/claims/4`, `/context/receivedAt`. Empty for the whole input.
   */
  path: string;
  /** English, for an officer. */
  text: string;
  source: ClaimSource;
}

/** Reasons of one code that are listed one by one; a list of 10,000 login events is not a better explanation than eight of them. */
const LISTED_PER_CODE = 8;

/** Keeps the first eight reasons of each code, in order. */
export function shorten<Each extends Reason>(reasons: readonly Each[]): Each[] {
  const counts = new Map<string, number>();
  return reasons.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= LISTED_PER_CODE;
  });
}

/** Puts `values` into the `{name}` places of a catalogue text. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
