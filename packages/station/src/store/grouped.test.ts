import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { grouped } from "./grouped.ts";

interface Item {
  key: string | undefined;
  value: number;
}

/** A worker whose groups end when the test says so. */
function setUp(
  options: { most?: number; atOnce?: number; fails?: (items: readonly Item[]) => Error | undefined } = {},
) {
  const groups: Item[][] = [];
  const held: Array<() => void> = [];
  let holds = true;
  const add = grouped<Item, number>(
    async (items) => {
      groups.push([...items]);
      if (holds) await new Promise<void>((resolve) => held.push(resolve));
      const error = options.fails?.(items);
      if (error !== undefined) throw error;
      return items.map(({ value }) => value * 10);
    },
    {
      most: options.most ?? 64,
      atOnce: options.atOnce ?? 1,
      keyOf: ({ key }) => key,
      isShared: (error) => error instanceof RangeError,
    },
  );
  const release = () => {
    holds = false;
    for (const go of held.splice(0)) go();
  };
  const values = () => groups.map((group) => group.map(({ value }) => value));
  return { add, groups, values, release };
}

const item = (value: number, key?: string): Item => ({ key, value });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what comes while a group is under way goes together into the next, and each gets its own answer", async () => {
  const { add, values, release } = setUp();
  const first = add(item(1));
  await turn();
  const others = [add(item(2)), add(item(3)), add(item(4))];
  await turn();
  assert.deepEqual(values(), [[1]]);
  release();
  assert.deepEqual(await Promise.all([first, ...others]), [10, 20, 30, 40]);
  assert.deepEqual(values(), [[1], [2, 3, 4]]);
});

test("nobody is answered before their group has ended", async () => {
  const { add, release } = setUp();
  let answered = false;
  const one = add(item(1)).then(() => {
    answered = true;
  });
  for (let n = 0; n < 5; n += 1) await turn();
  assert.equal(answered, false);
  release();
  await one;
});

test("two of one key never share a group, and none overtakes another of its key", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a", "b", "c", undefined), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      async (keys, most) => {
        const { add, groups, release } = setUp({ most });
        const all = keys.map((key, value) => add(item(value, key)));
        release();
        assert.deepEqual(
          await Promise.all(all),
          keys.map((_, value) => value * 10),
        );
        for (const group of groups) {
          const own = group.flatMap(({ key }) => key ?? []);
          assert.equal(new Set(own).size, own.length);
          assert.ok(group.length <= most);
        }
        for (const key of ["a", "b", "c"]) {
          const order = groups.flat().filter((found) => found.key === key);
          assert.deepEqual(
            order,
            order.toSorted((x, y) => x.value - y.value),
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("one that cannot be done fails alone; those that were with it are done", async () => {
  const { add, release } = setUp({
    fails: (items) => (items.some(({ value }) => value === 2) ? new Error("two cannot be done") : undefined),
  });
  const all = Promise.allSettled([add(item(1)), add(item(2)), add(item(3))]);
  release();
  const [one, two, three] = await all;
  assert.deepEqual(
    [one, three],
    [
      { status: "fulfilled", value: 10 },
      { status: "fulfilled", value: 30 },
    ],
  );
  assert.equal(two.status, "rejected");
});

test("an error that is nobody's own is everybody's, and nothing is done twice because of it", async () => {
  const { add, values, release } = setUp({ fails: () => new RangeError("the database is away") });
  const all = Promise.allSettled([add(item(1)), add(item(2))]);
  release();
  for (const result of await all) assert.equal(result.status, "rejected");
  assert.deepEqual(values(), [[1, 2]]);
});
