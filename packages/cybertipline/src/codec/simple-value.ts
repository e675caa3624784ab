/** Simple values: from the text of a document to a value, and back. */
import { readDate, readDateTime } from "../document/date-time.ts";
import { parseReportNumber } from "../document/scalars.ts";
import type { Primitive, SimpleType } from "../schema/model.ts";

export type Scalar = string | number | boolean;

/** Why a text is no value of its type. */
export interface Fault {
  /** The key by which schema validators name it. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

/** Longer values are cut in messages. */
const QUOTED_CHARACTERS = 60;

export function cut(text: string): string {
  return text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS).toWellFormed()}…` : text;
}

export function quote(text: string): string {
  return `'${cut(text)}'`;
}

/** XML Schema part 2, section 4.3.6: what "collapse" does. White space is XML's own four characters, nothing more. */
function collapse(text: string): string {
  return text.replaceAll(/[ \t\n\r]+/g, " ").replaceAll(/^ | $/g, "");
}

const EXAMPLES: Readonly<Record<Primitive, string>> = {
  string: "any text",
  token: "a word",
  boolean: "true or false",
  int: "a whole number, such as 14",
  long: "a whole number, such as 4564654",
  double: "a decimal number, such as 51.5074",
  dateTime: "a date and time with its zone, such as 2026-03-01T12:30:00Z or 2026-03-01T13:30:00+01:00",
  date: "a date, such as 2010-05-31",
};

const INT_LIMIT = 2 ** 31;

function lexicalValue(base: Primitive, text: string): Scalar | undefined {
  switch (base) {
    case "string":
    case "token":
      return text;
    case "boolean":
      if (text === "true" || text === "1") return true;
      return text === "false" || text === "0" ? false : undefined;
    case "int": {
      if (!/^[+-]?\d+$/.test(text)) return undefined;
      // Adding 0 turns the number -0 into 0.
      const value = Number(text) + 0;
      return value >= -INT_LIMIT && value < INT_LIMIT ? value : undefined;
    }
    case "long":
      return parseReportNumber(text);
    case "double":
      return /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/.test(text) ? text : undefined;
    case "dateTime":
      return readDateTime(text) === undefined ? undefined : text;
    case "date":
      return readDate(text) === undefined ? undefined : text;
  }
  return undefined;
}

function fault(key: string, message: string, remedy: string): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { key, message, remedy } };
}

/** So many allowed values still fit into a message. */
const LISTED_VALUES = 12;

function facetFault(
  type: SimpleType,
  value: Scalar,
): { readonly ok: false; readonly fault: Fault } | undefined {
  const { values, pattern, minimum, maximum, name } = type;
  const text = String(value);
  if (values !== undefined && !values.includes(text)) {
    const allowed =
      values.length > LISTED_VALUES ? `a value of the list ${name}` : `one of: ${values.join("; ")}`;
    return fault("cvc-enumeration-valid", `${quote(text)} is not allowed here.`, `Send ${allowed}.`);
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(text)) {
    return fault(
      "cvc-pattern-valid",
      `${quote(text)} does not have the form ${pattern}.`,
      `Send a value of the form ${pattern}.`,
    );
  }
  if (minimum !== undefined && Number(value) < minimum) {
    return fault(
      "cvc-minInclusive-valid",
      `${quote(text)} is less than ${String(minimum)}.`,
      `Send a number of at least ${String(minimum)}.`,
    );
  }
  if (maximum !== undefined && Number(value) > maximum) {
    return fault(
      "cvc-maxInclusive-valid",
      `${quote(text)} is more than ${String(maximum)}.`,
      `Send a number of at most ${String(maximum)}.`,
    );
  }
  return undefined;
}

/** Reads the text of an element or attribute as a value of its type. */
export function readValue(type: SimpleType, raw: string): Result<Scalar> {
  const text = type.base === "string" ? raw : collapse(raw);
  const value = lexicalValue(type.base, text);
  if (value === undefined) {
    return fault(
      "cvc-datatype-valid.1.2.1",
      `${quote(text)} is not a valid ${type.base}.`,
      `Send ${EXAMPLES[type.base]}, or leave it out if it may be left out.`,
    );
  }
  return facetFault(type, value) ?? { ok: true, value };
}

/**
 * Reads a flag, whose one value is `true`.
 *
 * An empty element is true. `1` is refused: it is true by the letter of XML Schema, but libxml2 takes it for a different
 * value, so a sender that used it would be understood by some receivers only.
 */
export function readFlag(text: string): Result<Scalar> {
  if (text === "" || collapse(text) === "true") return { ok: true, value: true };
  return fault(
    "cvc-elt.5.2.2.2.2",
    `${quote(text)} is not allowed: this flag is either true or absent.`,
    "Send the element empty or with the text true, or leave it out.",
  );
}

/** Writes a value as the text from which `readValue` gives the same value again. */
export function writeValue(type: SimpleType, value: unknown): Result<string> {
  const kind = type.base === "boolean" ? "boolean" : type.base === "int" ? "number" : "string";
  if (typeof value !== kind) {
    return fault("cvc-datatype-valid.1.2.1", `A ${typeof value} is not a ${kind}.`, `Give a ${kind}.`);
  }
  const text = String(value);
  const read = readValue(type, text);
  if (!read.ok) return read;
  if (read.value !== value) {
    return fault(
      "cvc-datatype-valid.1.2.1",
      `${quote(text)} would be read back as ${quote(String(read.value))}.`,
      `Give it in the form ${quote(String(read.value))}.`,
    );
  }
  return { ok: true, value: text };
}
