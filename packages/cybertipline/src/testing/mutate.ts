/** Small damage to a document: what programmers get wrong about the order and number of elements. For tests only. */
import * as fc from "fast-check";
import type { XmlElement } from "../xml/element.ts";
import { escapeAttribute, escapeText } from "../xml/write.ts";

interface Node {
  name: string;
  attributes: [name: string, value: string][];
  children: Node[];
  text: string;
}

function toNode(element: XmlElement): Node {
  const mixed = element.children.length > 0;
  return {
    name: element.name,
    attributes: element.attributes.map(({ name, value }) => [name, value]),
    children: element.children.map(toNode),
    text: mixed ? "" : element.text,
  };
}

function toXml(node: Node): string {
  const attributes = node.attributes
    .map(([name, value]) => ` ${name}="${escapeAttribute(value, "")}"`)
    .join("");
  const inside = escapeText(node.text, "") + node.children.map(toXml).join("");
  // An element with nothing inside is written in both ways, by turns of its name, since parsers may treat them apart.
  return inside === "" && node.name.length % 2 === 0
    ? `<${node.name}${attributes}/>`
    : `<${node.name}${attributes}>${inside}</${node.name}>`;
}

function everyNode(root: Node): readonly Node[] {
  return [root, ...root.children.flatMap(everyNode)];
}

type Mutation = (nodes: readonly Node[], pick: (below: number) => number) => void;

function withChildren(nodes: readonly Node[], pick: (below: number) => number): Node | undefined {
  const parents = nodes.filter(({ children }) => children.length > 0);
  return parents[pick(parents.length)];
}

const MUTATIONS: readonly Mutation[] = [
  function removeChild(nodes, pick) {
    const parent = withChildren(nodes, pick);
    parent?.children.splice(pick(parent.children.length), 1);
  },
  function duplicateChild(nodes, pick) {
    const parent = withChildren(nodes, pick);
    const index = pick(parent?.children.length ?? 0);
    const child = parent?.children[index];
    if (child !== undefined) parent?.children.splice(index, 0, structuredClone(child));
  },
  function swapChildren(nodes, pick) {
    const parent = withChildren(nodes, pick);
    if (parent === undefined) return;
    const { children } = parent;
    const [first, second] = [pick(children.length), pick(children.length)];
    const [one, other] = [children[first], children[second]];
    if (one === undefined || other === undefined) return;
    children[first] = other;
    children[second] = one;
  },
  function moveToOtherParent(nodes, pick) {
    const parent = withChildren(nodes, pick);
    const [child] = parent?.children.splice(pick(parent.children.length), 1) ?? [];
    const target = nodes[pick(nodes.length)];
    if (child !== undefined && target !== undefined && !everyNode(child).includes(target))
      target.children.push(child);
  },
  function rename(nodes, pick) {
    const node = nodes[pick(nodes.length)];
    const other = nodes[pick(nodes.length)];
    if (node !== undefined && other !== undefined) node.name = other.name;
  },
  function addText(nodes, pick) {
    const node = nodes[pick(nodes.length)];
    const texts = [" ", "x", "true", "false", "1", "\n  ", "2026-01-01T00:00:00Z", "\u00A0"];
    if (node !== undefined) node.text = texts[pick(texts.length)] ?? "";
  },
  function clear(nodes, pick) {
    const node = nodes[pick(nodes.length)];
    if (node === undefined) return;
    node.children = [];
    node.text = "";
  },
  function removeAttribute(nodes, pick) {
    const bearers = nodes.filter(({ attributes }) => attributes.length > 0);
    const node = bearers[pick(bearers.length)];
    node?.attributes.splice(pick(node.attributes.length), 1);
  },
  function addAttribute(nodes, pick) {
    const node = nodes[pick(nodes.length)];
    const names = ["type", "verified", "reason", "hashType", "xml:lang", "fleaCountry", "id"];
    const values = ["true", "", "Home", "EXIF", "1", "Other", "GB"];
    const name = names[pick(names.length)] ?? "";
    if (node === undefined || node.attributes.some(([taken]) => taken === name)) return;
    node.attributes.push([name, values[pick(values.length)] ?? ""]);
  },
];

/**
 * A document with up to three wounds.
 *
 * @param choices numbers from 0 to below 1 that decide what is done where; the same numbers do the same.
 */
export function mutate(root: XmlElement, choices: readonly number[]): string {
  const node = toNode(root);
  let used = 0;
  const pick = (below: number): number => {
    const choice = choices[used % choices.length] ?? 0;
    used += 1;
    return Math.floor(choice * below);
  };
  const wounds = 1 + pick(3);
  for (let wound = 0; wound < wounds; wound += 1) MUTATIONS[pick(MUTATIONS.length)]?.(everyNode(node), pick);
  return toXml(node);
}

/** What `mutate` takes for its choices. */
export const choices: fc.Arbitrary<readonly number[]> = fc.array(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  { minLength: 12, maxLength: 12 },
);
