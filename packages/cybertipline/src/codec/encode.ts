import { CyberTiplineError } from "../error.ts";
import type { Problem, SchemaProblemCode } from "../problem.ts";
import { type ComplexType, type ElementDeclaration, elementsOf, type SimpleType } from "../schema/model.ts";
import { type XmlOutput, writeXml } from "../xml/write.ts";
import { childPath } from "./context.ts";
import { quote, writeValue } from "./simple-value.ts";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function add(
  problems: Problem[],
  code: SchemaProblemCode,
  path: string,
  message: string,
  remedy: string,
): void {
  problems.push({ code, path, message, remedy });
}

function writeScalar(type: SimpleType, value: unknown, path: string, problems: Problem[]): string {
  const written = writeValue(type, value);
  if (written.ok) return written.value;
  add(problems, "schema.value", path, written.fault.message, written.fault.remedy);
  return "";
}

function encodeAttributes(
  type: ComplexType,
  fields: Fields,
  path: string,
  problems: Problem[],
): XmlOutput["attributes"] {
  const attributes: (readonly [string, string])[] = [];
  for (const { name, type: attributeType, required } of type.attributes) {
    const value = fields[name];
    if (value !== undefined) {
      attributes.push([name, writeScalar(attributeType, value, `${path}/@${name}`, problems)]);
    } else if (required) {
      add(problems, "schema.missing-attribute", `${path}/@${name}`, `${name} is missing.`, `Give ${name}.`);
    }
  }
  return attributes;
}

/** The values of one declared element among the fields of its parent. */
function valuesOf(
  { name, repeats }: ElementDeclaration,
  required: boolean,
  fields: Fields,
  path: string,
  problems: Problem[],
): readonly unknown[] {
  const value = fields[name];
  const given = value !== undefined;
  if (given && repeats !== Array.isArray(value)) {
    const remedy = repeats ? "Give an array." : "Give a single value: this element cannot repeat.";
    add(problems, "schema.value", `${path}/${name}`, `${name} is ${repeats ? "no" : "an"} array.`, remedy);
    return [];
  }
  const values: readonly unknown[] = !given ? [] : repeats && Array.isArray(value) ? value : [value];
  if (required && values.length === 0) {
    add(problems, "schema.missing-element", `${path}/${name}`, `${name} is missing.`, `Give ${name}.`);
  }
  return values;
}

function encodeContent(
  type: ComplexType,
  fields: Fields,
  path: string,
  problems: Problem[],
): XmlOutput["content"] {
  const { content } = type;
  if (content.model === "text") return writeScalar(content.type, fields["value"], path, problems);
  const children: XmlOutput[] = [];
  for (const declaration of elementsOf(content)) {
    const required = declaration.required && content.model !== "choice";
    for (const [index, value] of valuesOf(declaration, required, fields, path, problems).entries()) {
      children.push(encodeElement(declaration, value, childPath(path, declaration, index), problems));
    }
  }
  const groups =
    content.model === "sequence"
      ? content.particles.filter((particle) => particle.kind === "choice").map(({ elements }) => elements)
      : [];
  for (const elements of content.model === "choice" ? [content.elements] : groups) {
    const given = children.filter((child) => elements.some(({ name }) => name === child.name));
    const wanted = elements.map(({ name }) => name).join(", ");
    if (given.length > 1) {
      const both = given.map(({ name }) => name).join(" and ");
      add(
        problems,
        "schema.unexpected-element",
        path,
        `${both} exclude each other.`,
        `Give one of ${wanted}.`,
      );
    } else if (given.length === 0 && content.model === "choice") {
      add(problems, "schema.missing-element", path, `None of ${wanted} is given.`, "Give exactly one.");
    }
  }
  return children;
}

function encodeElement(
  declaration: ElementDeclaration,
  value: unknown,
  path: string,
  problems: Problem[],
): XmlOutput {
  const { name, type, fixed } = declaration;
  if (type.kind === "simple") {
    if (fixed !== undefined && value !== true) {
      add(problems, "schema.value", path, `${name} is not true.`, "Set the flag to true, or leave it out.");
    }
    return { name, path, attributes: [], content: writeScalar(type, value, path, problems) };
  }
  if (!isFields(value)) {
    add(problems, "schema.value", path, `${name} is no object.`, "Give an object with its elements.");
    return { name, path, attributes: [], content: [] };
  }
  const known = new Set([
    ...type.attributes.map((attribute) => attribute.name),
    ...elementsOf(type.content).map((element) => element.name),
    ...(type.content.model === "text" ? ["value"] : []),
  ]);
  for (const [key, given] of Object.entries(value)) {
    if (known.has(key) || given === undefined) continue;
    const message = `${quote(name)} has no element or attribute ${quote(key)}.`;
    add(problems, "schema.unexpected-element", `${path}/${key}`, message, "Remove it.");
  }
  const attributes = encodeAttributes(type, value, path, problems);
  return { name, path, attributes, content: encodeContent(type, value, path, problems) };
}

/**
 * Writes a document of the wire: elements in the order of the schema, everything escaped, nothing rounded or rewritten.
 *
 * @throws CyberTiplineError `document-invalid` with every problem if the value does not fit the schema, so that nothing
 *   is ever sent that a receiver must refuse unread; `character-not-allowed` if a text cannot stand in XML.
 */
export function encodeDocument(root: ElementDeclaration, value: unknown): string {
  const problems: Problem[] = [];
  const output = encodeElement(root, value, `/${root.name}`, problems);
  const first = problems[0];
  if (first !== undefined) {
    const more = problems.length > 1 ? ` (and ${String(problems.length - 1)} more)` : "";
    throw new CyberTiplineError(
      "document-invalid",
      `The ${root.name} cannot be written. ${first.path}: ${first.message} ${first.remedy}${more}`,
      problems,
    );
  }
  return writeXml(output);
}
