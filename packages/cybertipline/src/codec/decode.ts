import type { Decoded, Problem } from "../problem.ts";
import type { ComplexType, ElementDeclaration } from "../schema/model.ts";
import type { XmlAttribute, XmlElement } from "../xml/element.ts";
import { readingXml } from "../xml/read.ts";
import type { Steps } from "../steps.ts";
import { type DecodeContext, childPath, note } from "./context.ts";
import { matchChildren } from "./match.ts";
import { type Result, type Scalar, cut, quote, readFlag, readValue } from "./simple-value.ts";

const SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

/** Nobody ever fetches what this attribute names; senders put it on the root for their editors. */
function isSchemaHint({ name, namespace }: XmlAttribute): boolean {
  return namespace === SCHEMA_INSTANCE && name.endsWith(":noNamespaceSchemaLocation");
}

function noteValue(
  context: DecodeContext,
  element: XmlElement,
  path: string,
  result: Extract<Result<Scalar>, { ok: false }>,
): void {
  note(context, element, path, { code: "schema.value", ...result.fault });
}

function refuseAttributes(
  attributes: readonly XmlAttribute[],
  element: XmlElement,
  path: string,
  key: string,
  context: DecodeContext,
): void {
  for (const { name } of attributes) {
    note(context, element, `${path}/@${cut(name)}`, {
      code: "schema.unexpected-attribute",
      key,
      message: `${quote(element.name)} has no attribute ${quote(name)}.`,
      remedy: "Remove the attribute.",
    });
  }
}

function refuseChildren(element: XmlElement, path: string, key: string, context: DecodeContext): void {
  for (const child of element.children) {
    note(context, child, `${path}/${cut(child.name)}`, {
      code: "schema.unexpected-element",
      key,
      message: `${quote(element.name)} holds text only, no elements.`,
      remedy: "Send the value as text.",
    });
  }
}

function decodeAttributes(
  type: ComplexType,
  element: XmlElement,
  attributes: readonly XmlAttribute[],
  path: string,
  context: DecodeContext,
): Record<string, Scalar> {
  const values: Record<string, Scalar> = {};
  const sent = new Map(
    attributes.filter(({ namespace }) => namespace === "").map((each) => [each.name, each]),
  );
  for (const { name, type: attributeType, required } of type.attributes) {
    const attribute = sent.get(name);
    if (attribute === undefined) {
      if (!required) continue;
      note(context, element, `${path}/@${name}`, {
        code: "schema.missing-attribute",
        key: "cvc-complex-type.4",
        message: `${quote(element.name)} lacks the attribute ${quote(name)}.`,
        remedy: `Add the attribute ${name}.`,
      });
      continue;
    }
    const result = readValue(attributeType, attribute.value);
    if (result.ok) values[name] = result.value;
    else noteValue(context, element, `${path}/@${name}`, result);
  }
  const declared = new Set(type.attributes.map(({ name }) => name));
  const unknown = attributes.filter(({ name, namespace }) => namespace !== "" || !declared.has(name));
  refuseAttributes(unknown, element, path, "cvc-complex-type.3.2.2", context);
  return values;
}

function decodeChildren(
  type: ComplexType,
  element: XmlElement,
  path: string,
  context: DecodeContext,
): Record<string, unknown> {
  const { content } = type;
  if (content.model === "text") {
    refuseChildren(element, path, "cvc-complex-type.2.2", context);
    const result = readValue(content.type, element.text);
    if (result.ok) return { value: result.value };
    noteValue(context, element, path, result);
    return {};
  }
  // Between elements white space is layout; where nothing at all may stand it is not even that.
  const stray = content.model === "empty" ? element.text !== "" : /[^ \t\n\r]/.test(element.text);
  if (stray) {
    note(context, element, path, {
      code: "schema.unexpected-text",
      key: content.model === "empty" ? "cvc-complex-type.2.1" : "cvc-complex-type.2.3",
      message: `${quote(element.name)} holds text of its own.`,
      remedy: "Put the text into one of its elements, or leave it out.",
    });
  }
  if (content.model === "empty") {
    refuseChildren(element, path, "cvc-complex-type.2.1", context);
    return {};
  }
  const values: Record<string, unknown> = {};
  const repeated = new Map<string, unknown[]>();
  for (const { declaration, element: child } of matchChildren(element, path, content, context)) {
    const { name } = declaration;
    const earlier = repeated.get(name) ?? [];
    const value = decodeElement(declaration, child, childPath(path, declaration, earlier.length), context);
    values[name] = declaration.repeats ? earlier : value;
    earlier.push(value);
    repeated.set(name, earlier);
  }
  return values;
}

function decodeElement(
  declaration: ElementDeclaration,
  element: XmlElement,
  path: string,
  context: DecodeContext,
  attributes: readonly XmlAttribute[] = element.attributes,
): unknown {
  const { type, fixed } = declaration;
  context.places.set(path, element.place);
  if (type.kind === "complex") {
    return {
      ...decodeAttributes(type, element, attributes, path, context),
      ...decodeChildren(type, element, path, context),
    };
  }
  refuseAttributes(attributes, element, path, "cvc-type.3.1.1", context);
  refuseChildren(element, path, "cvc-type.3.1.2", context);
  const result = fixed === undefined ? readValue(type, element.text) : readFlag(element.text);
  if (result.ok) return result.value;
  noteValue(context, element, path, result);
  return undefined;
}

function isNotEmpty(problems: readonly Problem[]): problems is readonly [Problem, ...Problem[]] {
  return problems.length > 0;
}

/**
 * Reads a document of the wire against its declaration.
 *
 * @param root the declaration of the root element.
 * @returns the value, with the places of its elements, or every problem found, in document order of their elements.
 */
export function* decodingDocument(
  root: ElementDeclaration,
  xml: string | Uint8Array,
): Steps<Decoded<unknown>> {
  const read = yield* readingXml(xml);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const element = read.root;
  const context: DecodeContext = { problems: [], places: new Map() };
  const path = `/${root.name}`;
  if (element.name !== root.name || element.namespace !== "") {
    const namespace = element.namespace === "" ? "" : ` in the namespace ${quote(element.namespace)}`;
    note(context, element, `/${cut(element.name)}`, {
      code: element.name === root.name ? "schema.namespace" : "schema.root",
      key: "cvc-elt.1.a",
      message: `The root element is ${quote(element.name)}${namespace}.`,
      remedy: `Send a document whose root element is ${root.name}, in no namespace.`,
    });
  }
  const attributes = element.attributes.filter((attribute) => !isSchemaHint(attribute));
  const value =
    context.problems.length === 0 ? decodeElement(root, element, path, context, attributes) : undefined;
  const { problems, places } = context;
  return isNotEmpty(problems) ? { ok: false, problems } : { ok: true, value, places };
}
