export interface GroupOptions<Item> {
  /** The most items in a group. */
  readonly most: number;
  /** How many groups may be under way at once. */
  readonly atOnce: number;
  /** Items with the same key never share a group: each sees the effect of the one before it. */
  readonly keyOf: (item: Item) => string | undefined;
  /** Whether an error says nothing about any one item, so that it is the answer to all of them. */
  readonly isShared: (error: unknown) => boolean;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Does the work of many callers together: whoever comes while a group is under way waits for the next one, so that a group is as large
 * as the load makes it, and a lone caller waits for nobody. Nobody is answered before the group that they are in has ended.
 *
 * A group that fails is taken apart: each of its items is done alone, so that one that cannot be done harms none of the others.
 *
 * @param run does a group, whole or not at all; answers in the order of its items
 */
export function grouped<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  options: GroupOptions<Item>,
): (item: Item) => Promise<Result> {
  let waiting: Array<Waiting<Item, Result>> = [];
  let underWay = 0;

  const alone = async ({ item, done, failed }: Waiting<Item, Result>): Promise<void> => {
    try {
      done(only(await run([item])));
    } catch (error) {
      failed(error);
    }
  };
  const together = async (group: ReadonlyArray<Waiting<Item, Result>>): Promise<void> => {
    try {
      const results = await run(group.map(({ item }) => item));
      if (results.length !== group.length) throw new Error("a group answers once for each of its items");
      for (const [at, { done }] of group.entries()) done(results[at] as Result);
    } catch (error) {
      if (group.length > 1 && !options.isShared(error)) for (const one of group) await alone(one);
      else for (const { failed } of group) failed(error);
    }
  };
  const goOn = (): void => {
    while (underWay < options.atOnce && waiting.length > 0) {
      const { taken, left } = nextGroup(waiting, options);
      waiting = left;
      underWay += 1;
      void together(taken).finally(() => {
        underWay -= 1;
        goOn();
      });
    }
  };
  return (item) =>
    new Promise<Result>((done, failed) => {
      waiting.push({ item, done, failed });
      // Not at once: what else came with the same bytes from the network joins in.
      if (waiting.length === 1) setImmediate(goOn);
    });
}

function nextGroup<Item, Result>(
  waiting: ReadonlyArray<Waiting<Item, Result>>,
  { most, keyOf }: GroupOptions<Item>,
) {
  const taken: Array<Waiting<Item, Result>> = [];
  const left: Array<Waiting<Item, Result>> = [];
  const keys = new Set<string>();
  for (const one of waiting) {
    const key = keyOf(one.item);
    if (taken.length >= most || (key !== undefined && keys.has(key))) left.push(one);
    else taken.push(one);
    // Also of one that is left: a later one with its key must not overtake it.
    if (key !== undefined) keys.add(key);
  }
  return { taken, left };
}

function only<Result>(results: readonly Result[]): Result {
  if (results.length !== 1) throw new Error("a group answers once for each of its items");
  return results[0] as Result;
}
