import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import {
  addDevice,
  answerOf,
  register,
  startTestHub,
  type TestDevice,
  type TestHub,
} from "../testing/chat.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";

const end = endOfFile();
const MOST = 3 * 1024 * 1024;
let hub: TestHub;
before(async () => {
  hub = await startTestHub(end, { chat: { limits: { blobBytes: MOST, accountsPerHourAndAddress: 100 } } });
});

function send(by: TestDevice, method: string, path: string, body: Uint8Array<ArrayBuffer> | ReadableStream) {
  return fetch(`${hub.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${by.token}`, "content-type": "application/octet-stream" },
    body,
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
}

async function objects(): Promise<number> {
  const { rows } = await hub.station.db.pool.query<{ n: string }>("select count(*) as n from chat_blob");
  return Number(rows[0]?.n);
}

test("a file's ciphertext comes back byte for byte to whoever was told its name and is signed in", async () => {
  const ann = await register(hub);
  const bob = await register(hub);
  for (const size of [0, 1, 70_000, MOST]) {
    const bytes = new Uint8Array(randomBytes(size));
    const { id, url } = await answerOf<{ id: string; url: string }>(
      await send(ann, "POST", "/chat/blobs", bytes),
    );
    assert.ok(url.endsWith(`/chat/blobs/${id}`));
    const back = await bob.request("GET", `/chat/blobs/${id}`);
    assert.equal(back.headers.get("content-length"), String(size));
    assert.deepEqual(new Uint8Array(await back.arrayBuffer()), bytes);
  }
  await problemOf(await fetch(`${hub.url}/chat/blobs/${"0".repeat(32)}`), 401);
  await problemOf(await bob.request("GET", `/chat/blobs/${"0".repeat(32)}`), 404);
  await problemOf(await bob.request("GET", "/chat/blobs/..%2f..%2fkeys"), 422);
});

test("a file that is too long, or breaks off, leaves nothing behind", async () => {
  const ann = await register(hub);
  const before = await objects();
  const tooLong = await send(ann, "POST", "/chat/blobs", new Uint8Array(MOST + 1)).catch(() => undefined);
  if (tooLong !== undefined) await problemOf(tooLong, 413);
  const broken = new ReadableStream({
    pull(controller) {
      controller.enqueue(randomBytes(1000));
      controller.error(new Error("the line was cut"));
    },
  });
  await assert.rejects(send(ann, "POST", "/chat/blobs", broken));
  assert.equal(await objects(), before);
});

test("an account has one backup, the newest, and only its own devices can have it", async () => {
  const ann = await register(hub);
  const tablet = await addDevice(hub, ann);
  const bob = await register(hub);
  await problemOf(await ann.request("GET", "/chat/backup"), 404);
  for (const n of [1, 2, 3]) {
    const bytes = new Uint8Array(randomBytes(n * 1000));
    assert.equal((await send(ann, "PUT", "/chat/backup", bytes)).status, 204);
    const back = await tablet.request("GET", "/chat/backup");
    assert.deepEqual(new Uint8Array(await back.arrayBuffer()), bytes);
  }
  await problemOf(await bob.request("GET", "/chat/backup"), 404);
  const { rows } = await hub.station.db.pool.query<{ object: string }>("select object from chat_backup");
  assert.equal(rows.length, 1);
});
