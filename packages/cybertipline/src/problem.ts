/**
 * What is wrong with a document, where, and what to do. The same shape serves every pass: reading XML, the schema, and
 * the application rules.
 */

/** The document is no acceptable XML: nothing in it was read. */
export type XmlProblemCode =
  | "xml.encoding"
  | "xml.too-large"
  | "xml.doctype"
  | "xml.processing-instruction"
  | "xml.too-deep"
  | "xml.too-many-attributes"
  | "xml.too-many-nodes"
  | "xml.too-many-references"
  | "xml.malformed";

/** The document is XML but breaks the schema. */
export type SchemaProblemCode =
  | "schema.root"
  | "schema.namespace"
  | "schema.unexpected-element"
  | "schema.missing-element"
  | "schema.unexpected-text"
  | "schema.unexpected-attribute"
  | "schema.missing-attribute"
  | "schema.value";

/** The document fits the schema but breaks one of NCMEC's application rules. */
export type RuleProblemCode =
  | "rule.length"
  | "rule.blank"
  | "rule.past"
  | "rule.zone"
  | "rule.date-order"
  | "rule.url"
  | "rule.email"
  | "rule.phone"
  | "rule.verification"
  | "rule.ip-address"
  | "rule.country"
  | "rule.location"
  | "rule.coordinate"
  | "rule.address-not-reported"
  | "rule.age-and-birth"
  | "rule.reporter-email"
  | "rule.one-reported-person"
  | "rule.repeated"
  | "rule.batched"
  | "rule.exif-viewed"
  | "rule.supplemental"
  | "rule.prior-report"
  | "rule.file-ownership";

export type ProblemCode = XmlProblemCode | SchemaProblemCode | RuleProblemCode;

export interface Problem {
  readonly code: ProblemCode;
  /**
   * Where: an XPath from the root, with a position (from 1) on every element that may repeat:
   * `/report/personOrUserReported[1]/email[2]/@type`. Empty where the whole document is meant.
   */
  readonly path: string;
  /** From 1; the place of the element's `<` in the text that was read. */
  readonly line?: number;
  /** From 1, in Unicode characters. */
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
  /**
   * Only on schema problems: `[line,column] - cvc-…: …`, with the key by which schema validators name this fault.
   * Engineers search for it.
   */
  readonly text?: string;
}

/** What reading a document gives: the document, or everything that is wrong with it. Never both. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T; readonly places: Places }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where each element of a decoded document stood in the text, by the paths that problems use. */
export type Places = ReadonlyMap<string, Place>;
