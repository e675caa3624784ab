import type { PartColumns } from "./columns.ts";

/** Counts how often each of very many 64-bit hashes is seen: twelve bytes an item in columns, by open addressing. */
export interface ItemCounts {
  /** @returns the item's place, which changes when the table grows */
  add(lo: number, hi: number): void;
  /** Gives each item that was seen more than `least` times a number, from 0; call it once, after the last `add`. */
  choose(least: number): Chosen;
}

export interface Chosen {
  readonly count: number;
  /** The number of an item, or -1. */
  of(lo: number, hi: number): number;
}

const FULL = 0.7;

export function countItems(expected: number): ItemCounts {
  let size = 2 ** Math.max(10, Math.ceil(Math.log2(expected / FULL)));
  let los = new Int32Array(size);
  let his = new Int32Array(size);
  let counts = new Uint32Array(size);
  let used = 0;

  function slotOf(lo: number, hi: number): number {
    const mask = size - 1;
    let slot = (Math.imul(lo, 0x9e37_79b1) ^ hi) & mask;
    while (counts[slot] !== 0 && (los[slot] !== lo || his[slot] !== hi)) slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    const [oldLos, oldHis, oldCounts] = [los, his, counts];
    size *= 2;
    [los, his, counts] = [new Int32Array(size), new Int32Array(size), new Uint32Array(size)];
    for (const [at, count] of oldCounts.entries()) {
      if (count === 0) continue;
      const slot = slotOf(oldLos[at] ?? 0, oldHis[at] ?? 0);
      los[slot] = oldLos[at] ?? 0;
      his[slot] = oldHis[at] ?? 0;
      counts[slot] = count;
    }
  }

  return {
    add(lo, hi) {
      if (used > size * FULL) grow();
      const slot = slotOf(lo, hi);
      if (counts[slot] === 0) {
        los[slot] = lo;
        his[slot] = hi;
        used += 1;
      }
      counts[slot] = (counts[slot] ?? 0) + 1;
    },
    choose(least) {
      // From here on a count is the item's number plus one, or 0 for an item that nobody asks about.
      let chosen = 0;
      const numbers = new Uint32Array(size);
      for (const [slot, count] of counts.entries()) if (count > least) numbers[slot] = ++chosen;
      return { count: chosen, of: (lo, hi) => (numbers[slotOf(lo, hi)] ?? 0) - 1 };
    },
  };
}

/** An item that many hold. */
export interface YearCampaign {
  holders: number;
  sightings: number;
  /** Numbers of the first and last report that have it. */
  first: number;
  last: number;
}

/** The items that more different holders have than `least`, of parts that are gone through twice. */
export interface CampaignSearch {
  count(part: PartColumns): void;
  collect(part: PartColumns, firstReport: number): void;
  find(): { campaigns: YearCampaign[]; isCampaign: (lo: number, hi: number) => boolean };
}

/**
 * First every sighting is counted, then holders are told apart for those items only that have enough sightings: so a year needs one
 * table of its items and not a set of people for each.
 * @param least a campaign has more holders than this
 */
export function searchCampaigns(least: number, expectedItems: number): CampaignSearch {
  const counts = countItems(expectedItems);
  let chosen: Chosen | undefined;
  let pairs = new Float64Array(1024);
  let used = 0;
  const seen: YearCampaign[] = [];
  const choice = (): Chosen => (chosen ??= counts.choose(least));
  return {
    count({ sightingLo, sightingHi }) {
      for (const [at, lo] of sightingLo.entries()) counts.add(lo, sightingHi[at] ?? 0);
    },
    collect({ sightingLo, sightingHi, sightingHolder, sightingReport }, firstReport) {
      for (const [at, lo] of sightingLo.entries()) {
        const number = choice().of(lo, sightingHi[at] ?? 0);
        if (number < 0) continue;
        if (used === pairs.length) {
          const wider = new Float64Array(pairs.length * 2);
          wider.set(pairs);
          pairs = wider;
        }
        pairs[used] = number * 2 ** 32 + ((sightingHolder[at] ?? 0) >>> 0);
        used += 1;
        const report = firstReport + (sightingReport[at] ?? 0);
        const one = (seen[number] ??= { holders: 0, sightings: 0, first: report, last: report });
        one.sightings += 1;
        one.first = Math.min(one.first, report);
        one.last = Math.max(one.last, report);
      }
    },
    find() {
      const sorted = pairs.subarray(0, used).sort();
      for (let at = 0; at < used; at += 1) {
        if (at > 0 && sorted[at] === sorted[at - 1]) continue;
        const one = seen[Math.floor((sorted[at] ?? 0) / 2 ** 32)];
        if (one !== undefined) one.holders += 1;
      }
      const isCampaign = (lo: number, hi: number) => (seen[choice().of(lo, hi)]?.holders ?? 0) > least;
      return { campaigns: seen.filter(({ holders }) => holders > least), isCampaign };
    },
  };
}
