import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { decodeRecords } from "@fairlead/franking";
import { addDevice, answerOf, register, startTestHub, type TestHub } from "../testing/chat.ts";
import { officeOf, reportOf } from "../testing/chat-report.ts";
import { clientOf, hear, makeRoom, say } from "../testing/chat-rooms.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";
import { sealBatch } from "./batches.ts";
import type { Inbox } from "./contract.ts";
import { BLOBS_FOLDER, type Hub, openHub } from "./hub.ts";
import { sweepHub } from "./retention.ts";

const DAY_MS = 24 * 3_600_000;
const end = endOfFile();
let at: TestHub;
/** The hub's own parts over the same station, whose clock the test moves. */
let hub: Hub;
let aheadMs = 0;
before(async () => {
  at = await startTestHub(end);
  const { chat } = at.config;
  assert.ok(chat !== undefined);
  const station = { ...at.station, clock: () => Date.now() + aheadMs };
  const opened = await openHub(station, chat);
  hub = opened;
  end.after(async () => opened[Symbol.asyncDispose]());
});

async function sweepAfter(days: number): Promise<void> {
  while ((await sealBatch(hub)) > 0);
  aheadMs = days * DAY_MS;
  await sweepHub(hub);
  aheadMs = 0;
}

async function count(table: string, room?: string): Promise<number> {
  const { rows } = await at.station.db.pool.query<{ n: string }>(
    room === undefined
      ? `select count(*) as n from ${table}`
      : `select count(*) as n from ${table} join chat_record record using (cursor)
         where record.room_id = decode($1, 'base64')`,
    room === undefined ? [] : [Buffer.from(room, "base64url").toString("base64")],
  );
  return Number(rows[0]?.n);
}

async function two() {
  const ann = clientOf(await register(at));
  const bob = clientOf(await register(at));
  const room = await makeRoom(at, ann, [bob.device.uri]);
  await hear(at, bob);
  const bobs = bob.rooms.get(room.id);
  assert.ok(bobs !== undefined);
  return { ann, bob, room, bobs };
}

test("ciphertext goes when every device has it, and not before", async () => {
  const ann = clientOf(await register(at));
  const bob = clientOf(await register(at));
  const tablet = clientOf(await addDevice(at, bob.device));
  const room = await makeRoom(at, ann, [bob.device.uri]);
  await say(at, ann, room, "The kite is blue");
  const left = () => count("chat_ciphertext", room.id);
  await hear(at, ann);
  await hear(at, bob);
  await sweepAfter(0);
  assert.equal(await left(), 1, "the tablet has not been here");
  await hear(at, tablet);
  await sweepAfter(0);
  assert.equal(await left(), 0);
  await say(at, ann, room, "It flies");
  await hear(at, ann);
  await hear(at, bob);
  // A device that was revoked waits for nothing.
  const id = Buffer.from(tablet.device.deviceId).toString("base64url");
  await bob.device.ask("DELETE", `/chat/devices/${id}`);
  await hear(at, ann);
  await sweepAfter(0);
  assert.equal(await left(), 0);
});

test("after its time a message's text is gone and its place in the chain is not", async () => {
  const { ann, bob, room } = await two();
  await say(at, ann, room, "The kite is blue");
  await sweepAfter(29);
  assert.equal(await count("chat_ciphertext", room.id), 1);
  await sweepAfter(31);
  assert.equal(await count("chat_ciphertext", room.id), 0);
  const { events } = await bob.device.ask<Inbox>("GET", "/chat/inbox");
  const message = events.find(({ kind }) => kind === "message");
  assert.ok(message?.kind === "message" && message.message === null && message.ext.roomSeq === 1);
  assert.equal((await say(at, ann, room, "And red")).ext.roomSeq, 2);
});

test("records go after their time, but for those that a report needs, whose proof is still whole", async () => {
  const { ann, bob, room, bobs } = await two();
  for (let n = 0; n < 5; n += 1) await say(at, ann, room, `Line ${n}`);
  const { said } = await hear(at, bob);
  const { reportId, sealed } = await reportOf(at, bob, bobs, said.slice(2, 3));
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds: [] });
  const office = officeOf(at);
  const ask = async () =>
    decodeRecords(
      new Uint8Array(
        await (await office("POST", "records", { reportId, roomUri: room.uri, seqs: [3] })).arrayBuffer(),
      ),
    );
  const before = await ask();
  await sweepAfter(399);
  assert.equal(await count("chat_record", room.id), 5);
  await at.station.db.pool.query("update chat_record set kept_until = kept_until + interval '10 days'");
  await sweepAfter(405);
  assert.equal(await count("chat_record", room.id), 1);
  const after = await ask();
  assert.deepEqual(after.items[0]?.inclusion?.batchPath, before.items[0]?.inclusion?.batchPath);
  assert.deepEqual(after.items[0]?.record, before.items[0]?.record);
  assert.deepEqual(after.rosters, before.rosters);
  // What is left of the room goes on.
  assert.equal((await say(at, ann, room, "Still here")).ext.roomSeq, 6);
  await sweepAfter(900);
  assert.equal(await count("chat_record", room.id), 0);
  assert.equal(await count("chat_inclusion"), 0);
});

test("a file goes after its time unless a report holds it", async () => {
  const { ann, bob, room, bobs } = await two();
  const upload = async () =>
    answerOf<{ id: string }>(
      await fetch(`${at.url}/chat/blobs`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${ann.device.token}`,
          "content-type": "application/octet-stream",
        },
        body: new Uint8Array(randomBytes(500)),
      }),
    );
  const [held, free] = [await upload(), await upload()];
  await say(at, ann, room, "Look at this");
  const { said } = await hear(at, bob);
  const { reportId, sealed } = await reportOf(at, bob, bobs, said);
  const holds = [held.id, "0".repeat(32)];
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds });
  await sweepAfter(31);
  await problemOf(await bob.device.request("GET", `/chat/blobs/${free.id}`), 404);
  assert.equal((await bob.device.request("GET", `/chat/blobs/${held.id}`)).status, 200);
  const office = officeOf(at);
  assert.equal((await office("GET", `blobs/${held.id}?report=${reportId}`)).status, 200);
  await problemOf(await office("GET", `blobs/${free.id}?report=${reportId}`), 404);
  assert.equal((await office("POST", `reports/${reportId}/result`, { state: "not-opened" })).status, 204);
  await sweepAfter(401);
  await problemOf(await bob.device.request("GET", `/chat/blobs/${held.id}`), 404);
  const { rows } = await at.station.db.pool.query("select sealed from chat_report where id = $1", [reportId]);
  assert.deepEqual(rows, [{ sealed: null }], "that it came stays, what it said does not");
});

test("a file that no row points to goes once nobody can be writing it", async () => {
  const name = randomBytes(16).toString("hex");
  async function* bytes() {
    yield randomBytes(10);
  }
  await hub.blobs.write(name, bytes());
  await sweepAfter(0);
  assert.equal(await hub.blobs.size(name), 10);
  const old = new Date(Date.now() - 2 * DAY_MS);
  await utimes(join(at.config.dataDir, BLOBS_FOLDER, name.slice(0, 2), name), old, old);
  await sweepAfter(0);
  assert.equal(await hub.blobs.size(name), undefined);
});

test("connections go after their time, but for an account that a report is about", async () => {
  const { ann, bob, room, bobs } = await two();
  await say(at, ann, room, "Hello");
  const { said } = await hear(at, bob);
  const { reportId, sealed } = await reportOf(at, bob, bobs, said);
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds: [] });
  const now = new Date().toISOString();
  for (const client of [ann, bob])
    await at.station.db.pool.query(
      `insert into chat_connection (device_id, ip, port, first_at, last_at) values ($1, '192.0.2.1', 4711, $2, $2)`,
      [Buffer.from(client.device.deviceId), now],
    );
  await answerOf(await officeOf(at)("GET", `accounts/${ann.device.handle}?report=${reportId}`));
  await sweepAfter(91);
  const { rows } = await at.station.db.pool.query<{ handle: string }>(
    `select distinct handle from chat_connection join chat_device on id = device_id
     where handle = any($1::text[])`,
    [[ann.device.handle, bob.device.handle]],
  );
  assert.deepEqual(rows, [{ handle: ann.device.handle }]);
});

test("batches follow each other without a gap, whoever makes them, and each is in a leaf of the log", async () => {
  const { ann, room } = await two();
  for (let n = 0; n < 6; n += 1) {
    await say(at, ann, room, `Line ${n}`);
    await Promise.all([sealBatch(hub), sealBatch(hub)]);
  }
  const { rows } = await at.station.db.pool.query<{
    after_cursor: string;
    last_cursor: string;
    size: number;
    root: Buffer;
    body: { root: string; size: number };
    records: string;
  }>(`select batch.*, leaf.body,
      (select count(*) from chat_record where cursor > after_cursor and cursor <= last_cursor) as records
    from chat_batch batch join leaf on leaf.id = batch.leaf_id order by last_cursor desc limit 5`);
  for (const [index, batch] of rows.entries()) {
    assert.deepEqual(batch.body, { root: batch.root.toString("hex"), size: batch.size });
    assert.equal(Number(batch.records), batch.size);
    const next = rows[index + 1];
    if (next !== undefined) assert.equal(batch.after_cursor, next.last_cursor);
  }
});
