import {
  type CompactIndex,
  compactKeys,
  type CompactKeys,
  openCompactIndex,
  type RuleSet,
} from "@fairlead/assessment";
import type { PartColumns } from "./columns.ts";

/** A whole year in columns: what every report's own part said, and its place in the index of subjects. */
export interface Gathered {
  readonly index: CompactIndex;
  reports: number;
  readonly day: Uint16Array<ArrayBuffer>;
  readonly level: Uint8Array<ArrayBuffer>;
  readonly tier: Uint8Array<ArrayBuffer>;
  readonly baseTier: Uint8Array<ArrayBuffer>;
  readonly trueTier: Uint8Array<ArrayBuffer>;
  readonly person: Uint32Array<ArrayBuffer>;
  /** First node of each report; those of one report follow each other. -1 for a report without any. */
  readonly node: Int32Array<ArrayBuffer>;
  readonly routing: RoutingCount;
}

/** Where reports went, held against where their people are. */
export interface RoutingCount {
  /** With a resolved installation address: sent to a force, and to the right one. */
  resolved: number;
  right: number;
  /** Without one, sent to a force because of a table of addresses: must be none. */
  fromGeolocationAlone: number;
}

const DAY_MS = 86_400_000;
const KEYS_A_REPORT = 3.5;

export function openGathered(total: number, rules: RuleSet): Gathered {
  const attachments = Math.ceil(total * KEYS_A_REPORT);
  return {
    index: openCompactIndex(rules.linking, { nodes: total, attachments, values: attachments }),
    reports: 0,
    day: new Uint16Array(total),
    level: new Uint8Array(total),
    tier: new Uint8Array(total),
    baseTier: new Uint8Array(total),
    trueTier: new Uint8Array(total),
    person: new Uint32Array(total),
    node: new Int32Array(total).fill(-1),
    routing: { resolved: 0, right: 0, fromGeolocationAlone: 0 },
  };
}

/**
 * Takes in the next part of the year, in order.
 * @param yearStart milliseconds since 1970 of the day that counts as 0
 * @param forces for each of the plan's agencies the place of its force in the truth, or -1 for one that is no force
 */
export function gather(into: Gathered, part: PartColumns, yearStart: number, forces: Int16Array): void {
  const from = into.reports;
  const count = part.level.length;
  for (const name of ["level", "tier", "baseTier", "trueTier", "person"] as const)
    into[name].set(part[name], from);
  for (const [row, at] of part.receivedAt.entries())
    into.day[from + row] = Math.max(0, Math.floor((at - yearStart) / DAY_MS));
  countRouting(into.routing, part, forces);
  linkPart(into.index, into.node, part, from);
  into.reports = from + count;
}

/**
 * Takes the persons of a part into the index.
 * @param firstNode of each report of the year; filled for those of the part
 * @param from number of the part's first report
 */
export function linkPart(index: CompactIndex, firstNode: Int32Array, part: PartColumns, from: number): void {
  const keys = compactKeys(16);
  let begin = 0;
  for (const [each, row] of part.nodeReport.entries()) {
    const end = part.nodeEnd[each] ?? begin;
    fill(keys, part, begin, end);
    const node = index.add(from + row, keys);
    if (firstNode[from + row] === -1) firstNode[from + row] = node;
    begin = end;
  }
}

function fill(
  keys: CompactKeys,
  { keyLo, keyHi, keyHolder, keyWhat }: PartColumns,
  begin: number,
  end: number,
): void {
  keys.count = end - begin;
  if (keys.count > keys.lo.length) Object.assign(keys, compactKeys(keys.count * 2), { count: end - begin });
  keys.lo.set(keyLo.subarray(begin, end));
  keys.hi.set(keyHi.subarray(begin, end));
  keys.holder.set(keyHolder.subarray(begin, end));
  keys.what.set(keyWhat.subarray(begin, end));
}

const NOT_ASKED = -2;
/** `ROUTE_BASES`: resolved, declared, geolocation, none. */
const GEOLOCATION = 2;

function countRouting(count: RoutingCount, part: PartColumns, forces: Int16Array): void {
  for (const [row, agency] of part.resolvedAgency.entries()) {
    const own = part.agency[row] ?? -1;
    if (part.basis[row] === GEOLOCATION && own >= 0 && (forces[own] ?? -1) >= 0)
      count.fromGeolocationAlone += 1;
    if (agency === NOT_ASKED || part.force[row] === -1) continue;
    count.resolved += 1;
    if (agency >= 0 && forces[agency] === part.force[row]) count.right += 1;
  }
}
