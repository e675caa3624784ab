import type { MergeTask } from "../../near/merge.ts";
import type { SegmentImage } from "../../near/image.ts";
import type { IndexParts } from "../../near/searcher.ts";
import type { Near, NearFound } from "../../near/near-index.ts";

/** What a thread is started with. */
export interface ThreadStart {
  /** Which of the rooms for work it has. */
  readonly thread: number;
}

export type ToThread =
  | { readonly kind: "parts"; readonly parts: IndexParts }
  /** Permuted queries, 32 bytes each. */
  | {
      readonly kind: "search";
      readonly queries: Uint8Array;
      readonly radius: number;
      readonly limit: number;
    }
  | { readonly kind: "merge"; readonly task: MergeTask };

export type FromThread =
  | { readonly kind: "found"; readonly found: Uint32Array }
  | { readonly kind: "merged"; readonly image: SegmentImage };

/** For each query: how many matches, whether there are more, and a pair of id and distance for each. */
export function packFound(all: readonly NearFound[]): Uint32Array {
  const packed = new Uint32Array(all.reduce((sum, { matches }) => sum + 2 + matches.length * 2, 0));
  let at = 0;
  for (const { matches, more } of all) {
    packed[at++] = matches.length;
    packed[at++] = more ? 1 : 0;
    for (const { id, distance } of matches) {
      packed[at++] = id;
      packed[at++] = distance;
    }
  }
  return packed;
}

export function unpackFound(packed: Uint32Array): NearFound[] {
  const all: NearFound[] = [];
  for (let at = 0; at < packed.length; ) {
    const [count, more] = [packed[at] ?? 0, packed[at + 1] === 1];
    at += 2;
    const matches: Near[] = [];
    for (const end = at + count * 2; at < end; at += 2)
      matches.push({ id: packed[at] ?? 0, distance: packed[at + 1] ?? 0 });
    all.push({ matches, more });
  }
  return all;
}
