/**
 * The gate in front of every XML parser. It turns bytes into text and refuses what no CyberTipline document needs and
 * what attacks on parsers are made of. What passes may be given to `saxes` and to libxml2 alike, so that the two have as
 * little as possible to disagree about.
 */
import type { Place, Problem, XmlProblemCode } from "../problem.ts";
import { atOnce, type Steps } from "../steps.ts";
import { MAX_BYTES, MAX_CHARACTER_REFERENCES } from "./limits.ts";
import { placeFinder } from "./place.ts";
import { findingHostile } from "./scan.ts";

export type Admitted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

const REFUSALS = {
  "xml.encoding": {
    message: "The document is not valid UTF-8.",
    remedy: "Encode the document as UTF-8 and declare no other encoding.",
  },
  "xml.too-large": {
    message: `The document is larger than ${String(MAX_BYTES)} bytes.`,
    remedy: "Send long texts, such as chat logs, as an uploaded file of the report.",
  },
  "xml.doctype": {
    message: "The document holds a document type declaration.",
    remedy: "Leave out <!DOCTYPE …>. Entities and external schemas are never read.",
  },
  "xml.processing-instruction": {
    message: "The document holds a processing instruction.",
    remedy: "Leave out every <?…?> but the XML declaration at the very start.",
  },
  "xml.too-many-references": {
    message: `The document holds more than ${String(MAX_CHARACTER_REFERENCES)} character references, or too many other places that stop a parser.`,
    remedy: "Write characters as UTF-8 instead of as references, and send long texts as an uploaded file.",
  },
} as const satisfies Partial<Record<XmlProblemCode, { readonly message: string; readonly remedy: string }>>;

function refuse(code: keyof typeof REFUSALS, place?: Place): Admitted {
  return { ok: false, problem: { code, path: "", ...place, ...REFUSALS[code] } };
}

function toText(xml: string | Uint8Array): Admitted {
  if (typeof xml === "string") {
    // Each UTF-16 unit takes at least one byte of UTF-8, so this bound spares encoding a huge text.
    if (xml.length > MAX_BYTES || new TextEncoder().encode(xml).length > MAX_BYTES) {
      return refuse("xml.too-large");
    }
    if (!xml.isWellFormed()) return refuse("xml.encoding");
    return { ok: true, text: xml.startsWith("\uFEFF") ? xml.slice(1) : xml };
  }
  if (xml.byteLength > MAX_BYTES) return refuse("xml.too-large");
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(xml) };
  } catch {
    return refuse("xml.encoding");
  }
}

/**
 * Admits a document to a parser.
 *
 * @param xml UTF-8 bytes, or text that is to be read as if it had been UTF-8; a byte order mark is dropped.
 * @returns the text, with line feeds as its only line ends, or the reason why no parser may see it.
 */
export function admitXml(xml: string | Uint8Array): Admitted {
  return atOnce(admittingXml(xml));
}

/** What is longer than this waits for a turn of its own before it is looked at, and again before it is scanned. Bytes, or UTF-16 units. */
const LONG = 65_536;

/** `admitXml` a piece at a time. */
export function* admittingXml(xml: string | Uint8Array): Steps<Admitted> {
  if (xml.length > LONG) yield;
  const decoded = toText(xml);
  if (!decoded.ok) return decoded;
  if (xml.length > LONG) yield;
  // XML 1.0, section 2.11: an application sees every line end as a single line feed. Doing it here, in one stroke, is
  // several times cheaper than saxes doing it one by one.
  const text = decoded.text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const finding = yield* findingHostile(text);
  if (finding === undefined) return { ok: true, text };
  return refuse(finding.code, placeFinder(text)(finding.index));
}
