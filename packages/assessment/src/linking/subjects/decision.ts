import type { KeyKind } from "../key.ts";
import { nodeName, type LinkNode } from "../edge.ts";

/** A value by its name. */
export interface ValueName {
  kind: KeyKind;
  value: string;
}

/**
 * What a person decided. Decisions are facts beside the reports: taking one back gives what would have been without it.
 * - `same`: these two are one person, whatever their values say.
 * - `different`: these two are not. Each value that would join them directly is then known to be shared, and only suggests.
 * - `never-link`: this value names nobody, such as a school's telephone.
 */
export type Decision =
  | { kind: "same"; a: LinkNode; b: LinkNode }
  | { kind: "different"; a: LinkNode; b: LinkNode }
  | { kind: "never-link"; value: ValueName };

/** A decision's name: the same from either side. */
export function decisionName(decision: Decision): string {
  if (decision.kind === "never-link") return `never-link ${valueName(decision.value)}`;
  const [a, b] = [nodeName(decision.a), nodeName(decision.b)].sort();
  return `${decision.kind} ${a} ${b}`;
}

export function valueName({ kind, value }: ValueName): string {
  return `${kind} ${value}`;
}
