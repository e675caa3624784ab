import { bridgesOf, type CompactBridge } from "./bridges.ts";
import type { CompactState } from "./compact-state.ts";

/** Why a subject waits for a person: it is too large, or holds two who are known to be different persons. */
export type Frozen = "too-large" | "different-persons";

export interface CompactSubject {
  /** Node numbers in ascending order; at least the node asked for. */
  members: number[];
  frozen: readonly Frozen[];
}

/** The subject of a node: everybody whom joining values hold together with it. */
export function compactSubjectOf(state: CompactState, node: number): CompactSubject {
  const members = state.forest.members(node).sort((a, b) => a - b);
  const frozen: Frozen[] = [];
  if (members.length > state.rules.maxComponent) frozen.push("too-large");
  if (holdsConflict(state, members)) frozen.push("different-persons");
  return { members, frozen };
}

/** What to look at first in a subject that waits: see `bridgesOf`. */
export function compactBridges(state: CompactState, node: number, limit = 20): CompactBridge[] {
  // In the order of node numbers, so that the walk, and what it shows first, is the same whatever came first.
  return bridgesOf(
    state,
    state.forest.members(node).sort((a, b) => a - b),
    limit,
  );
}

/** A node of each subject of two members or more. */
export function* compactSubjects({ forest, reports, nodes }: CompactState): Generator<number> {
  for (let node = 0; node < nodes; node += 1)
    if (reports[node]! >= 0 && forest.root(node) === node && forest.size(node) > 1) yield node;
}

function holdsConflict({ facts, apart, forest }: CompactState, members: readonly number[]): boolean {
  let fact = 0;
  for (const node of members) {
    const own = facts[node] ?? 0;
    if (own !== 0 && fact !== 0 && own !== fact) return true;
    if (own !== 0) fact = own;
    for (const other of apart.of(node) ?? []) if (forest.root(other) === forest.root(node)) return true;
  }
  return false;
}
