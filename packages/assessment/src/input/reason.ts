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
  if (reasons.length <= LISTED_PER_CODE) return [...reasons];
  const counts = new Map<string, number>();
  return reasons.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= LISTED_PER_CODE;
  });
}

/** Puts `values` into the `{name}` places of a catalogue text. A place without a value stays as it is. */
export function fill(text: string, values?: Readonly<Record<string, string | number>>): string {
  if (values === undefined) return text;
  let filled = "";
  let from = 0;
  for (;;) {
    const open = text.indexOf("{", from);
    const close = open === -1 ? -1 : text.indexOf("}", open);
    if (close === -1) return filled + text.slice(from);
    const value = values[text.slice(open + 1, close)] ?? text.slice(open, close + 1);
    filled += text.slice(from, open) + String(value);
    from = close + 1;
  }
}
