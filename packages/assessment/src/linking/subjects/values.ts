import { isGone, type Attachments } from "./attachments.ts";
import { grown } from "./growing.ts";
import type { Hash64 } from "./value-hash.ts";

/**
 * The values and who holds each. Most values are held once: such a one is only a slot that names its attachment. A value that is held
 * more often has a record.
 */
export interface Values {
  /** Open addressing: 0 free, n the attachment n - 1, -n the record n - 1. */
  slots: Int32Array<ArrayBuffer>;
  filled: number;
  /** First of a record's list; the first of each of its `holders` come first, as long as these are not too many. */
  head: Int32Array<ArrayBuffer>;
  /** A strong attachment of each role, -1 for none; all those of a role that joins are in its set. */
  anchors: readonly [Anchors, Anchors];
  /** Different holders: exact up to the cap, and beyond it no more than "too many". */
  holders: Uint16Array<ArrayBuffer>;
  flags: Uint8Array<ArrayBuffer>;
  records: number;
  freeRecords: number[];
}

interface Anchors {
  at: Int32Array<ArrayBuffer>;
}

export function openValues(room: number): Values {
  const slots = 2 ** Math.max(8, Math.ceil(Math.log2(Math.max(1, room) / FULL)));
  return {
    slots: new Int32Array(slots),
    filled: 0,
    head: new Int32Array(0),
    anchors: [{ at: new Int32Array(0) }, { at: new Int32Array(0) }],
    holders: new Uint16Array(0),
    flags: new Uint8Array(0),
    records: 0,
    freeRecords: [],
  };
}

/** Share of the slots that may be filled. */
const FULL = 0.75;

/** The slot of a value, or the free one where it would go. */
export function slotOf(values: Values, store: Attachments, lo: number, hi: number): number {
  const mask = values.slots.length - 1;
  let slot = placeOf(lo, hi) & mask;
  for (let held = values.slots[slot]!; held !== 0; held = values.slots[slot]!) {
    const at = firstOf(values, held);
    if (store.lo[at] === lo && store.hi[at] === hi) return slot;
    slot = (slot + 1) & mask;
  }
  return slot;
}

/** The record of a value, or -1 while at most one holds it. */
export function recordOf(values: Values, store: Attachments, { lo, hi }: Hash64): number {
  const held = values.slots[slotOf(values, store, lo, hi)]!;
  return held < 0 ? -held - 1 : -1;
}

/** The record of an attachment's value, or -1 while nobody else holds it. */
export function recordAt(values: Values, store: Attachments, at: number): number {
  const held = values.slots[slotOf(values, store, store.lo[at]!, store.hi[at]!)]!;
  return held < 0 ? -held - 1 : -1;
}

/** Everybody who holds a value. */
export function attachmentsOf(values: Values, store: Attachments, { lo, hi }: Hash64): number[] {
  const held = values.slots[slotOf(values, store, lo, hi)]!;
  const all: number[] = [];
  if (held !== 0) for (let at = firstOf(values, held); at >= 0; at = store.next[at]!) all.push(at);
  return all;
}

function firstOf(values: Values, held: number): number {
  return held > 0 ? held - 1 : values.head[-held - 1]!;
}

/** Numbers in a row, as exact names of values are, must not stand in a row (finaliser of MurmurHash3). */
function placeOf(lo: number, hi: number): number {
  let hash = lo ^ Math.imul(hi, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

/** Fills a free slot with the first attachment of a value. */
export function firstHolder(values: Values, store: Attachments, slot: number, at: number): void {
  values.slots[slot] = at + 1;
  values.filled += 1;
  if (values.filled > FULL * values.slots.length) widen(values, store);
}

function widen(values: Values, store: Attachments): void {
  const old = values.slots;
  values.slots = new Int32Array(old.length * 2);
  for (const held of old) if (held !== 0) settleSlot(values, store, held);
}

function settleSlot(values: Values, store: Attachments, held: number): void {
  const at = firstOf(values, held);
  const mask = values.slots.length - 1;
  let slot = placeOf(store.lo[at]!, store.hi[at]!) & mask;
  while (values.slots[slot] !== 0) slot = (slot + 1) & mask;
  values.slots[slot] = held;
}

/** Turns a slot that names one attachment into one with a record. @returns the record, which lists that attachment */
export function openRecord(values: Values, slot: number): number {
  const record = values.freeRecords.pop() ?? values.records++;
  values.head = grown(values.head, values.records);
  for (const anchors of values.anchors) {
    anchors.at = grown(anchors.at, values.records);
    anchors.at[record] = -1;
  }
  values.holders = grown(values.holders, values.records);
  values.flags = grown(values.flags, values.records);
  values.head[record] = values.slots[slot]! - 1;
  values.holders[record] = 1;
  values.flags[record] = 0;
  values.slots[slot] = -record - 1;
  return record;
}

/**
 * Puts one more attachment on a record's list.
 * @param cap holders beyond which they are counted no more
 */
export function putOnList(values: Values, store: Attachments, record: number, at: number, cap: number): void {
  const holders = values.holders[record]!;
  const head = values.head[record]!;
  if (holders <= cap) {
    const holder = store.holder[at]!;
    let last = head;
    let known = store.holder[last] === holder;
    for (let seen = 1; seen < holders; seen += 1) {
      last = store.next[last]!;
      known ||= store.holder[last] === holder;
    }
    if (known) {
      store.next[at] = store.next[last]!;
      store.next[last] = at;
      return;
    }
    values.holders[record] = holders + 1;
  }
  store.next[at] = head;
  values.head[record] = at;
}

/**
 * Counts a record's holders again, leaves out what is gone and puts the first of each holder first.
 * @returns those that are left, in their new order
 */
export function relist(values: Values, store: Attachments, record: number, cap: number): number[] {
  const firsts: number[] = [];
  const others: number[] = [];
  const seen = new Set<number>();
  for (let at = values.head[record]!; at >= 0; at = store.next[at]!) {
    if (isGone(store, at)) continue;
    const holder = store.holder[at]!;
    if (seen.size <= cap && !seen.has(holder)) {
      seen.add(holder);
      firsts.push(at);
    } else others.push(at);
  }
  for (const each of others) firsts.push(each);
  firsts.forEach((at, place) => {
    store.next[at] = firsts[place + 1] ?? -1;
  });
  values.head[record] = firsts[0] ?? -1;
  values.holders[record] = seen.size;
  return firsts;
}

/** Empties the slot of a value that nobody holds any more; those behind it move up, so that no slot stays blocked. */
export function emptySlot(values: Values, store: Attachments, slot: number): void {
  const held = values.slots[slot]!;
  if (held < 0) values.freeRecords.push(-held - 1);
  const mask = values.slots.length - 1;
  let hole = slot;
  values.slots[hole] = 0;
  values.filled -= 1;
  for (let next = (hole + 1) & mask; values.slots[next] !== 0; next = (next + 1) & mask) {
    const at = firstOf(values, values.slots[next]!);
    const home = placeOf(store.lo[at]!, store.hi[at]!) & mask;
    // It may move up unless its home lies between the hole and where it stands, going round.
    if (((next - home) & mask) < ((next - hole) & mask)) continue;
    values.slots[hole] = values.slots[next]!;
    values.slots[next] = 0;
    hole = next;
  }
}

export function valueBytes({ slots, head, anchors, holders, flags }: Values): number {
  return [slots, head, anchors[0].at, anchors[1].at, holders, flags].reduce(
    (sum, column) => sum + column.byteLength,
    0,
  );
}
