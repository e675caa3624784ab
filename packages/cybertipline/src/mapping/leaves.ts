/** A document as a flat list: every value that was sent, with its path. */
import { childPath } from "../codec/context.ts";
import type { Scalar } from "../codec/simple-value.ts";
import { type ElementDeclaration, elementsOf } from "../schema/model.ts";

export interface Leaf {
  readonly path: string;
  /** As on the wire; empty for an element that holds nothing at all. */
  readonly text: string;
}

/** All values below an element, attributes first, in the order of the wire. */
export function leavesOf(declaration: ElementDeclaration, value: unknown, path: string): readonly Leaf[] {
  const { type } = declaration;
  if (type.kind === "simple") return [{ path, text: String(value) }];
  const fields = value as Readonly<Record<string, unknown>>;
  const leaves: Leaf[] = [];
  for (const { name } of type.attributes) {
    const attribute = fields[name] as Scalar | undefined;
    if (attribute !== undefined) leaves.push({ path: `${path}/@${name}`, text: String(attribute) });
  }
  if (type.content.model === "text") leaves.push({ path, text: String(fields["value"]) });
  for (const child of elementsOf(type.content)) {
    const inside = fields[child.name];
    if (inside === undefined) continue;
    const values: readonly unknown[] = Array.isArray(inside) ? inside : [inside];
    for (const [index, each] of values.entries()) {
      leaves.push(...leavesOf(child, each, childPath(path, child, index)));
    }
  }
  return leaves.length === 0 ? [{ path, text: "" }] : leaves;
}
