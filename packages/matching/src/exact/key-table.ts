import { KEY_BYTES } from "./exact-index.ts";

/** Ids and keys, one behind another. */
export interface KeyedIds {
  readonly ids: Uint32Array;
  /** 16 bytes for each id. */
  readonly keys: Uint8Array;
}

/** What a table consists of. */
export interface KeyTableImage {
  /** For each bucket the place of its first entry, and behind them the end of the last. */
  readonly starts: Uint32Array;
  readonly filter: Int32Array;
  /** Two words of each key. */
  readonly kept: Uint32Array;
  readonly ids: Uint32Array;
}

/** Keys that are never written to: found in a cache line or two, at 14 bytes a key. */
export interface KeyTable {
  readonly size: number;
  readonly image: KeyTableImage;
  /** Entries under this key: their places in the table. */
  find(key: KeyWords): readonly number[];
  idAt(place: number): number;
  readonly bytes: number;
}

/** What a table looks at of a key: a bucket that nobody can choose without the seed, and 64 bits to compare. */
export interface KeyWords {
  readonly bucket: number;
  readonly first: number;
  readonly second: number;
}

/** Keys in a bucket on average: a bucket is about a cache line. */
const BUCKET_KEYS = 6;

/** Bits of the filter for each key, and how many of them a key sets, all in one line of 512 bits. */
const FILTER_BITS = 12;
const LINE_WORDS = 16;
const FILTER_PROBES = 6;

/** All 128 bits choose the bucket; the first 64 are kept. */
export function wordsOfKey(key: Uint8Array, seed: number, at = 0): KeyWords {
  const first = wordAt(key, at);
  const second = wordAt(key, at + 4);
  return { bucket: mix(wordAt(key, at + 8), first, second, wordAt(key, at + 12), seed), first, second };
}

function wordAt(key: Uint8Array, at: number): number {
  return (
    ((key[at] ?? 0) | ((key[at + 1] ?? 0) << 8) | ((key[at + 2] ?? 0) << 16) | ((key[at + 3] ?? 0) << 24)) >>>
    0
  );
}

/** All 128 bits and the seed into 32, each step as in MurmurHash3. */
function mix(a: number, b: number, c: number, d: number, seed: number): number {
  let state = seed;
  for (const word of [a, b, c, d]) {
    let part = Math.imul(word, 0xcc9e_2d51);
    part = Math.imul((part << 15) | (part >>> 17), 0x1b87_3593);
    state ^= part;
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe654_6b64) | 0;
  }
  state = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2_ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** How many words each part of a table of this size has. */
export function wordsOfTable(size: number): Record<keyof KeyTableImage, number> {
  const buckets = Math.max(1, Math.ceil(size / BUCKET_KEYS));
  const lines = Math.max(1, Math.ceil((size * FILTER_BITS) / (LINE_WORDS * 32)));
  return { starts: buckets + 1, filter: lines * LINE_WORDS, kept: size * 2, ids: size };
}

/** Builds a table: two passes over the keys, and an ordering of each bucket. */
export function buildKeyTable({ ids, keys }: KeyedIds, seed: number): KeyTable {
  const size = ids.length;
  const words = wordsOfTable(size);
  const [buckets, lines] = [words.starts - 1, words.filter / LINE_WORDS];
  const starts = new Uint32Array(words.starts);
  const filter = new Int32Array(words.filter);
  const [kept, keptIds] = [new Uint32Array(words.kept), new Uint32Array(words.ids)];
  const bucketOf = (words: KeyWords) => Math.floor((words.bucket / 2 ** 32) * buckets);

  for (let at = 0; at < size; at++) {
    const words = wordsOfKey(keys, seed, at * KEY_BYTES);
    const bucket = bucketOf(words);
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
    setFilter(filter, lines, words);
  }
  for (let bucket = 1; bucket <= buckets; bucket++)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  for (let at = 0; at < size; at++) {
    const words = wordsOfKey(keys, seed, at * KEY_BYTES);
    const bucket = bucketOf(words);
    const place = starts[bucket] ?? 0;
    starts[bucket] = place + 1;
    kept[place * 2] = words.first;
    kept[place * 2 + 1] = words.second;
    keptIds[place] = ids[at] ?? 0;
  }
  // Each start has come to its bucket's end.
  starts.copyWithin(1, 0, buckets);
  starts[0] = 0;
  return openKeyTable({ starts, filter, kept, ids: keptIds });
}

/** A table of what it consists of, which is not copied. */
export function openKeyTable(image: KeyTableImage): KeyTable {
  const { starts, filter, kept, ids: keptIds } = image;
  const [buckets, lines] = [starts.length - 1, filter.length / LINE_WORDS];
  const bucketOf = (words: KeyWords) => Math.floor((words.bucket / 2 ** 32) * buckets);
  return {
    size: keptIds.length,
    image,
    bytes: starts.byteLength + filter.byteLength + kept.byteLength + keptIds.byteLength,
    idAt: (place) => keptIds[place] ?? 0,
    find(words) {
      if (!mayHave(filter, lines, words)) return [];
      const bucket = bucketOf(words);
      const found: number[] = [];
      const end = starts[bucket + 1] ?? 0;
      for (let place = starts[bucket] ?? 0; place < end; place++)
        if (kept[place * 2] === words.first && kept[place * 2 + 1] === words.second) found.push(place);
      return found;
    },
  };
}

function setFilter(filter: Int32Array, lines: number, words: KeyWords): void {
  const line = lineOf(words, lines);
  for (let probe = 0, bits = words.second; probe < FILTER_PROBES; probe++, bits = turn(bits)) {
    const at = line + ((bits >>> 5) & (LINE_WORDS - 1));
    filter[at] = (filter[at] ?? 0) | (1 << (bits & 31));
  }
}

function mayHave(filter: Int32Array, lines: number, words: KeyWords): boolean {
  const line = lineOf(words, lines);
  for (let probe = 0, bits = words.second; probe < FILTER_PROBES; probe++, bits = turn(bits))
    if ((((filter[line + ((bits >>> 5) & (LINE_WORDS - 1))] ?? 0) >>> (bits & 31)) & 1) === 0) return false;
  return true;
}

function lineOf({ bucket, first }: KeyWords, lines: number): number {
  const even = (Math.imul(bucket ^ first, 0x9e37_79b1) >>> 0) / 2 ** 32;
  return Math.floor(even * lines) * LINE_WORDS;
}

/** The bits for the next probe. */
function turn(bits: number): number {
  return (Math.imul(bits, 0x85eb_ca6b) ^ (bits >>> 15)) + 0x9e37_79b9;
}
