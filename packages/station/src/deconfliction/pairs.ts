import { readFile } from "node:fs/promises";
import { yearsOn, type YearKey } from "@fairlead/assessment/deconfliction";
import type { PeerConfig } from "../config.ts";
import { StationError } from "../errors.ts";

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

const KEY_BYTES = 32;

/**
 * Reads the agreed keys, once.
 * @throws StationError `keys.missing` for a file that cannot be read or is not 32 bytes long
 */
export async function openPairs(peers: readonly PeerConfig[]): Promise<Pairs> {
  const pairs = new Map<string, Pair>();
  for (const { id, deconfliction } of peers) {
    if (deconfliction === undefined) continue;
    const { contact, answerHours, conflictHours } = deconfliction;
    const keys = new Map<number, Uint8Array>();
    for (const { year, file } of deconfliction.keys) keys.set(year, await readKey(id, year, file));
    pairs.set(id, { contact, answerHours, conflictHours, keys });
  }
  return pairs;
}

async function readKey(peer: string, year: number, file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw unusable(`The key ${file} for deconfliction with ${peer} in ${year} cannot be read.`, cause);
  });
  if (bytes.length !== KEY_BYTES)
    throw unusable(
      `The key ${file} for deconfliction with ${peer} in ${year} has ${bytes.length} bytes and must have ${KEY_BYTES}.`,
    );
  return new Uint8Array(bytes);
}

function unusable(what: string, cause?: unknown): StationError {
  return new StationError("keys.missing", what, {
    audience: "operator",
    remedy:
      "Agree a key of 32 random bytes with the peer's operator (docs/how-to/agree-a-deconfliction-key.md), or take the year out.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * The keys that count today, the one to ask under first. None: deconfliction with this peer is off until somebody agrees one.
 * @param now milliseconds since 1970
 */
export function keysOn(pair: Pair | undefined, now: number): YearKey[] {
  return yearsOn(new Date(now).toISOString().slice(0, 10)).flatMap((year) => {
    const key = pair?.keys.get(year);
    return key === undefined ? [] : [{ year, key }];
  });
}
