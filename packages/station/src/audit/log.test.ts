import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { generateKey, newSigner, newVerifier, verifyProof } from "@fairlead/ledger";
import { generateIdentity } from "@fairlead/sealing";
import pino from "pino";
import { testDatabase } from "../store/testing.ts";
import { openFileStore, openVault, recordObjects } from "../vault/index.ts";
import { type AuditLog, openAuditLog, proveLeaf, recordLeaf } from "./index.ts";
import { openTileFiles } from "./tile-files.ts";
import { verifyStation } from "./verify.ts";
import type { Station } from "../context.ts";

const silent = pino({ level: "silent" });
const signer = newSigner(generateKey("fairlead.example/test").skey);

const PATIENCE_MS = 20_000;

async function setUp(t: TestContext) {
  const { db } = await testDatabase({ after: (done) => t.after(done) });
  const root = await mkdtemp(join(tmpdir(), "fairlead-audit-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  const open = () => openAuditLog({ db, root: join(root, "log"), signer, clock: Date.now, log: silent });
  const vault = openVault(await openFileStore(join(root, "vault")), generateIdentity());
  const verify = async () =>
    verifyStation({ db, vault, tiles: await openTileFiles(join(root, "log")), verifier: signer.verifier });
  return { db, root, open, vault, verify };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;

async function leaf({ db }: SetUp, n: number): Promise<string> {
  return await db.transaction((tx) =>
    recordLeaf(tx, { kind: "sign-in", at: Date.now(), actor: "person:one", body: { n } }),
  );
}

async function closed(log: AuditLog): Promise<void> {
  await log[Symbol.asyncDispose]();
}

test("a leaf is covered by a signed checkpoint, and its proof verifies offline", async (t) => {
  const place = await setUp(t);
  // Closed before the database is: the sequencer holds one of its sessions.
  await using log = await place.open();
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push(await leaf(place, n));
  await log.covered(ids[4] ?? "");
  const proven = await proveLeaf({ db: place.db, audit: log } as unknown as Station, ids[2] ?? "");
  const key = newVerifier(proven.verifierKey);
  const { index, checkpoint } = verifyProof(Buffer.from(proven.leaf), Buffer.from(proven.proof), key);
  assert.ok(checkpoint.size >= 5);
  assert.equal(index, 2);
  assert.throws(() => verifyProof(Buffer.from(`${proven.leaf} `), Buffer.from(proven.proof), key));
});

test("a second process over the same station does not sequence, and takes over when the first ends", async (t) => {
  const place = await setUp(t);
  const first = await place.open();
  await using second = await place.open();
  await first.covered(await leaf(place, 1));
  await closed(first);
  await second.covered(await leaf(place, 2));
  assert.deepEqual((await place.verify()).breaches, []);
});

test("a statement of the sequencer's that fails does not leave its lock with a session that nobody sequences by", async (t) => {
  const place = await setUp(t);
  await using log = await place.open();
  await log.covered(await leaf(place, 1));
  const { pool } = place.db;
  await pool.query("alter table checkpoint rename to checkpoint_away");
  const id = await leaf(place, 2);
  const holders = async () => {
    const { rows } = await pool.query<{ pid: number }>(
      "select pid from pg_locks where locktype = 'advisory'",
    );
    return rows.map(({ pid }) => pid);
  };
  const [first] = await holders();
  // It failed at the checkpoint, let go, and holds the lock anew by another session.
  const until = Date.now() + PATIENCE_MS;
  while ((await holders()).includes(first ?? 0)) {
    assert.ok(Date.now() < until, "the session that failed goes on holding the lock");
    await sleep(50);
  }
  await pool.query("alter table checkpoint_away rename to checkpoint");
  await log.covered(id);
});

test("verify agrees with an untouched station and names every event that was changed behind its back", async (t) => {
  const place = await setUp(t);
  const log = await place.open();
  const ids = [await leaf(place, 1), await leaf(place, 2), await leaf(place, 3)];
  await log.covered(ids[2] ?? "");
  await closed(log);
  const before = await place.verify();
  assert.deepEqual(before.breaches, []);
  assert.equal(before.leaves, 3);
  await place.db.pool.query(`update leaf set body = '{"n": 9}' where id = $1`, [ids[1]]);
  const edited = await place.verify();
  assert.equal(edited.breaches.length, 1);
  assert.match(edited.breaches[0]?.what ?? "", /leaf 1 /);
  await place.db.pool.query("delete from leaf where id = $1", [ids[0]]);
  const removed = await place.verify();
  assert.ok(removed.breaches.some((breach) => breach.what === "1 leaves"));
});

test("a log that lost leaves behind the database's back is named as the one that is behind", async (t) => {
  const place = await setUp(t);
  const log = await place.open();
  await log.covered(await leaf(place, 1));
  await closed(log);
  await place.db.pool.query("update leaf set index = null, commitment = decode(repeat('00', 32), 'hex')");
  const { ok, breaches } = await place.verify();
  assert.equal(ok, false);
  assert.ok(breaches.some((breach) => breach.where === "store"));
});

test("an object whose bytes were changed, cut or removed is named", async (t) => {
  const place = await setUp(t);
  async function* bytes() {
    yield Buffer.from("a lighthouse at dusk");
  }
  const { object } = await place.vault.seal(bytes());
  await recordObjects(place.db.kysely, [object], Date.now()).execute();
  assert.equal((await place.verify()).breaches.filter((breach) => breach.where === "vault").length, 0);
  await place.vault.remove(object.name);
  const gone = (await place.verify()).breaches.filter((breach) => breach.where === "vault");
  assert.equal(gone.length, 1);
  assert.match(gone[0]?.how ?? "", /cannot be read/);
});
