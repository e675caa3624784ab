import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { before, test } from "node:test";
import { addDevice, answerOf, register, startTestHub, type TestHub } from "../testing/chat.ts";
import { change, clientOf, hear, makeRoom, say, write } from "../testing/chat-rooms.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";
import type { Inbox } from "./contract.ts";
import { openHub } from "./hub.ts";
import { openWatch } from "./watch.ts";

const end = endOfFile();
let hub: TestHub;
before(async () => {
  hub = await startTestHub(end);
});

test("a device that waits hears at once, also what another process took, and others are not woken", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const cleo = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  await hear(hub, bob);
  // A second process over the same database, whose devices wait there.
  await using elsewhere = openWatch(hub.station);
  await sleep(50);
  using bobThere = elsewhere.listen(bob.device.deviceId);
  using cleoThere = elsewhere.listen(cleo.device.deviceId);
  const cleoWoke = cleoThere.wait(1500, new AbortController().signal).then(() => Date.now());
  const waiting = hear(hub, bob, 20);
  const started = Date.now();
  await say(hub, ann, room, "The kite is blue");
  assert.equal((await waiting).said[0]?.body, "The kite is blue");
  await bobThere.wait(20_000, new AbortController().signal);
  assert.ok(Date.now() - started < 15_000, "nobody waited until the end");
  assert.ok((await cleoWoke) - started >= 1000, "what is not for her does not wake her");
});

test("a device that waits hears at once of what is for it alone", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const started = Date.now();
  const waiting = hear(hub, bob, 20);
  await sleep(100);
  await makeRoom(hub, ann, [bob.device.uri]);
  assert.deepEqual(
    (await waiting).events.map(({ kind }) => kind),
    ["welcome"],
  );
  assert.ok(Date.now() - started < 15_000);
});

test("waiting ends with nothing when nothing comes, and when whoever waited has gone", async () => {
  const ann = await register(hub);
  const empty = await ann.ask<Inbox>("GET", "/chat/inbox?wait=1");
  assert.deepEqual([empty.events, empty.more], [[], false]);
  const gone = new AbortController();
  const request = fetch(`${hub.url}/chat/inbox?wait=20`, {
    headers: { authorization: `Bearer ${ann.token}` },
    signal: gone.signal,
  });
  await sleep(100);
  gone.abort();
  await assert.rejects(request);
  await problemOf(await ann.request("GET", "/chat/inbox?wait=26"), 422);
  await problemOf(await ann.request("GET", "/chat/inbox?after=-1"), 422);
  await problemOf(await ann.request("GET", "/chat/inbox?after=x"), 422);
});

test("a long absence is caught up with page by page, and every page ends under a signed head", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  for (let start = 0; start < 240; start += 40) {
    const written = [];
    for (let n = start; n < start + 40; n += 1) written.push(await write(hub, ann, room, `Line ${n}`));
    for (const response of await Promise.all(
      written.map((body) => ann.device.request("POST", `/chat/rooms/${room.id}/messages`, body)),
    ))
      assert.equal(response.status, 200);
  }
  const first = await bob.device.ask<Inbox>("GET", "/chat/inbox?after=0");
  assert.equal(first.more, true);
  assert.equal(first.events.length, 100);
  const last = first.events.findLast((event) => event.kind === "message");
  assert.equal(first.heads[0]?.roomSeq, last?.kind === "message" ? last.ext.roomSeq : undefined);
  const heard = await hear(hub, bob);
  assert.deepEqual(heard.failed, []);
  assert.deepEqual(
    heard.said.map(({ seq }) => seq),
    Array.from({ length: 240 }, (_, n) => n + 1),
  );
});

test("who was out of a room in between gets a head for what came before and one for what came after", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  const { cursor } = await bob.device.ask<Inbox>("GET", "/chat/inbox?after=0");
  const before = await say(hub, ann, room, "Before");
  await change(hub, ann, room, { remove: [bob.device] });
  await say(hub, ann, room, "Meanwhile");
  await change(hub, ann, room, { add: [bob.device.uri] });
  const after = await say(hub, ann, room, "After");
  const { heads } = await bob.device.ask<Inbox>("GET", `/chat/inbox?after=${cursor}`);
  assert.deepEqual(
    heads.map(({ roomSeq }) => roomSeq),
    [before.ext.roomSeq, after.ext.roomSeq],
  );
});

test("what was acknowledged is where the next look begins, and never goes back", async () => {
  const ann = clientOf(await register(hub));
  const tablet = clientOf(await addDevice(hub, ann.device));
  const room = await makeRoom(hub, ann, [ann.device.uri]);
  await say(hub, ann, room, "One");
  const all = await tablet.device.ask<Inbox>("GET", "/chat/inbox");
  assert.deepEqual(
    all.events.map(({ kind }) => kind),
    ["welcome", "message"],
  );
  await tablet.device.ask("POST", "/chat/inbox/ack", { cursor: all.cursor });
  assert.deepEqual((await tablet.device.ask<Inbox>("GET", "/chat/inbox")).events, []);
  await tablet.device.ask("POST", "/chat/inbox/ack", { cursor: all.events[0]?.cursor });
  assert.deepEqual((await tablet.device.ask<Inbox>("GET", "/chat/inbox")).events, []);
  assert.equal((await tablet.device.ask<Inbox>("GET", "/chat/inbox?after=0")).events.length, 2);
});

test("a database that goes away in the middle loses nothing that was taken and takes nothing twice", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  const written = [];
  for (let n = 0; n < 60; n += 1) written.push(await write(hub, ann, room, `Line ${n}`));
  let outages = 0;
  const sent = written.map(async (body, index) => {
    await sleep(index * 10);
    for (;;) {
      const response = await ann.device.request("POST", `/chat/rooms/${room.id}/messages`, body);
      if (response.status === 200) return await answerOf<{ ext: { roomSeq: number } }>(response);
      await problemOf(response, 503);
      outages += 1;
      await sleep(50);
    }
  });
  const cut = (async () => {
    for (let n = 0; n < 4; n += 1) {
      await sleep(120);
      await hub.station.db.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
        )
        .catch(() => undefined);
    }
  })();
  const answers = await Promise.all(sent);
  await cut;
  assert.ok(outages > 0, "the database was away while somebody sent");
  const seqs = answers.map(({ ext }) => ext.roomSeq).toSorted((a, b) => a - b);
  assert.deepEqual(
    seqs,
    Array.from({ length: 60 }, (_, n) => n + 1),
  );
  const heard = await hear(hub, bob);
  assert.deepEqual([heard.failed, heard.said.length], [[], 60]);
});

test("a hub that starts again goes on where it was", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  const before = await write(hub, ann, room, "Before the restart");
  const first = await ann.device.ask("POST", `/chat/rooms/${room.id}/messages`, before);
  await hub[Symbol.asyncDispose]();
  hub = await hub.again();
  const at = (client: typeof ann) => {
    client.device.request = (method, path, body) =>
      fetch(`${hub.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${client.device.token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    client.device.ask = async <T>(method: string, path: string, body?: unknown) =>
      await answerOf<T>(await client.device.request(method, path, body));
  };
  at(ann);
  at(bob);
  // The answer was lost in the restart.
  assert.deepEqual(await ann.device.ask("POST", `/chat/rooms/${room.id}/messages`, before), first);
  assert.equal((await say(hub, ann, room, "After it")).ext.roomSeq, 2);
  const heard = await hear(hub, bob);
  assert.deepEqual(
    [heard.said.map(({ body }) => body), heard.failed],
    [["Before the restart", "After it"], []],
  );
});

test("a hub with another master key, another domain or a missing signing key does not open", async () => {
  const ann = clientOf(await register(hub));
  await say(hub, ann, await makeRoom(hub, ann), "The kite is blue");
  const { chat } = hub.config;
  assert.ok(chat !== undefined);
  const file = join(hub.config.dataDir, "other.key");
  await writeFile(file, `${randomBytes(32).toString("base64url")}\n`);
  const refuses = async (change: object) =>
    await assert.rejects(openHub(hub.station, { ...chat, ...change }), {
      code: "keys.missing",
      audience: "operator",
    });
  await refuses({ masterKeyFile: file });
  await refuses({ domain: "other.example" });
  await refuses({ signingKeys: [{ file, notBefore: "1970-01-01T00:00:00Z", notAfter: null }] });
  await refuses({ masterKeyFile: join(hub.config.dataDir, "nothing.key") });
  await (await openHub(hub.station, chat))[Symbol.asyncDispose]();
});
