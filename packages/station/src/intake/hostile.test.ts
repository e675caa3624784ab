import assert from "node:assert/strict";
import { test } from "node:test";
import { attack } from "../../deep/hostile/attack.ts";
import { hostileCorpus } from "../../deep/hostile/corpus.ts";
import { startAttacked } from "../../deep/hostile/stations.ts";

/** Of the whole corpus, which `npm run deep -- hostile` goes through. A prime, so that every table has its turn. */
const EVERY = 13;
/** On a machine with much other work an answer takes seconds; a request that is never whole waits for its end as long as this. */
const PATIENCE_MS = 12_000;

test("the corpus is as large as it says, and no two of its attacks have one name", () => {
  const names = hostileCorpus().map(({ kind, name }) => `${kind} ${name}`);
  assert.ok(names.length > 1700, String(names.length));
  assert.equal(new Set(names).size, names.length);
});

test("every attack of a slice gets the answer that its table says, and none leaves anything of its own", async (t) => {
  const stations = await startAttacked(t);
  const slice = hostileCorpus().filter((_, at) => at % EVERY === 0);
  const { unexpected, faults } = await attack(slice, stations, PATIENCE_MS);
  assert.deepEqual(unexpected, []);
  assert.equal(faults, 0);
  assert.equal(({} as Record<string, unknown>)["admin"], undefined);
  for (const { station } of [stations.clearinghouse, stations.platform]) {
    for await (const { name } of station.station.vault.objects.list()) assert.match(name, /^[0-9a-f]{32}$/);
    const { rows } = await station.station.db.pool.query("select 1 from report");
    assert.equal(rows.length, 0);
    const moved = await station.station.db.pool.query(
      "select 1 from upload where length = 100 and received <> 10",
    );
    assert.equal(moved.rows.length, 0);
  }
});
