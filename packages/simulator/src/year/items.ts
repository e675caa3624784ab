import type { Novelty } from "../catalogue.ts";
import type { Item, MaterialKind } from "../material.ts";
import type { Random } from "../random.ts";
import type { Occasion } from "./arrivals.ts";
import { chooser } from "./chooser.ts";
import { mixed, type Keyed } from "./keyed.ts";
import type { YearProfile } from "./year-profile.ts";

/** What is shared in a report of a year, by the report's number alone. */
export interface YearItems {
  next(
    random: Random,
    about: { index: number; place: number; platform: string; at: number; occasion: Occasion },
  ): { item: Item; novelty: Novelty };
}

/** The six items of the head, then an item for each viral day, then the year's other viral items. */
const HEAD = 6;
const DAY_ITEMS = 366;
/** Items that were known before the year, and then, for each report, its own new ones. */
const FILES = 256;
/** How often an earlier report is tried for a new item of its own before one of earlier years is taken. */
const TRIES = 6;
/** Files beyond the everyday that a viral day's report is about: its first. */
const FIRST = 0;

/**
 * An item is new, or one of the viral ones, or known from earlier years, or what an earlier report of the year was the first to
 * bring. The earlier report lies back by a time that is drawn evenly over its logarithm; whether it brought something new is
 * computed from its number, so that nothing has to be remembered.
 */
export function yearItems(draw: Keyed, profile: YearProfile): YearItems {
  const { items } = profile;
  const kindOf = chooser(profile.files.kinds);
  const [headFrom, headTo] = [Date.parse(items.head.from), Date.parse(items.head.to) + 86_400_000];
  const knownFrom = HEAD + DAY_ITEMS + items.viralItems;
  const ownFrom = knownFrom + items.knownItems;

  /** Kind of the first file of a report that is new, or null where it is not new. */
  const firstNew = (index: number): MaterialKind | null => {
    const kind = kindOf(draw.unit("first-kind", index));
    return draw.unit("first-new", index) < items.fresh[kind] ? kind : null;
  };
  const viral = (number: number, kind: MaterialKind): Item => ({ number, kind, viral: true });
  /** Small ranks come often (a rank is as likely as its inverse), as with everything that people pass on. */
  const ranked = (random: Random, count: number) => Math.floor(count ** random.unit()) - 1;

  const older = (random: Random, kind: MaterialKind): Item => {
    const rank = Math.max(0, ranked(random, items.knownItems));
    // A third of the ranks for each kind, so that an item has one kind.
    const number = knownFrom + rank - (rank % 3) + ["photo", "video", "other"].indexOf(kind);
    return { number, kind, viral: false };
  };
  const earlier = (random: Random, index: number, kind: MaterialKind): Item | undefined => {
    if (index < 1) return undefined;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const from = index - Math.floor(index ** random.unit());
      if (from >= 0 && from < index && firstNew(from) === kind)
        return { number: ownFrom + from * FILES, kind, viral: false };
    }
    return undefined;
  };

  /** What a near duplicate was made from: three in ten from what everybody shares. */
  const model = (random: Random, index: number, kind: MaterialKind): Item => {
    const drawn = random.unit();
    if (drawn < 0.3 && kind === "video") return viral(random.below(HEAD), kind);
    return (drawn < 0.65 ? earlier(random, index, kind) : undefined) ?? older(random, kind);
  };

  return {
    next(random, { index, place, platform, at, occasion }) {
      if (occasion.kind === "viral-day" && place === FIRST)
        return { item: viral(HEAD + occasion.day, "video"), novelty: "viral" };
      const inHead = platform === items.head.platform && at >= headFrom && at < headTo;
      if (inHead && random.unit() < items.head.share)
        return { item: viral(random.below(HEAD), "video"), novelty: "viral" };
      const kind = place === FIRST ? kindOf(draw.unit("first-kind", index)) : kindOf(random.unit());
      const isNew = place === FIRST ? firstNew(index) !== null : random.unit() < items.fresh[kind];
      if (isNew) {
        const number = ownFrom + index * FILES + place;
        if (random.unit() >= items.altered[kind])
          return { item: { number, kind, viral: false }, novelty: "new" };
        const like = model(random, index, kind);
        return { item: { number, kind, viral: false, looksLike: like.number }, novelty: "near-duplicate" };
      }
      if (kind !== "other" && random.unit() < items.viral) {
        const rank = Math.max(0, ranked(random, items.viralItems / 2));
        const number = HEAD + DAY_ITEMS + rank * 2 + (kind === "photo" ? 0 : 1);
        return { item: viral(Math.min(number, knownFrom - 1), kind), novelty: "viral" };
      }
      const again = random.unit() < items.known ? undefined : earlier(random, index, kind);
      return { item: again ?? older(random, kind), novelty: "repeat" };
    },
  };
}

/**
 * The 256 bits by which an item is known to the eye, as PDQ writes them (64 hexadecimal digits). Items that look alike differ in at
 * most 24 bits, below the 31 that are usually taken for a match (Facebook, "The TMK+PDQF video-hashing algorithm and the PDQ
 * image-hashing algorithm", 2019); others in about 128.
 */
export function perceptualHash(item: Item): string {
  const like = item.looksLike ?? item.number;
  const words = Array.from({ length: 8 }, (_, word) =>
    mixed(mixed(like + Math.imul(word + 1, 0x9e3779b1)) ^ Math.floor(like / 4_294_967_296) ^ (word << 20)),
  );
  if (item.looksLike !== undefined) {
    const flips = 2 + ((mixed(item.number ^ 0x51ed270b) >>> 0) % 23);
    for (let flip = 0; flip < flips; flip += 1) {
      const bit = mixed(item.number + Math.imul(flip + 1, 0x27d4eb2f)) >>> 24;
      words[bit >>> 5] = (words[bit >>> 5] ?? 0) ^ (1 << (bit & 31));
    }
  }
  return words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
