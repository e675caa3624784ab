import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import {
  addDevice,
  answerOf,
  leaveKeyPackages,
  makeDevice,
  newHandle,
  post,
  register,
  startTestHub,
  type TestHub,
  text,
} from "../testing/chat.ts";
import { change, clientOf, hear, makeRoom } from "../testing/chat-rooms.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";
import type { AccountView, Me } from "./contract.ts";

const end = endOfFile();
let hub: TestHub;
before(async () => {
  hub = await startTestHub(end);
});

async function refused(response: Response, status: number, code: string): Promise<void> {
  assert.equal((await problemOf(response, status)).code, code);
}

const accountOf = (handle: string, device: unknown) => ({ handle, name: "Person", birthYear: null, device });

test("a handle is somebody's once; whoever's answer was lost gets in by asking again with the same device", async () => {
  const handle = newHandle();
  const { registration } = await makeDevice(hub, handle);
  const create = () => post(hub, "/chat/accounts", accountOf(handle, registration));
  const first = await answerOf<{ token: string; uri: string }>(await create());
  const second = await answerOf<{ token: string; uri: string }>(await create());
  assert.equal(second.uri, first.uri);
  const me = (token: string) =>
    fetch(`${hub.url}/chat/me`, { headers: { authorization: `Bearer ${token}` } });
  await refused(await me(first.token), 401, "session.missing");
  assert.equal((await me(second.token)).status, 200);
  const other = await makeDevice(hub, handle);
  await refused(
    await post(hub, "/chat/accounts", accountOf(handle, other.registration)),
    409,
    "chat.handle-taken",
  );
  await hub.station.db.pool.query(
    "update chat_device set valid_from = valid_from - interval '1 hour' where handle = $1",
    [handle],
  );
  await refused(await create(), 409, "chat.handle-taken");
});

test("a device shows that its key is its own and that it wants into this account", async () => {
  const handle = newHandle();
  const { registration } = await makeDevice(hub, handle);
  const other = await makeDevice(hub, newHandle());
  for (const wrong of [
    { ...registration, proof: text(randomBytes(64)) },
    { ...registration, proof: other.registration.proof },
    { ...registration, id: other.registration.id },
    { ...registration, publicKey: other.registration.publicKey },
    { ...registration, publicKey: text(new Uint8Array(32)) },
  ])
    await refused(await post(hub, "/chat/accounts", accountOf(handle, wrong)), 422, "chat.proof-invalid");
  // The proof names the account too.
  await refused(
    await post(hub, "/chat/accounts", accountOf(newHandle(), registration)),
    422,
    "chat.proof-invalid",
  );
  for (const change of [
    { handle: "No" },
    { handle: "-x" },
    { handle: "a" },
    { handle: "a".repeat(33) },
    { name: "" },
    { name: "a\nb" },
    { birthYear: 1.5 },
    { more: 1 },
  ])
    await problemOf(
      await post(hub, "/chat/accounts", { ...accountOf(handle, registration), ...change }),
      422,
    );
});

test("a code lets one device in, once, and the others are told", async () => {
  const ann = clientOf(await register(hub));
  const { code } = await ann.device.ask<{ code: string; expiresAt: number }>("POST", "/chat/device-codes");
  const { handle } = ann.device;
  const made = await makeDevice(hub, handle);
  const redeem = (given: string, device: unknown) => post(hub, "/chat/devices", { code: given, device });
  const stranger = await makeDevice(hub, newHandle());
  await refused(await redeem(code, stranger.registration), 422, "chat.proof-invalid");
  // As a person may type it.
  const typed = code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replaceAll("-", " ");
  const letIn = await answerOf<{ token: string; deviceId: string }>(await redeem(typed, made.registration));
  assert.equal(letIn.deviceId, made.registration.id);
  const again = await answerOf<{ token: string }>(await redeem(code, made.registration));
  assert.notEqual(again.token, letIn.token);
  const other = await makeDevice(hub, handle);
  await refused(await redeem(code, other.registration), 403, "chat.code-invalid");
  await refused(await redeem("0000-0000-0000", other.registration), 403, "chat.code-invalid");
  const late = await ann.device.ask<{ code: string }>("POST", "/chat/device-codes");
  await hub.station.db.pool.query(
    "update chat_device_code set expires_at = now() - interval '1 second' where used_at is null",
  );
  await refused(await redeem(late.code, other.registration), 403, "chat.code-invalid");
  const { events } = await hear(hub, ann);
  assert.deepEqual(
    events.map((event) => event.kind === "notice" && [event.code, event.deviceId]),
    [["device-added", made.registration.id]],
  );
});

test("a code that two devices use at once lets one of them in", async () => {
  const ann = await register(hub);
  const { code } = await ann.ask<{ code: string }>("POST", "/chat/device-codes");
  const made = await Promise.all([1, 2, 3].map(() => makeDevice(hub, ann.handle)));
  const answers = await Promise.all(
    made.map(({ registration }) => post(hub, "/chat/devices", { code, device: registration })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403, 403],
  );
});

test("a revoked device is out at once; its account and the log remember it", async () => {
  const ann = clientOf(await register(hub));
  const tablet = await addDevice(hub, ann.device);
  const id = text(tablet.deviceId);
  for (let n = 0; n < 2; n += 1)
    assert.equal((await ann.device.request("DELETE", `/chat/devices/${id}`)).status, 204);
  await refused(await tablet.request("GET", "/chat/me"), 401, "session.missing");
  await refused(
    await (await register(hub)).request("DELETE", `/chat/devices/${text(ann.device.deviceId)}`),
    404,
    "not-found",
  );
  const { devices } = await ann.device.ask<AccountView>("GET", `/chat/accounts/${ann.device.handle}`);
  const revoked = devices.find((device) => device.id === id);
  assert.ok(revoked?.revokedAt !== null && revoked !== undefined && revoked.revokedAt >= revoked.validFrom);
  const leaves = await hub.station.db.pool.query<{ kind: string; body: object }>(
    "select kind, body from leaf where body->>'deviceId' = $1 order by position",
    [id],
  );
  assert.deepEqual(
    leaves.rows.map(({ kind }) => kind),
    ["chat.device-added", "chat.device-revoked"],
  );
  const taken = await (await register(hub)).ask<{ keyPackages: Array<{ deviceId: string }> }>(
    "POST",
    "/chat/key-packages/take",
    { uri: ann.device.uri },
  );
  assert.deepEqual(
    taken.keyPackages.map(({ deviceId }) => deviceId),
    [text(ann.device.deviceId)],
  );
});

test("a key package is given out once, the oldest first, to whoever comes first", async () => {
  const ann = clientOf(await register(hub));
  const takers = await Promise.all([1, 2, 3, 4, 5].map(() => register(hub)));
  const taken = await Promise.all(
    takers.map((taker) =>
      taker.ask<{ keyPackages: Array<{ keyPackage: string }>; missing: string[] }>(
        "POST",
        "/chat/key-packages/take",
        { uri: ann.device.uri },
      ),
    ),
  );
  const given = taken.flatMap(({ keyPackages }) => keyPackages.map(({ keyPackage }) => keyPackage));
  assert.equal(given.length, 3, "as many as there were");
  assert.equal(new Set(given).size, 3);
  assert.equal(taken.flatMap(({ missing }) => missing).length, 2);
  const { events } = await hear(hub, ann);
  assert.ok(events.some((event) => event.kind === "notice" && event.code === "key-packages-low"));
});

test("whoever needs one device's key package uses up no other's", async () => {
  const ann = await register(hub);
  const tablet = await addDevice(hub, ann);
  const bob = await register(hub);
  const id = text(tablet.deviceId);
  const taken = await bob.ask<{ keyPackages: Array<{ deviceId: string }> }>(
    "POST",
    "/chat/key-packages/take",
    { uri: ann.uri, devices: [id] },
  );
  assert.deepEqual(
    taken.keyPackages.map(({ deviceId }) => deviceId),
    [id],
  );
  const me = await ann.ask<Me>("GET", "/chat/me");
  assert.deepEqual(
    me.devices.map(({ keyPackages }) => keyPackages),
    [3, 2],
  );
});

test("a device keeps key packages of its own only, each once, and no more than it may", async () => {
  const ann = await register(hub);
  const bob = await register(hub);
  const own = await hub.mls.createKeyPackage(ann);
  const put = (keyPackages: string[]) => ann.request("PUT", "/chat/key-packages", { keyPackages });
  const [first, second] = [await put([text(own.keyPackage)]), await put([text(own.keyPackage)])];
  assert.deepEqual(await answerOf(first), { count: 4 });
  assert.deepEqual(await answerOf(second), { count: 4 });
  const bobs = await hub.mls.createKeyPackage(bob);
  const asBob = await hub.mls.createKeyPackage({ ...ann, uri: bob.uri });
  const newKey = await hub.mls.createKeyPackage({ ...ann, ...(await hub.mls.createDevice()) });
  for (const { keyPackage } of [bobs, asBob, newKey]) await problemOf(await put([text(keyPackage)]), 422);
  await problemOf(await put([text(randomBytes(300))]), 422);
  await leaveKeyPackages(hub, ann, 96);
  const more = await hub.mls.createKeyPackage(ann);
  await problemOf(await put([text(more.keyPackage)]), 422);
  const me = await ann.ask<Me>("GET", "/chat/me");
  assert.equal(me.devices[0]?.keyPackages, 100);
});

test("the directory tells nobody who is young but those who may know", async () => {
  const year = new Date().getUTCFullYear();
  const tim = clientOf(await register(hub, { birthYear: year - 18 }));
  const pia = clientOf(await register(hub, { birthYear: year - 12 }));
  const ann = clientOf(await register(hub, { birthYear: year - 19 }));
  const view = (by: { device: typeof tim.device }, of: typeof tim) =>
    by.device.ask<AccountView>("GET", `/chat/accounts/${of.device.handle}`);
  assert.equal((await tim.device.ask<Me>("GET", "/chat/me")).young, true);
  assert.equal((await ann.device.ask<Me>("GET", "/chat/me")).young, false);
  assert.equal((await view(tim, tim)).young, true);
  assert.deepEqual([(await view(ann, tim)).young, (await view(ann, tim)).askFirst], [null, true]);
  assert.deepEqual([(await view(pia, tim)).young, (await view(pia, ann)).young], [null, null]);
  await pia.device.ask("POST", "/chat/requests", { to: tim.device.uri });
  await tim.device.ask("POST", `/chat/requests/${pia.device.handle}`, { accept: true });
  assert.equal((await view(pia, tim)).young, true);
  // In a room with a young person a grown-up is known as one to them, and they are not known as young to the grown-up.
  const room = await makeRoom(hub, tim, [pia.device.uri]);
  await change(hub, tim, room, { add: [ann.device.uri] });
  assert.equal((await view(pia, ann)).young, false);
  assert.equal((await view(ann, pia)).young, null);
  await problemOf(await ann.device.request("GET", "/chat/accounts/nobody-at-all"), 404);
});

test("nobody without a device's token gets anywhere", async () => {
  const ann = await register(hub);
  for (const authorization of ["", "Bearer", "Bearer x", `Basic ${ann.token}`, `Bearer ${ann.token}x`])
    for (const [method, path] of [
      ["GET", "/chat/me"],
      ["GET", "/chat/inbox"],
      ["POST", "/chat/device-codes"],
      ["GET", `/chat/blobs/${"0".repeat(32)}`],
      ["GET", "/chat/backup"],
      ["GET", "/chat/reports"],
      ["GET", "/chat/requests"],
    ] as const)
      await refused(
        await fetch(`${hub.url}${path}`, { method, headers: { authorization } }),
        401,
        "session.missing",
      );
  assert.doesNotMatch(await (await fetch(`${hub.url}/chat/about`)).text(), /person-/);
});
