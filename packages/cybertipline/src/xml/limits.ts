/**
 * Bounds on a document from a stranger. A real report is a few kilobytes; the largest honest ones carry a chat log in
 * one text. With these numbers the worst document that passes costs a parser less than half a second of one core.
 */

/** Bytes of UTF-8. */
export const MAX_BYTES = 4 * 1024 * 1024;

/** Elements inside each other. The wire itself never goes deeper than 7. */
export const MAX_DEPTH = 64;

/** Attributes of one element, namespace declarations included. */
export const MAX_ATTRIBUTES = 64;

/** Elements, attributes, runs of text, CDATA sections and comments together. */
export const MAX_NODES = 100_000;

/** Numeric character references (`&#65;`). */
export const MAX_CHARACTER_REFERENCES = 20_000;

/**
 * A parser runs through plain text, but stops at some characters. What each stop costs, as measured with saxes 6 in units
 * of about 0.15 microseconds, and how many units a document may cost: 100 000 references, or half a million lines.
 */
export const STOP_COST = {
  /** `&amp;` and the other references: an honest chat log is full of them. */
  reference: 5,
  /** A line feed, wherever it stands. */
  lineFeed: 1,
  /** A literal tab or line feed inside an attribute's value. */
  attributeSpace: 2,
  /** A hyphen inside a comment. */
  commentHyphen: 3,
  /** A `]` inside a CDATA section. */
  cdataBracket: 1,
} as const;
export const MAX_STOP_COST = 500_000;
