import { nodeName, type LinkNode } from "@fairlead/assessment";
import type { PersonKey, ReportId } from "@fairlead/report";

/** A person of a report as the tables name them: '' where nobody says who it is. */
export interface Node {
  report_id: string;
  person: string;
}

/** As the pure rules name them. */
export function linkNode({ report_id, person }: Node): LinkNode {
  const report = report_id as ReportId;
  return person === "" ? { report } : { report, person: person as PersonKey };
}

/** As the tables name them. */
export function nodeRow({ report, person }: LinkNode): Node {
  return { report_id: report, person: person ?? "" };
}

/** The name of a node; the id of a subject is that of its first member. */
export function nameOf(node: Node): string {
  return nodeName(linkNode(node));
}

/** The node of a name; `undefined` for text that is none. */
export function nodeOfName(name: string): Node | undefined {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:#([a-z][a-z-]*-[0-9]+))?$/.exec(name);
  return found?.[1] === undefined ? undefined : { report_id: found[1], person: found[2] ?? "" };
}
