/**
 * Scalar values keep what was sent. A reading of it (a point in time, a number) is made where it is needed, so that
 * nobody ever sees a value that the sender did not write.
 */

declare const brand: unique symbol;

/**
 * The number of a CyberTipline report: decimal digits without sign or leading zeros, at most 2^63 - 1 (`xs:long`).
 * A string, because JavaScript numbers lose digits above 2^53.
 */
export type ReportNumber = string & { readonly [brand]: "ReportNumber" };

/**
 * The lexical form of an `xs:dateTime`, as sent: `2026-03-01T12:30:00.123Z`. The schema admits one without a zone; the
 * rules do not. Read it with `readDateTime`.
 */
export type DateTimeText = string;

/** The lexical form of an `xs:date`, as sent: `2010-05-31`, possibly with a zone. */
export type DateText = string;

/** The lexical form of an `xs:double`, as sent, so that `51.50` does not become `51.5`. */
export type DoubleText = string;

const LARGEST_LONG = 2n ** 63n - 1n;

/**
 * Reads a report number.
 *
 * @param text digits, with or without leading zeros and a plus sign, as `xs:long` allows.
 * @returns the number in its one canonical form, or undefined if it is no non-negative `xs:long`.
 */
export function parseReportNumber(text: string): ReportNumber | undefined {
  const digits = /^(?:\+?\d+|-0+)$/.test(text) ? text.replace(/^[+-]?0*(?=\d)/, "") : "";
  // 19 digits hold every xs:long; the bound keeps BigInt from reading megabytes of digits.
  if (digits === "" || digits.length > 19) return undefined;
  return BigInt(digits) <= LARGEST_LONG ? (digits as ReportNumber) : undefined;
}
