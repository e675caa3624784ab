/** One thing that is wrong with a document: where, what, and what to do about it. */
export interface Problem {
  /** Stable name of the rule that is broken, such as `moment.future`. */
  code: string;
  /** Where, as a JSON Pointer (RFC 6901) into the report, or an XPath-like path on an XML wire. */
  path: string;
  message: string;
  remedy: string;
}
