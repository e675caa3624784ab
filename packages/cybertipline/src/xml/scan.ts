/**
 * A lexical scan that runs before any parser: one linear pass that finds what is refused outright and adds up what the
 * rest would cost. It tells sections, tags and text apart exactly as long as the document is well-formed; a document that
 * fakes a section is not, and the parser stops at the fake before it reaches what was hidden.
 */
import type { Steps } from "../steps.ts";
import { MAX_CHARACTER_REFERENCES, MAX_STOP_COST, STOP_COST } from "./limits.ts";

interface Finding {
  readonly code: "xml.doctype" | "xml.processing-instruction" | "xml.too-many-references";
  /** UTF-16 units from the start of the text. */
  readonly index: number;
}

const MARKS = /<!--|<!\[CDATA\[|<!DOCTYPE|<\?|<[^!?/]|&#?/gi;

function count(text: string, wanted: string): number {
  let found = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) found += 1;
  return found;
}

/** Where a section ends that closes with a given string, or the end of the text if it never closes. */
function sectionEnd(text: string, close: string, from: number): number {
  const at = text.indexOf(close, from);
  return at === -1 ? text.length : at + close.length;
}

/** Runs through one start tag, quoted values included, and returns its end and what its values cost. */
function scanTag(
  text: string,
  from: number,
): { readonly end: number; readonly cost: number; readonly characterReferences: number } {
  const delimiter = /["'>]/g;
  delimiter.lastIndex = from;
  let cost = 0;
  let characterReferences = 0;
  for (let match = delimiter.exec(text); match !== null; match = delimiter.exec(text)) {
    if (match[0] === ">") return { end: match.index + 1, cost, characterReferences };
    const start = match.index + 1;
    const end = sectionEnd(text, match[0], start);
    const value = text.slice(start, end);
    cost += (count(value, "\t") + count(value, "\n")) * STOP_COST.attributeSpace;
    cost += count(value, "&") * STOP_COST.reference;
    characterReferences += count(value, "&#");
    delimiter.lastIndex = end;
  }
  return { end: text.length, cost, characterReferences };
}

/** Marks that are looked at in one go: a few milliseconds. */
const MARKS_A_STEP = 10_000;

/**
 * The first thing in the text that no parser may see, or undefined; a piece at a time. The text has line feeds as its only line ends.
 */
export function* findingHostile(text: string): Steps<Finding | undefined> {
  const marks = new RegExp(MARKS);
  let cost = count(text, "\n") * STOP_COST.lineFeed;
  let characterReferences = 0;
  if (cost > MAX_STOP_COST) return { code: "xml.too-many-references", index: 0 };
  let seen = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    seen += 1;
    if (seen % MARKS_A_STEP === 0) yield;
    const { index } = match;
    const mark = match[0].toUpperCase();
    const start = index + mark.length;
    if (mark === "<!DOCTYPE") return { code: "xml.doctype", index };
    if (mark === "<?") {
      if (index !== 0 || !/^<\?xml[ \t\n]/.test(text)) return { code: "xml.processing-instruction", index };
      marks.lastIndex = sectionEnd(text, "?>", start);
    } else if (mark === "<!--") {
      marks.lastIndex = sectionEnd(text, "-->", start);
      cost += count(text.slice(start, marks.lastIndex - "-->".length), "-") * STOP_COST.commentHyphen;
    } else if (mark === "<![CDATA[") {
      marks.lastIndex = sectionEnd(text, "]]>", start);
      cost += count(text.slice(start, marks.lastIndex - "]]>".length), "]") * STOP_COST.cdataBracket;
    } else if (mark.startsWith("&")) {
      cost += STOP_COST.reference;
      if (mark === "&#") characterReferences += 1;
    } else {
      const tag = scanTag(text, index);
      marks.lastIndex = tag.end;
      cost += tag.cost;
      characterReferences += tag.characterReferences;
    }
    if (cost > MAX_STOP_COST || characterReferences > MAX_CHARACTER_REFERENCES) {
      return { code: "xml.too-many-references", index };
    }
  }
  return undefined;
}
