import type { Place, Problem, SchemaProblemCode } from "../problem.ts";
import type { ElementDeclaration } from "../schema/model.ts";
import type { XmlElement } from "../xml/element.ts";

/** A document can be wrong in as many places as it has nodes; nobody reads more than these. */
const MAX_PROBLEMS = 100;

/** What one run of the decoder gathers. */
export interface DecodeContext {
  readonly problems: Problem[];
  readonly places: Map<string, Place>;
}

export interface SchemaFault {
  readonly code: SchemaProblemCode;
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

/** Notes a schema problem at an element, or at one of its attributes if the path says so. */
export function note(context: DecodeContext, element: XmlElement, path: string, fault: SchemaFault): void {
  if (context.problems.length >= MAX_PROBLEMS) return;
  const { line, column } = element.place;
  const { code, key, message, remedy } = fault;
  const text = `[${String(line)},${String(column)}] - ${key}: ${path}: ${message} ${remedy}`;
  context.problems.push({ code, path, line, column, message, remedy, text });
}

/** The path of a child, with its position if it may repeat. */
export function childPath(parent: string, declaration: ElementDeclaration, index: number): string {
  return `${parent}/${declaration.name}${declaration.repeats ? `[${String(index + 1)}]` : ""}`;
}
