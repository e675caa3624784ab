import type { LinkRules } from "../link-rules.ts";
import {
  attachmentBytes,
  freeRun,
  isGone,
  isStrong,
  markGone,
  roleOf,
  writeRun,
  type CompactKeys,
} from "./attachments.ts";
import {
  derive,
  following,
  openState,
  survey,
  unite,
  type CompactState,
  type ExpectedSize,
} from "./compact-state.ts";
import { grown } from "./growing.ts";
import { joining, JOINS, NEVER, SPANS } from "./signs.ts";
import type { Hash64 } from "./value-hash.ts";
import {
  emptySlot,
  firstHolder,
  openRecord,
  putOnList,
  recordAt,
  recordOf,
  slotOf,
  valueBytes,
} from "./values.ts";

/** What a person decided, by node numbers and hashes. */
export type CompactDecision =
  | { kind: "same"; a: number; b: number }
  | { kind: "different"; a: number; b: number }
  | { kind: "never-link"; value: Hash64 };

/** An index of subjects over numbers: one station's desk or a year of the world's reports (see `openCompactIndex`). */
export interface CompactIndex {
  /**
   * Takes in a person of a report, with everything they hold that could join.
   * @param report number of the report: a value joins nobody inside one report
   * @param fact a verified fact that a person has one of, such as a date of birth, as a number other than 0
   * @returns the node's number
   */
  add: (report: number, keys: CompactKeys, fact?: number) => number;
  /** Takes persons away. Many at once cost little more than one; one by one each walks its values' lists. */
  remove: (nodes: readonly number[]) => void;
  /** Takes one value from a person. */
  removeKey: (node: number, value: Hash64) => void;
  decide: (decision: CompactDecision) => void;
  undo: (decision: CompactDecision) => void;
  state: CompactState;
  /** Bytes that the columns take. */
  bytes: () => number;
}

/**
 * Subjects as they change. A value joins the persons of one role who hold it strongly, from two reports or more, unless too many
 * hold it, it is on the never-list, or two of them are known to be different persons. What is joined depends on what is held and
 * decided, never on the order in which it came: where a value joins no longer, the one component that it held together is derived
 * again from what is left.
 *
 * An add looks up each of its values once and walks at most `dfCap` holders of it.
 */
export function openCompactIndex(rules: LinkRules, expected: Partial<ExpectedSize> = {}): CompactIndex {
  if (!(rules.dfCap >= 1 && rules.dfCap < 65_535))
    throw new RangeError(
      `linking: dfCap is ${rules.dfCap}; holders are counted from 1 to 65,534, set it between them`,
    );
  const state = openState(rules, expected);
  const never = new Map<string, Hash64>();
  const { store, values, forest, apart, together } = state;

  function add(report: number, keys: CompactKeys, fact = 0): number {
    const node = state.free.pop() ?? state.nodes++;
    state.runs = grown(state.runs, state.nodes);
    state.reports = grown(state.reports, state.nodes);
    state.reports[node] = report;
    if (fact !== 0 || state.facts.length > 0) {
      state.facts = grown(state.facts, state.nodes);
      state.facts[node] = fact;
    }
    forest.plant(node);
    state.runs[node] = keys.count === 0 ? -1 : writeRun(store, node, keys);
    for (let at = state.runs[node]; at >= 0; at = following(store, at)) attach(at);
    return node;
  }

  function attach(at: number): void {
    const lo = store.lo[at]!;
    const hi = store.hi[at]!;
    const slot = slotOf(values, store, lo, hi);
    const held = values.slots[slot]!;
    if (held === 0) {
      firstHolder(values, store, slot, at);
      return;
    }
    const record = held < 0 ? -held - 1 : share(slot, lo, hi);
    const before = values.flags[record]!;
    putOnList(values, store, record, at, rules.dfCap);
    if (isStrong(store, at)) {
      const role = roleOf(store, at);
      const anchors = values.anchors[role].at;
      const anchor = anchors[record]!;
      if (anchor < 0) anchors[record] = at;
      else if (reportAt(anchor) !== reportAt(at)) values.flags[record] = before | SPANS[role];
      const node = store.node[at]!;
      if ((state.facts[node] ?? 0) !== 0 || apart.of(node) !== undefined) survey(state, record);
    }
    settle(record, before, at);
  }

  function reportAt(at: number): number {
    return state.reports[store.node[at]!]!;
  }

  function share(slot: number, lo: number, hi: number): number {
    const record = openRecord(values, slot);
    const first = values.head[record]!;
    if (isStrong(store, first)) values.anchors[roleOf(store, first)].at[record] = first;
    if (never.size > 0 && never.has(`${hi} ${lo}`)) values.flags[record] = NEVER;
    return record;
  }

  /**
   * Lets a record join what it now joins, and takes apart what it no longer does.
   * @param before its flags before the change
   * @param fresh an attachment that is new to it, or -1
   */
  function settle(record: number, before: number, fresh: number): void {
    const flags = joining(values, record, rules.dfCap);
    values.flags[record] = flags;
    for (const role of [0, 1] as const) {
      const anchor = values.anchors[role].at[record]!;
      const joined = (before & JOINS[role]) !== 0;
      const standing = (flags & JOINS[role]) !== 0;
      if (joined && !standing && anchor >= 0) derive(state, forest.members(store.node[anchor]!));
      else if (standing && !joined) unite(state, record, role);
      else if (standing && fresh >= 0 && isStrong(store, fresh) && roleOf(store, fresh) === role)
        forest.join(store.node[fresh]!, store.node[anchor]!);
    }
  }

  /**
   * Takes attachments away whose nodes stay or go. Each touched value is read once, however many of its holders go.
   * @param leaving nodes that go altogether
   */
  function detach(gone: readonly number[], touched: Iterable<number>, leaving: ReadonlySet<number>): void {
    const broken = new Map<number, number>();
    for (const node of touched) for (const each of forest.members(node)) broken.set(each, each);
    for (const at of gone) markGone(store, at);
    const restored = new Set<{ record: number; before: number }>();
    const seen = new Set<number>();
    for (const at of gone) {
      const slot = slotOf(values, store, store.lo[at]!, store.hi[at]!);
      const held = values.slots[slot]!;
      if (held > 0) emptySlot(values, store, slot);
      const record = -held - 1;
      // Nothing is held where another of its holders, gone too, was the last.
      if (held >= 0 || seen.has(record)) continue;
      const before = values.flags[record]!;
      if (survey(state, record).length === 0) emptySlot(values, store, slot);
      else {
        seen.add(record);
        restored.add({ record, before });
      }
    }
    for (const { record } of restored) values.flags[record] = joining(values, record, rules.dfCap);
    for (const node of leaving) forest.plant(node);
    derive(
      state,
      [...broken.keys()].filter((node) => !leaving.has(node)),
    );
    for (const { record, before } of restored)
      for (const role of [0, 1] as const)
        if ((values.flags[record]! & JOINS[role]) !== 0 && (before & JOINS[role]) === 0)
          unite(state, record, role);
  }

  function remove(nodes: readonly number[]): void {
    const leaving = new Set(nodes.filter((node) => (state.reports[node] ?? -1) >= 0));
    const gone: number[] = [];
    for (const node of leaving)
      for (let at = state.runs[node]!; at >= 0; at = following(store, at))
        if (!isGone(store, at)) gone.push(at);
    const touched = [...leaving];
    for (const node of leaving) {
      apart.drop(node);
      together.drop(node);
    }
    detach(gone, touched, leaving);
    for (const node of leaving) {
      if (state.runs[node]! >= 0) freeRun(store, state.runs[node]!);
      state.runs[node] = -1;
      state.reports[node] = -1;
      if (node < state.facts.length) state.facts[node] = 0;
      state.free.push(node);
    }
  }

  function removeKey(node: number, { lo, hi }: Hash64): void {
    const gone: number[] = [];
    for (let at = state.runs[node]!; at >= 0; at = following(store, at))
      if (store.lo[at] === lo && store.hi[at] === hi && !isGone(store, at)) gone.push(at);
    if (gone.length > 0) detach(gone, [node], new Set());
  }

  /** Reads the records of all values again that both hold. */
  function reconsider(a: number, b: number): void {
    const held = new Set<number>();
    for (let at = state.runs[b]!; at >= 0; at = following(store, at))
      if (!isGone(store, at)) held.add(recordAt(values, store, at));
    for (let at = state.runs[a]!; at >= 0; at = following(store, at)) {
      const record = isGone(store, at) ? -1 : recordAt(values, store, at);
      if (record < 0 || !held.delete(record)) continue;
      const before = values.flags[record]!;
      survey(state, record);
      settle(record, before, -1);
    }
  }

  function markNever(value: Hash64, on: boolean): void {
    const name = `${value.hi} ${value.lo}`;
    if (on) never.set(name, value);
    else never.delete(name);
    const record = recordOf(values, store, value);
    if (record < 0) return;
    const before = values.flags[record]!;
    values.flags[record] = on ? before | NEVER : before & ~NEVER;
    settle(record, before, -1);
  }

  function decide(decision: CompactDecision): void {
    if (decision.kind === "never-link") {
      markNever(decision.value, true);
      return;
    }
    const { kind, a, b } = decision;
    if (kind === "same") {
      together.put(a, b);
      // Who is known to be two persons is not made one: the two decisions ask a third look.
      if (!apart.has(a, b)) forest.join(a, b);
      return;
    }
    apart.put(a, b);
    if (together.has(a, b)) derive(state, forest.members(a));
    reconsider(a, b);
  }

  function undo(decision: CompactDecision): void {
    if (decision.kind === "never-link") {
      markNever(decision.value, false);
      return;
    }
    const { kind, a, b } = decision;
    if (kind === "same") {
      together.take(a, b);
      derive(state, forest.members(a));
      return;
    }
    apart.take(a, b);
    if (together.has(a, b)) forest.join(a, b);
    reconsider(a, b);
  }

  return {
    add,
    remove,
    removeKey,
    decide,
    undo,
    state,
    bytes: () =>
      attachmentBytes(store) +
      valueBytes(values) +
      forest.bytes() +
      state.runs.byteLength +
      state.reports.byteLength +
      state.facts.byteLength,
  };
}
