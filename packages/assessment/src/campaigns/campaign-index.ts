import { openForest } from "../linking/subjects/forest.ts";
import type { CampaignRules } from "./campaign-rules.ts";
import { countAll, countName, countOf, openDistinct, type Distinct } from "./distinct.ts";
import { openPerceptualIndex } from "./perceptual-index.ts";
import type { Sighting } from "./sighting.ts";

/** A file, by its bytes or by its looks. */
export interface CampaignItem {
  kind: "exact" | "perceptual";
  hash: string;
}

/** Many reports of one viral item. It bundles reports for work; it says nothing about who did what and makes no subject (law 5). */
export interface Campaign {
  /** Sorted by kind and hash: files of the same bytes, and pictures that look alike. */
  items: CampaignItem[];
  /** Different holders and reports: exact up to 1,024, about so many beyond. */
  holders: number;
  reports: number;
  senders: string[];
  countries: string[];
  /** Milliseconds since 1970. */
  firstSeen: number;
  lastSeen: number;
  /** Sightings of each UTC day that has any, in order. */
  days: Array<{ day: string; sightings: number }>;
}

/** Campaigns as sightings come. */
export interface CampaignIndex {
  add: (sightings: Iterable<Sighting>) => void;
  /** The campaign of an item, if it is one by now. */
  campaignOf: (item: CampaignItem) => Campaign | undefined;
  /** All campaigns, those that most holders have first. */
  campaigns: () => Campaign[];
}

interface Tally {
  holders: Distinct;
  reports: Distinct;
  senders: Set<string>;
  countries: Set<string>;
  first: number;
  last: number;
  days: Map<number, number>;
}

const DAY_MS = 86_400_000;

/**
 * Opens an empty index. Each item has a tally of its own, which only its own sightings touch; what belongs to one campaign is added up
 * when it is asked for. An index holds some 16 million items; a year of the world is split by the first digit of the hash. In whatever order sightings come, the campaigns are the same.
 */
export function openCampaignIndex(rules: CampaignRules): CampaignIndex {
  const numbers = new Map<string, number>();
  /** Most items are seen once: until a second time the sighting itself is all there is to know. */
  const tallies: Array<Tally | Sighting | undefined> = [];
  const items: CampaignItem[] = [];
  const alike = openForest(0);
  const looks = openPerceptualIndex(rules.distance);
  /** Number of each perceptual hash here, by its number in `looks`. */
  const byLook: number[] = [];

  function numberOf(item: CampaignItem): number {
    const name = itemName(item);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = items.push(item) - 1;
    numbers.set(name, number);
    alike.plant(number);
    if (item.kind === "perceptual") {
      for (const look of looks.near(item.hash)) alike.join(number, byLook[look]!);
      looks.add(item.hash);
      byLook.push(number);
    }
    return number;
  }

  function add(sightings: Iterable<Sighting>): void {
    for (const sighting of sightings) {
      const seen = itemsOf(sighting).map(numberOf);
      const [first, second] = seen;
      if (first === undefined) continue;
      const known = tallies[first];
      if (known === undefined) tallies[first] = sighting;
      else note((tallies[first] = tallyOf(known)), sighting);
      // One file by its bytes and by its looks; it is counted once.
      if (second !== undefined) alike.join(first, second);
    }
  }

  function campaignAt(number: number): Campaign | undefined {
    // One sighting has one holder.
    if (rules.holders >= 1 && alike.size(number) === 1 && isSighting(tallies[number])) return undefined;
    const members = alike.members(number);
    const seen = members.flatMap((each) => {
      const held = tallies[each];
      return held === undefined ? [] : [tallyOf(held)];
    });
    const holders = openDistinct();
    for (const tally of seen) countAll(holders, tally.holders);
    if (countOf(holders) <= rules.holders) return undefined;
    return campaignOfTallies(
      members.map((each) => items[each]!),
      seen,
      countOf(holders),
    );
  }

  return {
    add,
    campaignOf: (item) => {
      const number = numbers.get(itemName(item));
      return number === undefined ? undefined : campaignAt(number);
    },
    campaigns: () => {
      const all: Campaign[] = [];
      for (let number = 0; number < items.length; number += 1) {
        if (alike.root(number) !== number) continue;
        const campaign = campaignAt(number);
        if (campaign !== undefined) all.push(campaign);
      }
      return all.sort(
        (a, b) => b.holders - a.holders || (itemName(a.items[0]!) < itemName(b.items[0]!) ? -1 : 1),
      );
    },
  };
}

/** The campaigns of a whole set of sightings. */
export function campaignsOf(sightings: Iterable<Sighting>, rules: CampaignRules): Campaign[] {
  const index = openCampaignIndex(rules);
  index.add(sightings);
  return index.campaigns();
}

/** Sightings of the last days before a time, and of as many days before these: the two that say whether it grows. */
export function growthOf({ days }: Campaign, now: number, window: number): { last: number; before: number } {
  const today = Math.floor(now / DAY_MS);
  let last = 0;
  let before = 0;
  for (const { day, sightings } of days) {
    const age = today - Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
    if (age >= 0 && age < window) last += sightings;
    else if (age >= window && age < 2 * window) before += sightings;
  }
  return { last, before };
}

function itemsOf({ exact, perceptual }: Sighting): CampaignItem[] {
  return [
    ...(exact === undefined ? [] : [{ kind: "exact" as const, hash: exact }]),
    ...(perceptual === undefined ? [] : [{ kind: "perceptual" as const, hash: perceptual }]),
  ];
}

function itemName({ kind, hash }: CampaignItem): string {
  return `${kind} ${hash}`;
}

function isSighting(held: Tally | Sighting | undefined): held is Sighting {
  return held !== undefined && "report" in held;
}

function tallyOf(held: Tally | Sighting): Tally {
  if (!isSighting(held)) return held;
  const tally = openTally();
  note(tally, held);
  return tally;
}

function openTally(): Tally {
  return {
    holders: openDistinct(),
    reports: openDistinct(),
    senders: new Set(),
    countries: new Set(),
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    days: new Map(),
  };
}

function note(tally: Tally, { report, holder, sender, country, at }: Sighting): void {
  countName(tally.holders, holder);
  countName(tally.reports, report);
  tally.senders.add(sender);
  if (country !== undefined) tally.countries.add(country);
  tally.first = Math.min(tally.first, at);
  tally.last = Math.max(tally.last, at);
  const day = Math.floor(at / DAY_MS);
  tally.days.set(day, (tally.days.get(day) ?? 0) + 1);
}

function campaignOfTallies(
  items: readonly CampaignItem[],
  tallies: readonly Tally[],
  holders: number,
): Campaign {
  const reports = openDistinct();
  const days = new Map<number, number>();
  for (const tally of tallies) {
    countAll(reports, tally.reports);
    for (const [day, sightings] of tally.days) days.set(day, (days.get(day) ?? 0) + sightings);
  }
  const names = (of: (tally: Tally) => ReadonlySet<string>) =>
    [...new Set(tallies.flatMap((tally) => [...of(tally)]))].sort();
  return {
    items: items.toSorted((a, b) => (itemName(a) < itemName(b) ? -1 : 1)),
    holders,
    reports: countOf(reports),
    senders: names(({ senders }) => senders),
    countries: names(({ countries }) => countries),
    firstSeen: Math.min(...tallies.map(({ first }) => first)),
    lastSeen: Math.max(...tallies.map(({ last }) => last)),
    days: [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, sightings]) => ({
        day: new Date(day * DAY_MS).toISOString().slice(0, 10),
        sightings,
      })),
  };
}
