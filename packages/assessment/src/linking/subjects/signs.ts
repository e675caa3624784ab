import { isStrong, roleOf } from "./attachments.ts";
import type { CompactState } from "./compact-state.ts";
import type { Values } from "./values.ts";

/** Flags of a record, one of each for suspects and for victims: it joins, its holders are of several reports, two of them differ. */
export const JOINS = [1, 2] as const;
export const SPANS = [4, 8] as const;
export const BLOCKED = [16, 32] as const;
/** On the never-list. */
export const NEVER = 64;

/** What the holders of one value are to each other. */
export interface Signs {
  /** `SPANS` and `BLOCKED`. */
  flags: number;
  /** A strong attachment of each role, or -1. */
  anchors: [number, number];
}

/** Reads the signs of a value from its holders, whatever their order. */
export function readSigns({ store, reports, facts, apart }: CompactState, holders: readonly number[]): Signs {
  const anchors: [number, number] = [-1, -1];
  let flags = 0;
  for (const role of [0, 1] as const) {
    const persons: number[] = [];
    let report = -1;
    let fact = 0;
    for (const at of holders) {
      if (!isStrong(store, at) || roleOf(store, at) !== role) continue;
      const node = store.node[at]!;
      const own = facts[node] ?? 0;
      if (anchors[role] < 0) {
        anchors[role] = at;
        report = reports[node]!;
      } else if (reports[node] !== report) flags |= SPANS[role];
      if (own !== 0 && fact !== 0 && own !== fact) flags |= BLOCKED[role];
      if (own !== 0) fact = own;
      if (apart.of(node) !== undefined) persons.push(node);
    }
    if (persons.length > 1 && apart.anyAmong(persons)) flags |= BLOCKED[role];
  }
  return { flags, anchors };
}

/** The flags of a value, with `JOINS` for each role whose persons it joins: they hold it strongly, and nothing speaks against it. */
export function joining(values: Values, record: number, cap: number): number {
  let flags = values.flags[record]! & ~(JOINS[0] | JOINS[1]);
  if ((flags & NEVER) !== 0 || values.holders[record]! > cap) return flags;
  for (const role of [0, 1] as const)
    if ((flags & SPANS[role]) !== 0 && (flags & BLOCKED[role]) === 0) flags |= JOINS[role];
  return flags;
}
