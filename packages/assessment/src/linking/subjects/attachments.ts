import type { Strength } from "../key.ts";
import { grown } from "./growing.ts";
import type { Hash64 } from "./value-hash.ts";

/** How strong an attachment is, in two bits. */
export const STRENGTH_CODE: Readonly<Record<Strength, number>> = { never: 0, weak: 1, medium: 2, strong: 3 };

/** What the byte of an attachment says: its strength, whose handle it is, the last of its node's run, taken away. */
const STRONG = 3;
const VICTIM = 4;
const LAST = 8;
const GONE = 16;

/** The persons of one role who hold one value: 0 for suspects, 1 for victims. */
export type RoleCode = 0 | 1;

/** Keys of one node on their way into the compact index; meant to be filled again and again. */
export interface CompactKeys {
  count: number;
  lo: Int32Array<ArrayBuffer>;
  hi: Int32Array<ArrayBuffer>;
  /** `hashHolder` of each. */
  holder: Int32Array<ArrayBuffer>;
  /** `STRENGTH_CODE`, plus 4 for a victim's. */
  what: Uint8Array<ArrayBuffer>;
}

/** Room for the keys of one node. */
export function compactKeys(room: number): CompactKeys {
  return {
    count: 0,
    lo: new Int32Array(room),
    hi: new Int32Array(room),
    holder: new Int32Array(room),
    what: new Uint8Array(room),
  };
}

/** Adds one key to those on their way. */
export function putKey(
  keys: CompactKeys,
  { lo, hi }: Hash64,
  holder: number,
  strength: Strength,
  role: RoleCode,
): void {
  const at = keys.count;
  keys.count += 1;
  keys.lo = grown(keys.lo, keys.count);
  keys.hi = grown(keys.hi, keys.count);
  keys.holder = grown(keys.holder, keys.count);
  keys.what = grown(keys.what, keys.count);
  keys.lo[at] = lo;
  keys.hi[at] = hi;
  keys.holder[at] = holder;
  keys.what[at] = STRENGTH_CODE[strength] | (role === 1 ? VICTIM : 0);
}

/**
 * Who holds what: 21 bytes an attachment, in columns. Those of one node stand together (a run); those of one value are a list
 * through `next`, which the values keep (`values.ts`).
 */
export interface Attachments {
  lo: Int32Array<ArrayBuffer>;
  hi: Int32Array<ArrayBuffer>;
  node: Int32Array<ArrayBuffer>;
  holder: Int32Array<ArrayBuffer>;
  next: Int32Array<ArrayBuffer>;
  what: Uint8Array<ArrayBuffer>;
  used: number;
  /** Runs that are free again, by their length. */
  free: Map<number, number[]>;
}

export function openAttachments(room: number): Attachments {
  return {
    lo: new Int32Array(room),
    hi: new Int32Array(room),
    node: new Int32Array(room),
    holder: new Int32Array(room),
    next: new Int32Array(room),
    what: new Uint8Array(room),
    used: 0,
    free: new Map(),
  };
}

/** Writes a node's run. @returns its first attachment */
export function writeRun(store: Attachments, node: number, keys: CompactKeys): number {
  const first = store.free.get(keys.count)?.pop() ?? store.used;
  if (first === store.used) {
    store.used += keys.count;
    for (const column of ["lo", "hi", "node", "holder", "next"] as const)
      store[column] = grown(store[column], store.used);
    store.what = grown(store.what, store.used);
  }
  for (let each = 0; each < keys.count; each += 1) {
    const at = first + each;
    store.lo[at] = keys.lo[each]!;
    store.hi[at] = keys.hi[each]!;
    store.node[at] = node;
    store.holder[at] = keys.holder[each]!;
    store.next[at] = -1;
    store.what[at] = keys.what[each]! | (each === keys.count - 1 ? LAST : 0);
  }
  return first;
}

/** Gives a run back. */
export function freeRun(store: Attachments, first: number): void {
  let length = 1;
  while (!isLast(store, first + length - 1)) length += 1;
  const free = store.free.get(length);
  if (free === undefined) store.free.set(length, [first]);
  else free.push(first);
}

export function isLast(store: Attachments, at: number): boolean {
  return (store.what[at]! & LAST) !== 0;
}

export function isGone(store: Attachments, at: number): boolean {
  return (store.what[at]! & GONE) !== 0;
}

/** Marks one attachment of a run as taken away; it must have left its value's list. */
export function markGone(store: Attachments, at: number): void {
  store.what[at] = store.what[at]! | GONE;
}

/** Whether it can join by itself: what its value says is another matter. */
export function isStrong(store: Attachments, at: number): boolean {
  return (store.what[at]! & STRONG) === STRONG;
}

export function roleOf(store: Attachments, at: number): RoleCode {
  return (store.what[at]! & VICTIM) === 0 ? 0 : 1;
}

export function strengthCode(store: Attachments, at: number): number {
  return store.what[at]! & STRONG;
}

export function attachmentBytes(store: Attachments): number {
  const { lo, hi, node, holder, next, what } = store;
  return [lo, hi, node, holder, next, what].reduce((sum, column) => sum + column.byteLength, 0);
}
