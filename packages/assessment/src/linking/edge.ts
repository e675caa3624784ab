import type { PersonKey, ReportId } from "@fairlead/report";
import type { KeyKind, LinkingKey, Strength } from "./key.ts";

/** One person of one report. Without a person: somebody in the report, nobody says who. */
export interface LinkNode {
  report: ReportId;
  person?: PersonKey;
}

/** A link: two reports share a value. `from` is the one whose name sorts first, so that an edge is the same from either side. */
export interface Edge {
  from: LinkNode;
  to: LinkNode;
  kind: KeyKind;
  value: string;
  strength: Exclude<Strength, "never">;
  /** Only strong edges join reports into a subject. */
  joins: boolean;
  why: string;
}

/** A node's name, unique and sortable. */
export function nodeName({ report, person }: LinkNode): string {
  return person === undefined ? report : `${report}#${person}`;
}

/** An edge's name: the same edge found twice has the same one. */
export function edgeName({ from, to, kind, value }: Edge): string {
  return JSON.stringify([nodeName(from), nodeName(to), kind, value]);
}

/** Who holds a key of a report. */
export function nodeOf(report: ReportId, { person }: Pick<LinkingKey, "person">): LinkNode {
  return person === undefined ? { report } : { report, person };
}

/** The edge between two nodes by a value, the same from either side. */
export function edgeOf(
  a: LinkNode,
  b: LinkNode,
  { kind, value }: Pick<LinkingKey, "kind" | "value">,
  strength: Edge["strength"],
  why: string,
): Edge {
  const [from, to] = nodeName(a) < nodeName(b) ? [a, b] : [b, a];
  return { from, to, kind, value, strength, joins: strength === "strong", why };
}
