import assert from "node:assert/strict";
import { test } from "node:test";
import { openCatalogue } from "./catalogue.ts";
import { openCrowd } from "./crowd.ts";
import { itemName } from "./material.ts";
import { randomStream } from "./random.ts";

const RATES = {
  fresh: { photo: 0.535, video: 0.449, other: 0.9 },
  altered: { photo: 0.29, video: 0.51, other: 0 },
  viral: 0.4,
};

test("new, altered, repeated and viral items come in the shares that were asked for", () => {
  const catalogue = openCatalogue(RATES);
  const random = randomStream("seed", "catalogue");
  const drawn = Array.from({ length: 10_000 }, () => catalogue.next(random, "photo"));
  const share = (novelty: string) => drawn.filter((one) => one.novelty === novelty).length / drawn.length;
  assert.ok(Math.abs(share("new") + share("near-duplicate") - 0.535) < 0.015);
  assert.ok(Math.abs(share("near-duplicate") - 0.535 * 0.29) < 0.012);
  assert.ok(Math.abs(share("viral") - 0.465 * 0.4) < 0.012);
  const unique = new Set(drawn.filter(({ item }) => !item.viral).map(({ item }) => itemName(item))).size;
  assert.equal(
    unique,
    drawn.filter(({ novelty }) => novelty === "new" || novelty === "near-duplicate").length,
  );
});

test("what was drawn often is drawn again often", () => {
  const catalogue = openCatalogue({ ...RATES, viral: 0 });
  const random = randomStream("seed", "catalogue");
  const counts = new Map<number, number>();
  for (let i = 0; i < 10_000; i += 1) {
    const { number } = catalogue.next(random, "video").item;
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  assert.ok(most > 50, `the most frequent item came ${most} times`);
});

test("a near duplicate names the picture that it was made from, never another near duplicate", () => {
  const catalogue = openCatalogue(RATES);
  const random = randomStream("seed", "catalogue");
  const looks = new Map<number, number>();
  for (let i = 0; i < 3000; i += 1) {
    const { item } = catalogue.next(random, "photo");
    if (item.looksLike === undefined) continue;
    assert.equal(looks.get(item.number) ?? item.looksLike, item.looksLike);
    looks.set(item.number, item.looksLike);
  }
  for (const original of looks.values()) assert.equal(looks.has(original), false);
});

test("the reports of a crowd fall off as a power of their number, up to the most that one person has", () => {
  const crowd = openCrowd({ fresh: 0.35, most: 100 });
  const random = randomStream("seed", "crowd");
  const counts = new Map<number, number>();
  for (let i = 0; i < 20_000; i += 1) {
    const person = crowd.next(random, "GB", "example-platform");
    counts.set(person, (counts.get(person) ?? 0) + 1);
  }
  const reports = [...counts.values()];
  assert.equal(Math.max(...reports), 100);
  // Those who have reached the most make room for new people, so these are a little more than 0.35.
  assert.ok(Math.abs(counts.size / 20_000 - 0.37) < 0.03, `${counts.size}`);
  // Yule and Simon's law: r / (r + 1) of all people have one report, where r is 1 / (1 - 0.35); that is 0.61.
  const once = reports.filter((count) => count === 1).length / reports.length;
  assert.ok(once > 0.55 && once < 0.68, `${once}`);
});

test("a person stays mostly on the platform that reported them first, and people of two countries are two", () => {
  const crowd = openCrowd({ fresh: 0.3, most: 500 });
  const random = randomStream("seed", "crowd");
  const platforms = new Map<number, string[]>();
  for (let i = 0; i < 5000; i += 1) {
    const platform = i % 2 === 0 ? "one" : "two";
    const person = crowd.next(random, "GB", platform);
    platforms.set(person, [...(platforms.get(person) ?? []), platform]);
  }
  const several = [...platforms.values()].filter((list) => list.length > 1);
  const loyal = several.filter((list) => new Set(list).size === 1).length / several.length;
  assert.ok(loyal > 0.6 && loyal < 0.99, `${loyal}`);
  assert.equal(crowd.next(random, "US", "one"), 0);
});
