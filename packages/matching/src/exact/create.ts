import { checkId } from "../near/near-index.ts";
import { checkKey, type ExactIndex, KEY_BYTES } from "./exact-index.ts";
import { buildKeyTable, type KeyTable, type KeyTableImage, openKeyTable, wordsOfKey } from "./key-table.ts";
import { plainExactIndex } from "./plain.ts";

/** Additions that are kept as a map before they become a table. */
const RECENT = 65_536;

/** Tables of this size are not joined any more: building one takes a moment, and additions wait for it. */
const LARGEST_JOINED = 2_000_000;

/** An exact index that many can be put into at once. */
export interface CreatedExactIndex extends ExactIndex {
  /** As `add` for each, of pairs that are not in it yet: 16 bytes of `keys` for each id. */
  addAll(ids: Uint32Array, keys: Uint8Array): void;
  /** Bytes of what is in tables. */
  readonly bytes: number;
  /** What is in it at this moment: it stays so, whatever is added and removed afterwards. */
  image(): ExactImage;
}

/** All that an exact index consists of, so that it can be written to a file and opened again. */
export interface ExactImage {
  readonly seed: number;
  readonly parts: readonly {
    readonly table: KeyTableImage;
    /** Places of the table whose pairs were removed. */
    readonly dead: Uint32Array;
  }[];
  /** Pairs that are in no table yet. */
  readonly ids: Uint32Array;
  readonly keys: Uint8Array;
}

/** A table with what was removed of it, and the keys it was made of while it may still be joined. */
interface Part {
  readonly table: KeyTable;
  readonly dead: Set<number>;
  readonly ids: Uint32Array;
  readonly keys: Uint8Array | null;
}

/**
 * An empty exact index: some 14.2 bytes a key in tables. It keeps 64 bits of a key and
 * chooses its place by the others.
 *
 * @param seed unsigned 32 bits. Give one that others do not know where they choose keys, so that nobody can fill one bucket
 */
export function createExactIndex({ seed = 0x5eed_0002 }: { readonly seed?: number } = {}): CreatedExactIndex {
  return openExactIndex({ seed, parts: [], ids: new Uint32Array(), keys: new Uint8Array() });
}

/** An exact index of what another consisted of; the tables are not copied, and no longer joined with others. */
export function openExactIndex({ seed, ...image }: ExactImage): CreatedExactIndex {
  let parts = image.parts.map(
    ({ table, dead }): Part => ({
      table: openKeyTable(table),
      dead: new Set(dead),
      ids: new Uint32Array(),
      keys: null,
    }),
  );
  let recent = plainExactIndex();
  let recentPairs = new Map<string, { id: number; key: Uint8Array }>();
  let dead = image.parts.reduce((sum, part) => sum + part.dead.length, 0);
  image.ids.forEach((id, at) => addRecent(id, image.keys.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES)));

  function addRecent(id: number, key: Uint8Array): void {
    recent.add(id, key);
    recentPairs.set(pairOf(id, key), { id, key: Uint8Array.from(key.subarray(0, KEY_BYTES)) });
  }

  function placed(id: number, key: Uint8Array): { part: Part; place: number } | null {
    const words = wordsOfKey(key, seed);
    for (const part of parts)
      for (const place of part.table.find(words))
        if (part.table.idAt(place) === id && !part.dead.has(place)) return { part, place };
    return null;
  }

  /** What is recent becomes a table, with small tables that are not much larger than what is joined so far. */
  function settle(): void {
    let [ids, keys] = pairsOf(recentPairs);
    const left: Part[] = [];
    for (const part of parts.toSorted((a, b) => a.table.size - b.table.size)) {
      const size = part.table.size;
      if (
        part.keys === null ||
        part.dead.size > 0 ||
        size > ids.length * 2 ||
        size + ids.length > LARGEST_JOINED
      ) {
        left.push(part);
        continue;
      }
      const joined = new Uint8Array(keys.length + part.keys.length);
      joined.set(keys);
      joined.set(part.keys, keys.length);
      const joinedIds = new Uint32Array(ids.length + size);
      joinedIds.set(ids);
      joinedIds.set(part.ids, ids.length);
      [ids, keys] = [joinedIds, joined];
    }
    const keep = ids.length * 2 < LARGEST_JOINED;
    const table = buildKeyTable({ ids, keys }, seed);
    parts = [
      ...left,
      { table, dead: new Set(), ids: keep ? ids : new Uint32Array(), keys: keep ? keys : null },
    ];
    recent = plainExactIndex();
    recentPairs = new Map();
  }

  return {
    get size() {
      return recent.size + parts.reduce((sum, { table }) => sum + table.size, 0) - dead;
    },
    get bytes() {
      return parts.reduce((sum, { table }) => sum + table.bytes, 0);
    },
    add(id, key) {
      checkId(id);
      checkKey(key);
      if (placed(id, key) !== null) return;
      addRecent(id, key);
      if (recent.size >= RECENT) settle();
    },
    addAll(ids, keys) {
      if (keys.length !== ids.length * KEY_BYTES)
        throw new RangeError(`${ids.length} ids need ${ids.length * KEY_BYTES} bytes, not ${keys.length}`);
      parts = [
        ...parts,
        { table: buildKeyTable({ ids, keys }, seed), dead: new Set(), ids: new Uint32Array(), keys: null },
      ];
    },
    image() {
      const [ids, keys] = pairsOf(recentPairs);
      const tables = parts.map(({ table, dead }) => ({ table: table.image, dead: Uint32Array.from(dead) }));
      return { seed, parts: tables, ids, keys };
    },
    remove(id, key) {
      checkKey(key);
      if (recent.remove(id, key)) return recentPairs.delete(pairOf(id, key));
      const found = placed(id, key);
      if (found === null) return false;
      found.part.dead.add(found.place);
      dead += 1;
      return true;
    },
    find(key) {
      checkKey(key);
      const words = wordsOfKey(key, seed);
      const found = Array.from(recent.find(key));
      for (const { table, dead } of parts)
        for (const place of table.find(words)) if (!dead.has(place)) found.push(table.idAt(place));
      return found.sort((a, b) => a - b);
    },
  };
}

function pairOf(id: number, key: Uint8Array): string {
  return `${id} ${String.fromCharCode(...key.subarray(0, KEY_BYTES))}`;
}

function pairsOf(pairs: ReadonlyMap<string, { id: number; key: Uint8Array }>): [Uint32Array, Uint8Array] {
  const keys = new Uint8Array(pairs.size * KEY_BYTES);
  const ids = Uint32Array.from(pairs.values(), ({ id }) => id);
  let at = 0;
  for (const { key } of pairs.values()) keys.set(key, KEY_BYTES * at++);
  return [ids, keys];
}
