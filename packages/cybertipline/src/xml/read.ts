import { SaxesParser } from "saxes";
import type { Place, Problem, XmlProblemCode } from "../problem.ts";
import { atOnce, type Steps } from "../steps.ts";
import type { XmlAttribute, XmlElement } from "./element.ts";
import { admittingXml } from "./gate.ts";
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_NODES } from "./limits.ts";
import { placeFinder } from "./place.ts";

const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

export type ReadXml =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly problem: Problem };

/** An element whose end tag has not come yet. */
interface OpenElement {
  readonly name: string;
  namespace: string;
  attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  text: string;
  readonly place: Place;
}

/** Thrown out of the parser's event handlers, which have no other way to stop it; never leaves this file. */
class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** UTF-16 units that a parser gets at a time: the slowest of them take it a few milliseconds. */
const SLICE = 16_384;

/**
 * Reads a document into a tree of elements, in one pass, and stops at the first thing that is wrong or too much.
 *
 * Comments are dropped, CDATA is text. No entity but the five of XML itself exists, and nothing outside the document is
 * ever read.
 */
export function readXml(xml: string | Uint8Array): ReadXml {
  return atOnce(readingXml(xml));
}

/**
 * `readXml` a piece at a time, for a process that has others to serve meanwhile.
 * @param slice UTF-16 units of a piece
 */
export function* readingXml(xml: string | Uint8Array, slice = SLICE): Steps<ReadXml> {
  const admitted = yield* admittingXml(xml);
  if (!admitted.ok) return admitted;
  const { text } = admitted;
  const parser = new SaxesParser({ xmlns: true });
  const placeAt = placeFinder(text);
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let nodes = 0;
  let attributes = 0;

  const refuse = (code: XmlProblemCode, message: string, remedy: string): never => {
    // saxes counts columns from 0, and has read one character past the fault.
    const column = Math.max(1, parser.column);
    throw new Refusal({ code, path: "", line: parser.line, column, message, remedy });
  };
  const countNode = (): void => {
    nodes += 1;
    if (nodes > MAX_NODES) {
      refuse(
        "xml.too-many-nodes",
        `The document holds more than ${String(MAX_NODES)} nodes.`,
        "Split it into several reports.",
      );
    }
  };
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element === undefined) return;
    countNode();
    element.text += part;
  };

  parser.on("error", (error) => {
    const reason = error.message.replace(/^\d+:\d+: /, "");
    refuse(
      "xml.malformed",
      `The document is not well-formed XML: ${reason}`,
      "Write it with an XML library that escapes <, > and & in text.",
    );
  });
  parser.on("xmldecl", (declaration) => {
    if (declaration.encoding !== undefined && declaration.encoding.toUpperCase() !== "UTF-8") {
      refuse(
        "xml.encoding",
        `The document declares the encoding ${declaration.encoding}.`,
        "Encode the document as UTF-8 and declare no other encoding.",
      );
    }
    if (declaration.version !== "1.0") {
      refuse("xml.malformed", "The document is not XML version 1.0.", 'Declare version="1.0".');
    }
  });
  parser.on("comment", countNode);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("opentagstart", (tag) => {
    countNode();
    attributes = 0;
    if (open.length >= MAX_DEPTH) {
      refuse(
        "xml.too-deep",
        `Elements are nested more than ${String(MAX_DEPTH)} deep.`,
        "No CyberTipline document needs that; check what produced it.",
      );
    }
    // The parser stands just behind the name, so the last "<" before it opened this tag.
    const place = placeAt(text.lastIndexOf("<", parser.position - 1));
    open.push({ name: tag.name, namespace: "", attributes: [], children: [], text: "", place });
  });
  parser.on("attribute", () => {
    countNode();
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) {
      refuse(
        "xml.too-many-attributes",
        `An element has more than ${String(MAX_ATTRIBUTES)} attributes.`,
        "No CyberTipline element has more than five.",
      );
    }
  });
  parser.on("opentag", (tag) => {
    const element = open.at(-1);
    if (element === undefined) return;
    element.namespace = tag.uri;
    element.attributes = Object.values(tag.attributes)
      .filter((attribute) => attribute.uri !== XMLNS_NAMESPACE)
      .map(({ name, uri, value }) => ({ name, namespace: uri, value }));
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });

  try {
    for (let at = 0; at < text.length; at += slice) {
      if (text.length > slice) yield;
      parser.write(text.slice(at, at + slice));
    }
    parser.close();
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
  if (root === undefined)
    throw new Error("saxes ended a document without a root element and without an error");
  return { ok: true, root };
}
