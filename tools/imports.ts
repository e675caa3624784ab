import { parseAst } from "vite";

/** One place where a module names another. */
export interface Import {
  readonly specifier: string;
  /** Nothing of it is left when types are stripped. */
  readonly isType: boolean;
  readonly line: number;
}

/** A node of the syntax tree (ESTree with TypeScript's additions), known only by its type. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** @throws if the text is no TypeScript */
export function parse(path: string, text: string): SyntaxNode {
  const tree: unknown = parseAst(text, { lang: path.endsWith(".tsx") ? "tsx" : "ts" }, path);
  if (!isNode(tree)) throw new TypeError(`${path}: the parser gave no tree`);
  return tree;
}

/** This node and every one below it, in the order of the text. */
export function* nodesOf(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of Object.values(node).flat()) if (isNode(child)) yield* nodesOf(child);
}

/** All imports and re-exports of a module: static, of types, and dynamic with a literal. */
export function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(parse(path, text))) {
    const specifier = literal(node["source"]);
    if (specifier !== null)
      found.push({ specifier, isType: isTypeOnly(node), line: lineAt(text, node.start) });
  }
  return found;
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.type === "TSImportType") return true;
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = Array.isArray(node["specifiers"]) ? node["specifiers"].filter(isNode) : [];
  return (
    specifiers.length > 0 &&
    specifiers.every((one) => one["importKind"] === "type" || one["exportKind"] === "type")
  );
}

function literal(value: unknown): string | null {
  return isNode(value) && typeof value["value"] === "string" ? value["value"] : null;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
