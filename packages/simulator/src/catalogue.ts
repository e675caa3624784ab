import { chance, pick } from "./draw.ts";
import type { Item, MaterialKind } from "./material.ts";
import type { Random } from "./random.ts";

/** How often what is shared was shared before. Shares are of files, from 0 to 1. */
export interface CatalogueRates {
  /** Share of files whose bytes were never seen before. */
  fresh: Record<MaterialKind, number>;
  /** Share of those that look like one that was. */
  altered: Record<MaterialKind, number>;
  /** Share of the others that are one of the few viral items. */
  viral: number;
}

export type Novelty = "new" | "near-duplicate" | "repeat" | "viral";

/** Draws what is shared next. It remembers a number for each file drawn, never a file. */
export interface Catalogue {
  next(random: Random, kind: MaterialKind): { item: Item; novelty: Novelty };
}

/** The viral head: six items stand for the six videos that made up half of one platform's reports in two months. */
const VIRAL: Readonly<Record<MaterialKind, readonly number[]>> = {
  photo: [0, 1, 2],
  video: [3, 4, 5],
  other: [6],
};
const FIRST_NUMBER = 7;

/** An empty catalogue. */
export function openCatalogue(rates: CatalogueRates): Catalogue {
  let count = FIRST_NUMBER;
  /** Every file drawn so far, by kind, as item numbers: an item that was drawn often is drawn again often. */
  const drawn: Record<MaterialKind, number[]> = { photo: [], video: [], other: [] };
  const originals = new Map<number, number>();
  const found = (kind: MaterialKind, number: number): Item => ({
    number,
    kind,
    viral: number < FIRST_NUMBER,
    ...(originals.has(number) ? { looksLike: originals.get(number) } : {}),
  });
  return {
    next(random, kind) {
      const before = drawn[kind];
      if (before.length === 0 || chance(random, rates.fresh[kind])) {
        const number = count;
        count += 1;
        const altered = before.length > 0 && chance(random, rates.altered[kind]);
        if (altered) {
          const old = pick(random, before);
          originals.set(number, originals.get(old) ?? old);
        }
        before.push(number);
        return { item: found(kind, number), novelty: altered ? "near-duplicate" : "new" };
      }
      if (chance(random, rates.viral))
        return { item: found(kind, pick(random, VIRAL[kind])), novelty: "viral" };
      const number = pick(random, before);
      before.push(number);
      return { item: found(kind, number), novelty: "repeat" };
    },
  };
}
