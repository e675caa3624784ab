import assert from "node:assert/strict";
import { before, test } from "node:test";
import { until } from "../testing/desk.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { recordObjects } from "../vault/index.ts";
import { verifyStation } from "./verify.ts";

const end = endOfFile();
let at: TestStation;
const ids: string[] = [];
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  const sender = await testSender(at);
  for (let n = 0; n < 3; n += 1) ids.push(await accepted(sender, [testFile(), testFile()]));
  await until("the last checkpoint", async () => (await verify()).pending === 0);
});

async function verify() {
  const { db, vault, audit } = at.station;
  return await verifyStation({ db, vault, tiles: audit.tiles, verifier: audit.signer.verifier });
}

const run = (text: string, values: unknown[] = []) => at.station.db.pool.query(text, values);

test("a station that nobody has touched agrees with itself in every place", async () => {
  const { ok, breaches, leaves, reports, objects } = await verify();
  assert.deepEqual(breaches, []);
  assert.deepEqual([ok, reports, objects], [true, 3, 6]);
  assert.ok(leaves >= 4);
});

/** An insider's edit by SQL, how verify names it, and how it is taken back. */
const EDITS: Array<{ what: string; edit: string; undo: string; where: string; how: RegExp }> = [
  {
    what: "a word of a report",
    edit: `update report set content = jsonb_set(content, '{incident,platform}', '"Another Example"') where id = $1`,
    undo: `update report set content = jsonb_set(content, '{incident,platform}', '"Example Chat"') where id = $1`,
    where: "store",
    how: /content is not what was acknowledged/,
  },
  {
    what: "a leaf's actor",
    edit: "update leaf set actor = actor || '-x' where report_id = $1",
    undo: "update leaf set actor = left(actor, -2) where report_id = $1",
    where: "store",
    how: /changed after its leaf was written/,
  },
  {
    what: "a leaf's time",
    edit: "update leaf set at = at - interval '1 hour' where report_id = $1",
    undo: "update leaf set at = at + interval '1 hour' where report_id = $1",
    where: "store",
    how: /changed after its leaf was written/,
  },
  {
    what: "a leaf's commitment",
    edit: "update leaf set commitment = sha256(commitment), salt = salt where report_id = $1",
    undo: "",
    where: "log",
    how: /another leaf at this place/,
  },
];

for (const { what, edit, undo, where, how } of EDITS)
  test(`an edit of ${what} is named`, async () => {
    const { rows } = await run("select id, commitment from leaf where report_id = $1", [ids[0]]);
    await run(edit, [ids[0]]);
    const { ok, breaches } = await verify();
    assert.equal(ok, false);
    assert.ok(
      breaches.some((breach) => breach.where === where && how.test(breach.how)),
      JSON.stringify(breaches),
    );
    if (undo === "")
      for (const row of rows as Array<{ id: string; commitment: Buffer }>)
        await run("update leaf set commitment = $2 where id = $1", [row.id, row.commitment]);
    else await run(undo, [ids[0]]);
    assert.deepEqual((await verify()).breaches, []);
  });

test("evidence that was exchanged for other evidence, unhooked or removed is named", async () => {
  const { rows } = await run("select id, object_name from evidence where report_id = $1 order by position", [
    ids[1],
  ]);
  const [first, second] = rows as Array<{ id: string; object_name: string }>;
  const named = async (how: RegExp) => {
    const { breaches } = await verify();
    assert.ok(
      breaches.some((breach) => how.test(breach.how)),
      JSON.stringify(breaches),
    );
  };
  const set = (name: string | null | undefined) =>
    run("update evidence set object_name = $2 where id = $1", [first?.id, name]);
  await set(second?.object_name);
  await named(/is not the object that was acknowledged/);
  await set(null);
  await named(/is not the object that was acknowledged/);
  await set(first?.object_name);
  await run("update evidence set report_id = $2 where id = $1", [first?.id, ids[2]]);
  await named(/is missing/);
  await named(/other evidence than was acknowledged/);
  await run("update evidence set report_id = $2 where id = $1", [first?.id, ids[1]]);
  assert.deepEqual((await verify()).breaches, []);
});

test("an object whose size, digest or place was changed in the store is named", async () => {
  const { rows } = await run("select object_name from evidence where report_id = $1 limit 1", [ids[1]]);
  const { object_name: name } = (rows as Array<{ object_name: string }>)[0] ?? { object_name: "" };
  for (const [edit, undo] of [
    ["ciphertext_size = ciphertext_size + 1", "ciphertext_size = ciphertext_size - 1"],
  ]) {
    await run(`update vault_object set ${edit} where name = $1`, [name]);
    const { breaches } = await verify();
    assert.ok(
      breaches.some((breach) => breach.where === "vault" && breach.what.includes(name)),
      JSON.stringify(breaches),
    );
    await run(`update vault_object set ${undo} where name = $1`, [name]);
  }
});

test("a report without the leaf that acknowledges it is named, and so is the leaf that is gone", async () => {
  const id = ids[2];
  await run("delete from leaf where report_id = $1", [id]);
  const { breaches } = await verify();
  assert.ok(breaches.some((breach) => /no leaf acknowledges it/.test(breach.how)));
  assert.ok(breaches.some((breach) => /missing from the database/.test(breach.how)));
});

test("an object that is taken away in order while the station is verified is no breach", async () => {
  const { db, vault, audit } = at.station;
  const { object } = await vault.seal(
    (async function* () {
      yield Buffer.from("a part that is joined meanwhile");
    })(),
  );
  await recordObjects(db.kysely, [object], Date.now()).execute();
  const { breaches } = await verifyStation({
    db,
    tiles: audit.tiles,
    verifier: audit.signer.verifier,
    vault: {
      ...vault,
      async *sealed(name) {
        if (name === object.name) {
          await run("delete from vault_object where name = $1", [name]);
          await vault.remove(name);
        }
        yield* vault.sealed(name);
      },
    },
  });
  assert.deepEqual(
    breaches.filter(({ what }) => what.includes(object.name)),
    [],
  );
});
