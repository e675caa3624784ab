/** Writes the schema table as an XML Schema 1.0 document of our own. */
import { type XmlOutput, writeXml } from "../xml/write.ts";
import { ROOTS } from "./documents.ts";
import {
  type AttributeDeclaration,
  type ChoiceDeclaration,
  type ComplexType,
  type ElementDeclaration,
  type Particle,
  type SimpleType,
  elementsOf,
} from "./model.ts";

type Attributes = readonly (readonly [string, string])[];

function node(name: string, attributes: Attributes, children: readonly XmlOutput[] = []): XmlOutput {
  return { name, path: name, attributes, content: children };
}

function occurs(declaration: { readonly required: boolean; readonly repeats: boolean }): Attributes {
  const least = declaration.required ? [] : [["minOccurs", "0"] as const];
  const most = declaration.repeats ? [["maxOccurs", "unbounded"] as const] : [];
  return [...least, ...most];
}

function elementNode(declaration: ElementDeclaration, place: "root" | "inner"): XmlOutput {
  const { name, type, fixed } = declaration;
  return node("xs:element", [
    ["name", name],
    ["type", type.name],
    ...(fixed === undefined ? [] : [["fixed", fixed] as const]),
    ...(place === "root" ? [] : occurs(declaration)),
  ]);
}

function attributeNode({ name, type, required }: AttributeDeclaration): XmlOutput {
  return node("xs:attribute", [
    ["name", name],
    ["type", type.name],
    ...(required ? [["use", "required"] as const] : []),
  ]);
}

function choiceNode({ elements }: ChoiceDeclaration): XmlOutput {
  return node(
    "xs:choice",
    [],
    elements.map((element) => elementNode(element, "inner")),
  );
}

function contentNodes({ content, attributes }: ComplexType): readonly XmlOutput[] {
  const attributeNodes = attributes.map(attributeNode);
  if (content.model === "empty") return attributeNodes;
  if (content.model === "text") {
    const extension = node("xs:extension", [["base", content.type.name]], attributeNodes);
    return [node("xs:simpleContent", [], [extension])];
  }
  const particles: readonly Particle[] = content.model === "sequence" ? content.particles : content.elements;
  const children = particles.map((particle) =>
    particle.kind === "choice" ? choiceNode(particle) : elementNode(particle, "inner"),
  );
  return [node(`xs:${content.model}`, [], children), ...attributeNodes];
}

function simpleTypeNode({ name, base, values, pattern, minimum, maximum }: SimpleType): XmlOutput {
  const facet = (kind: string, value: string): XmlOutput => node(`xs:${kind}`, [["value", value]]);
  const facets = [
    ...(pattern === undefined ? [] : [facet("pattern", pattern)]),
    ...(values ?? []).map((value) => facet("enumeration", value)),
    ...(minimum === undefined ? [] : [facet("minInclusive", String(minimum))]),
    ...(maximum === undefined ? [] : [facet("maxInclusive", String(maximum))]),
  ];
  return node("xs:simpleType", [["name", name]], [node("xs:restriction", [["base", `xs:${base}`]], facets)]);
}

/** Collects each named type that an element uses, once, the used before the users. */
function collect(type: SimpleType | ComplexType, into: Map<string, SimpleType | ComplexType>): void {
  const known = into.get(type.name);
  if (known === type) return;
  if (known !== undefined) throw new Error(`two types of the schema table are called ${type.name}`);
  if (type.kind === "simple") {
    if (!type.name.startsWith("xs:")) into.set(type.name, type);
    return;
  }
  if (type.content.model === "text") collect(type.content.type, into);
  for (const { type: inner } of type.attributes) collect(inner, into);
  for (const { type: inner } of elementsOf(type.content)) collect(inner, into);
  into.set(type.name, type);
}

/**
 * Our schema of the wire, generated from the table.
 *
 * It has the global elements `report`, `fileDetails`, `reportResponse` and `reportDoneResponse`, no target namespace and
 * qualified local elements, so that a client can load it from `/xsd` and validate with it. Like NCMEC's it knows structure
 * and types; lengths and all other application rules are checked apart.
 */
export function xsd(): string {
  const types = new Map<string, SimpleType | ComplexType>();
  for (const root of ROOTS) collect(root.type, types);
  const typeNodes = [...types.values()].map((type) =>
    type.kind === "simple"
      ? simpleTypeNode(type)
      : node("xs:complexType", [["name", type.name]], contentNodes(type)),
  );
  return writeXml(
    node(
      "xs:schema",
      [
        ["xmlns:xs", "http://www.w3.org/2001/XMLSchema"],
        ["elementFormDefault", "qualified"],
      ],
      [...ROOTS.map((root) => elementNode(root, "root")), ...typeNodes],
    ),
  );
}
