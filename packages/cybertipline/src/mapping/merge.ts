/**
 * Puts values that travelled as statements back into a document. Where the document and a statement speak of the same value,
 * the statement wins: it is what was sent.
 */
import { readFlag, readValue, type Scalar } from "../codec/simple-value.ts";
import { type ComplexType, type ElementDeclaration, elementsOf } from "../schema/model.ts";

/** One element of the document to be: its own text, its attributes and its children, as far as statements name them. */
interface Node {
  text: string | null | undefined;
  readonly attributes: Map<string, string | null>;
  readonly children: Map<string, Map<number, Node>>;
}

function emptyNode(): Node {
  return { text: undefined, attributes: new Map(), children: new Map() };
}

const STEP = /^([A-Za-z0-9]+)(?:\[([1-9]\d{0,5})\])?$/;

/** Puts one value at its path, unless that has not the form of one. */
function plant(root: Node, steps: readonly string[], text: string | null): void {
  let node = root;
  for (const [index, step] of steps.entries()) {
    if (step.startsWith("@") && index === steps.length - 1) {
      node.attributes.set(step.slice(1), text);
      return;
    }
    const match = STEP.exec(step);
    if (match === null) return;
    const [, name = "", position] = match;
    const children = node.children.get(name) ?? new Map<number, Node>();
    const slot = position === undefined ? 0 : Number(position) - 1;
    const child = children.get(slot) ?? emptyNode();
    children.set(slot, child);
    node.children.set(name, children);
    node = child;
  }
  node.text = text;
}

/**
 * In these lists a report may hold some of the elements while others travelled as statements. An element whose core value is
 * in a statement travelled so altogether; the others take the remaining positions in order.
 */
const CORES: Readonly<Record<string, (node: Node) => boolean>> = {
  phone: ({ text }) => text !== undefined,
  email: ({ text }) => text !== undefined,
  emailAddress: ({ text }) => text !== undefined,
  url: ({ text }) => text !== undefined,
  displayName: ({ text }) => text !== undefined,
  profileUrl: ({ text }) => text !== undefined,
  priorCTReports: ({ text }) => text !== undefined,
  priorCTReport: ({ text }) => text !== undefined,
  additionalInfo: ({ text }) => text !== undefined,
  ipCaptureEvent: ({ children }) => children.has("ipAddress"),
  deviceId: ({ children }) => children.has("idValue"),
  originalFileHash: ({ attributes }) => attributes.has("hashType"),
};

/** A value of the document and what statements say at the same place. */
interface Slot {
  readonly value: unknown;
  readonly node: Node | undefined;
}

function slotsOf(
  name: string,
  values: readonly unknown[],
  nodes: ReadonlyMap<number, Node>,
): readonly Slot[] {
  const hasCore = CORES[name];
  const rest = [...values];
  const slots: Slot[] = [];
  const positions = [...nodes.keys()].sort((one, other) => one - other);
  for (const position of positions) {
    while (slots.length < position && rest.length > 0) slots.push({ value: rest.shift(), node: undefined });
    const node = nodes.get(position);
    const whole = node !== undefined && hasCore?.(node) === true;
    slots.push({ value: whole ? undefined : rest.shift(), node });
  }
  return [...slots, ...rest.map((value) => ({ value, node: undefined }))];
}

function mergeScalar(
  declaration: { readonly fixed?: "true" } & Pick<ElementDeclaration, "type">,
  value: unknown,
  text: string | null | undefined,
): unknown {
  if (text === undefined) return value;
  if (text === null) return undefined;
  const { type } = declaration;
  if (type.kind !== "simple") return value;
  const read = declaration.fixed === undefined ? readValue(type, text) : readFlag(text);
  return read.ok ? (read.value satisfies Scalar) : value;
}

function mergeComplex(type: ComplexType, value: unknown, node: Node): unknown {
  const fields: Record<string, unknown> = { ...(value as Readonly<Record<string, unknown>> | undefined) };
  for (const { name, type: attribute } of type.attributes) {
    const merged = mergeScalar({ type: attribute }, fields[name], node.attributes.get(name));
    if (merged === undefined) delete fields[name];
    else fields[name] = merged;
  }
  if (type.content.model === "text") {
    const merged = mergeScalar({ type: type.content.type }, fields["value"], node.text);
    if (merged !== undefined) fields["value"] = merged;
  }
  for (const child of elementsOf(type.content)) {
    const nodes = node.children.get(child.name);
    if (nodes === undefined) continue;
    const before = fields[child.name];
    const values: readonly unknown[] = before === undefined ? [] : Array.isArray(before) ? before : [before];
    const merged = slotsOf(child.name, values, nodes)
      .map((slot) => mergeElement(child, slot))
      .filter((each) => each !== undefined);
    if (merged.length === 0) delete fields[child.name];
    else fields[child.name] = child.repeats ? merged : merged[0];
  }
  return fields;
}

function mergeElement(declaration: ElementDeclaration, { value, node }: Slot): unknown {
  if (node === undefined) return value;
  if (node.text === null) return undefined;
  return declaration.type.kind === "simple"
    ? mergeScalar(declaration, value, node.text)
    : mergeComplex(declaration.type, value, node);
}

/**
 * @param root declaration of the document.
 * @param value the document as far as the report holds it.
 * @param texts by path, as `joined` gives them.
 * @returns the whole document. What is no path or no value of the wire is left out. The document may not fit the schema if
 *   the statements do not belong to the report.
 */
export function mergeStatements(
  root: ElementDeclaration,
  value: unknown,
  texts: ReadonlyMap<string, string | null>,
): unknown {
  const node = emptyNode();
  for (const [path, text] of texts) plant(node, path.split("/").slice(2), text);
  return mergeElement(root, { value, node });
}
