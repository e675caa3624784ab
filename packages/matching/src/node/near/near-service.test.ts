import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { drawFrom, hashAt, hashNear, idsUpTo, randomHashes } from "../../near/testing/hashes.ts";
import { followLog, type NearLogEntry } from "./follow.ts";
import { openNear } from "./near-service.ts";

const folder = await mkdtemp(join(tmpdir(), "near-"));
test.after(() => rm(folder, { recursive: true, force: true }));

test("hashes are found and forgotten at once while threads search and merge, and a replica comes to the same", async () => {
  const draw = drawFrom(31);
  const hashes = randomHashes(100_000, draw);
  await using index = openNear({ threads: 2 });
  index.addAll(idsUpTo(20_000), hashes.subarray(0, 20_000 * 32));
  const path = join(folder, "service.near");
  await index.snapshot(path);
  const log: NearLogEntry[] = [];
  const note = (entry: NearLogEntry) => {
    if (entry.kind === "add") index.add(entry.id, entry.hash);
    else index.remove(entry.id);
    index.seq = entry.seq;
    log.push(entry);
  };
  let seq = 0n;
  for (let id = 20_000; id < 100_000; id++) {
    note({ seq: (seq += 1n), kind: "add", id, hash: hashAt(hashes, id) });
    if (id % 4000 !== 0) continue;
    const gone = id - 15_000;
    note({ seq: (seq += 1n), kind: "remove", id: gone });
    const [added, removed] = await Promise.all([
      index.near(hashNear(hashes, id, 31, draw), 31, 5),
      index.near(hashAt(hashes, gone), 31, 5),
    ]);
    assert.deepEqual([added.matches, removed.matches], [[{ id, distance: 31 }], []]);
  }
  await index.settled();
  assert.equal(index.size, 100_000 - 20);

  await using replica = openNear({ threads: 1, snapshot: path });
  assert.equal(replica.size, 20_000);
  await followLog(replica, entriesOf(log));
  // A log may be read again, from any place.
  await followLog(replica, entriesOf(log.slice(-10)));
  assert.deepEqual([replica.size, replica.seq], [index.size, index.seq]);
  const queries = Array.from({ length: 5000 }, () => hashNear(hashes, draw(100_000), draw(40), draw));
  const [here, there] = await Promise.all([index.nearAll(queries, 31, 3), replica.nearAll(queries, 31, 3)]);
  assert.equal(here.length, 5000);
  here.forEach((found, at) => assert.deepEqual(there[at], found));
});

test("queries that come together are answered each with its own, whatever they ask", async () => {
  const draw = drawFrom(32);
  const hashes = randomHashes(2000, draw);
  await using index = openNear({ threads: 1, seed: 9 });
  index.addAll(idsUpTo(2000), hashes);
  const asked = Array.from({ length: 1000 }, (_, at) => ({ id: at, radius: at < 600 ? 31 : at % 32 }));
  const found = await Promise.all(
    asked.map(({ id, radius }) => index.near(hashNear(hashes, id, radius, draw), radius, 2)),
  );
  asked.forEach(({ id, radius }, at) => assert.deepEqual(found[at]?.matches, [{ id, distance: radius }]));
  await assert.rejects(index.near(hashes, 31, 2), RangeError);
});

test("a log that goes back is refused, and nothing after it is applied", async () => {
  await using index = openNear({ threads: 1 });
  const hash = new Uint8Array(32);
  const log: NearLogEntry[] = [
    { seq: 5n, kind: "add", id: 1, hash },
    { seq: 6n, kind: "add", id: 1, hash },
    { seq: 6n, kind: "remove", id: 1 },
  ];
  await assert.rejects(followLog(index, entriesOf(log)), /goes back from 6 to 6/);
  assert.deepEqual([index.size, index.seq], [1, 6n]);
});

test("a closed index answers with an error and not never", async () => {
  const index = openNear({ threads: 1 });
  index.add(1, new Uint8Array(32));
  await index[Symbol.asyncDispose]();
  await assert.rejects(index.near(new Uint8Array(32), 31, 1), /closed/);
});

async function* entriesOf(log: readonly NearLogEntry[]): AsyncIterable<NearLogEntry> {
  for (const entry of log) yield await Promise.resolve(entry);
}
