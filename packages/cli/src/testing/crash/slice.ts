/** A part of a list, in an order that the seed gives: whatever part is taken, it is spread over the whole. */
export interface Slice {
  readonly seed: number;
  /** How many to pass over: a run that was stopped goes on there. */
  readonly from: number;
  readonly most: number;
  /** Nothing is begun after so many seconds. */
  readonly seconds: number;
}

/** Gives the items of a slice, one after another, for as long as its time lasts. */
export function* sliceOf<Item>(all: readonly Item[], { seed, from, most, seconds }: Slice): Generator<Item> {
  const until = performance.now() + seconds * 1000;
  for (const item of shuffled(all, seeded(seed)).slice(from, from + most)) {
    if (performance.now() > until) return;
    yield item;
  }
}

/** Fisher and Yates. */
function shuffled<Item>(all: readonly Item[], random: () => number): Item[] {
  const items = [...all];
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as Item, items[last] as Item];
  }
  return items;
}

/** mulberry32: small, seeded, and good enough to choose points and moments. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
