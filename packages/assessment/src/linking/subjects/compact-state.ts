import type { LinkRules } from "../link-rules.ts";
import {
  isGone,
  isLast,
  isStrong,
  openAttachments,
  roleOf,
  type Attachments,
  type RoleCode,
} from "./attachments.ts";
import { openForest, type Forest } from "./forest.ts";
import { openPairs, type Pairs } from "./pairs.ts";
import { JOINS, NEVER, readSigns } from "./signs.ts";
import { openValues, recordAt, relist, type Values } from "./values.ts";

/** How much is expected; more only costs a copy of a column. */
export interface ExpectedSize {
  nodes: number;
  attachments: number;
  values: number;
}

/** The columns of an index; `subject.ts` reads them, nobody else writes them. */
export interface CompactState {
  rules: LinkRules;
  store: Attachments;
  values: Values;
  forest: Forest;
  /** First attachment of each node, -1 without any. */
  runs: Int32Array<ArrayBuffer>;
  /** Report of each node, -1 for a number that is free. */
  reports: Int32Array<ArrayBuffer>;
  /** A verified fact that a person has one of, as a code; 0 for none. No array until there is one. */
  facts: Int32Array<ArrayBuffer>;
  nodes: number;
  free: number[];
  apart: Pairs;
  together: Pairs;
}

/** The columns of an empty index. */
export function openState(rules: LinkRules, expected: Partial<ExpectedSize>): CompactState {
  return {
    rules,
    store: openAttachments(expected.attachments ?? 0),
    values: openValues(expected.values ?? 0),
    forest: openForest(expected.nodes ?? 0),
    runs: new Int32Array(expected.nodes ?? 0),
    reports: new Int32Array(expected.nodes ?? 0),
    facts: new Int32Array(0),
    nodes: 0,
    free: [],
    apart: openPairs(),
    together: openPairs(),
  };
}

/** The next attachment of the same node, or -1. */
export function following(store: Attachments, at: number): number {
  return isLast(store, at) ? -1 : at + 1;
}

/** Reads again what a record's holders are to each other. */
export function survey(state: CompactState, record: number): number[] {
  const { store, values, rules } = state;
  const all = relist(values, store, record, rules.dfCap);
  const signs = readSigns(state, all);
  for (const role of [0, 1] as const) {
    const anchors = values.anchors[role].at;
    const anchor = anchors[record]!;
    // An anchor stays while it can: it is in the set of those who are joined, which a fresh one is not yet.
    if (anchor < 0 || isGone(store, anchor)) anchors[record] = signs.anchors[role];
  }
  values.flags[record] = (values.flags[record]! & (NEVER | JOINS[0] | JOINS[1])) | signs.flags;
  return all;
}

/** Joins all of one role who hold a value strongly. */
export function unite({ store, values, forest }: CompactState, record: number, role: RoleCode): void {
  const anchor = store.node[values.anchors[role].at[record]!]!;
  for (let at = values.head[record]!; at >= 0; at = store.next[at]!)
    if (isStrong(store, at) && roleOf(store, at) === role) forest.join(store.node[at]!, anchor);
}

/** Derives the components of these nodes again from what they hold now. They must be whole components. */
export function derive(state: CompactState, nodes: readonly number[]): void {
  const { store, values, forest, runs, together, apart } = state;
  for (const node of nodes) forest.plant(node);
  for (const node of nodes) {
    for (let at = runs[node]!; at >= 0; at = following(store, at)) {
      if (isGone(store, at) || !isStrong(store, at)) continue;
      const record = recordAt(values, store, at);
      const role = roleOf(store, at);
      if (record >= 0 && (values.flags[record]! & JOINS[role]) !== 0)
        forest.join(node, store.node[values.anchors[role].at[record]!]!);
    }
    for (const other of together.of(node) ?? []) if (!apart.has(node, other)) forest.join(node, other);
  }
}
