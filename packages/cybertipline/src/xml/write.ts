import { CyberTiplineError } from "../error.ts";

/** An element to be written: text or children, never both. */
export interface XmlOutput {
  readonly name: string;
  /** Where it stands, for error messages. */
  readonly path: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly content: string | readonly XmlOutput[];
}

/**
 * XML 1.0, section 2.2: "Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]". Nothing else
 * can stand in a document, not even as a character reference.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what this expression is about
const NOT_A_CHAR = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function escapeWith(text: string, path: string, special: RegExp): string {
  const bad = NOT_A_CHAR.exec(text);
  if (bad !== null) {
    const name = `U+${(bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    throw new CyberTiplineError(
      "character-not-allowed",
      `${path}: the character ${name} at offset ${String(bad.index)} cannot stand in an XML 1.0 document. ` +
        "Remove it, or send the text as an uploaded file of the report.",
    );
  }
  return text.replace(special, (character) => {
    switch (character) {
      case "&":
        return "&amp;";
      case "<":
        return "&lt;";
      case ">":
        return "&gt;";
      case '"':
        return "&quot;";
      default:
        // Tab, line feed and carriage return: a parser would read them back as something else.
        return `&#${String(character.charCodeAt(0))};`;
    }
  });
}

/** Escapes text between tags. A carriage return is written as a reference: a parser turns a bare one into a line feed. */
export function escapeText(text: string, path: string): string {
  return escapeWith(text, path, /[&<>\r]/g);
}

/** Escapes an attribute's value for double quotes. White space other than blanks is written as references. */
export function escapeAttribute(value: string, path: string): string {
  return escapeWith(value, path, /[&<>"\t\n\r]/g);
}

function writeElement(element: XmlOutput, indent: string): string {
  const { name, path, content } = element;
  const attributes = element.attributes
    .map(([key, value]) => ` ${key}="${escapeAttribute(value, `${path}/@${key}`)}"`)
    .join("");
  if (content.length === 0) return `${indent}<${name}${attributes}/>\n`;
  if (typeof content === "string") {
    return `${indent}<${name}${attributes}>${escapeText(content, path)}</${name}>\n`;
  }
  const children = content.map((child) => writeElement(child, `${indent}  `)).join("");
  return `${indent}<${name}${attributes}>\n${children}${indent}</${name}>\n`;
}

/**
 * Writes a document with the prolog that NCMEC's own answers have. Element names come from the schema table and are
 * written as they are; everything else is escaped.
 *
 * @throws CyberTiplineError `character-not-allowed` if a text holds a character that XML 1.0 forbids.
 */
export function writeXml(root: XmlOutput): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${writeElement(root, "")}`;
}
