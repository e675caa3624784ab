import { yearsOn, type YearKey } from "@fairlead/assessment/deconfliction";
import type { PeerConfig } from "../config.ts";
import { StationError } from "../errors.ts";
import { type KeyFile, readKey, unusable } from "./key-file.ts";

/** What two stations have agreed for asking each other: a key for each year, whom to turn to here, and how long a conflict may stay open. */
export interface Pair {
  contact: string;
  /** Until an answer is due, and until a conflict must have been released. */
  answerHours: number;
  conflictHours: number;
  keys: ReadonlyMap<number, Uint8Array>;
}

/** By the peer's id; a peer that is not here is neither asked nor answered. */
export type Pairs = ReadonlyMap<string, Pair>;

/** What was read: the pairs, and what is wrong with files whose key a running station does without. */
export interface ReadPairs {
  pairs: Pairs;
  problems: StationError[];
}

/**
 * Reads the agreed keys at a station's start.
 * @param now milliseconds since 1970
 * @throws StationError `keys.missing` for a file that holds no fit key, and for the present year's where no other counts today
 */
export async function openPairs(peers: readonly PeerConfig[], now: number): Promise<Pairs> {
  const { pairs, problems } = await readPairs(peers, now, new Map());
  const [problem] = problems;
  if (problem !== undefined) throw problem;
  return pairs;
}

/**
 * Reads the agreed keys again. A file that a person put in its place since counts from now on; one that is gone or unfit changes
 * nothing that is held already for a year that still counts. What no longer counts is forgotten.
 * @param now milliseconds since 1970
 * @param held what was read before
 */
export async function readPairs(peers: readonly PeerConfig[], now: number, held: Pairs): Promise<ReadPairs> {
  const pairs = new Map<string, Pair>();
  const problems: StationError[] = [];
  const known: KnownKey[] = [];
  for (const { id, deconfliction } of peers) {
    if (deconfliction === undefined) continue;
    const { contact, answerHours, conflictHours } = deconfliction;
    const keys = new Map<number, Uint8Array>();
    let absent: KeyFile | undefined;
    for (const { year, file } of deconfliction.keys) {
      if (isOver(year, now)) continue;
      const named = { peer: id, year, file };
      try {
        const key = held.get(id)?.keys.get(year) ?? (await readFit(named, known));
        if (key !== undefined) {
          keys.set(year, key);
          known.push({ ...named, key });
        } else if (year === yearOf(now)) absent = named;
      } catch (error) {
        if (!(error instanceof StationError)) throw error;
        problems.push(error);
      }
    }
    const pair = { contact, answerHours, conflictHours, keys };
    pairs.set(id, pair);
    // The next year's is agreed in December, and in January the last year's still counts: a station does not stay down for it.
    if (absent !== undefined && keysOn(pair, now).length === 0)
      problems.push(unusable(absent, "is not there"));
  }
  return { pairs, problems };
}

interface KnownKey extends KeyFile {
  key: Uint8Array;
}

/** A key that may be used beside those that are known. @throws StationError `keys.missing` */
async function readFit(named: KeyFile, known: readonly KnownKey[]): Promise<Uint8Array | undefined> {
  const key = await readKey(named);
  const same = key === undefined ? undefined : known.find((each) => Buffer.compare(each.key, key) === 0);
  // Under one key two peers' tokens are equal, and the next year's tell who was asked about in the last.
  if (same !== undefined)
    throw unusable(named, `is the one of ${same.peer} for ${same.year}; each pair has one of its own a year`);
  return key;
}

/** A year whose key counts no more, and will not again. */
function isOver(year: number, now: number): boolean {
  return year < Math.min(...yearsOn(dayOf(now)));
}

const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);
const yearOf = (now: number) => Number(dayOf(now).slice(0, 4));

/**
 * The keys that count today, the one to ask under first. None: deconfliction with this peer is off until somebody agrees one.
 * @param now milliseconds since 1970
 */
export function keysOn(pair: Pair | undefined, now: number): YearKey[] {
  return yearsOn(dayOf(now)).flatMap((year) => {
    const key = pair?.keys.get(year);
    return key === undefined ? [] : [{ year, key }];
  });
}
