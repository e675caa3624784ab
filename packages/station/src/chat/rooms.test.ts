import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { addDevice, agentOf, answerOf, register, startTestHub, type TestHub, text } from "../testing/chat.ts";
import {
  change,
  clientOf,
  hear,
  makeRoom,
  say,
  takeFor,
  type TestClient,
  tryChange,
} from "../testing/chat-rooms.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";

const end = endOfFile();
let hub: TestHub;
before(async () => {
  hub = await startTestHub(end);
});

async function refused(response: Response, status: number, code: string) {
  const problem = await problemOf(response, status);
  assert.equal(problem.code, code, problem.detail);
  return problem;
}

/** A room of three people with a device each. */
async function three() {
  const [ann, bob, cleo] = [
    clientOf(await register(hub)),
    clientOf(await register(hub)),
    clientOf(await register(hub)),
  ];
  const room = await makeRoom(hub, ann, [bob.device.uri, cleo.device.uri]);
  for (const client of [bob, cleo]) await hear(hub, client);
  const roomOf = (client: TestClient) => {
    const found = client.rooms.get(room.id);
    assert.ok(found !== undefined);
    return found;
  };
  return { ann, bob, cleo, room, bobs: roomOf(bob), cleos: roomOf(cleo) };
}

test("of two commits at once one is taken; the other is told so, and works after a look at the inbox", async () => {
  const { ann, bob, cleo, room, bobs } = await three();
  const [one, two] = await Promise.all([tryChange(hub, ann, room, {}), tryChange(hub, bob, bobs, {})]);
  const statuses = [one.response.status, two.response.status].toSorted((a, b) => a - b);
  assert.deepEqual(statuses, [200, 409]);
  const [winner, loser] =
    one.response.status === 200
      ? [
          { client: ann, room, state: one.state },
          { client: bob, room: bobs, response: two.response },
        ]
      : [
          { client: bob, room: bobs, state: two.state },
          { client: ann, room, response: one.response },
        ];
  await refused(loser.response, 409, "chat.stale-epoch");
  winner.room.state = winner.state;
  await hear(hub, loser.client);
  await change(hub, loser.client, loser.room, {});
  for (const client of [ann, bob, cleo]) assert.deepEqual((await hear(hub, client)).failed, []);
  await say(hub, winner.client, winner.room, "All of us are here");
  for (const client of [ann, bob, cleo]) assert.equal((await hear(hub, client)).said.length, 1);
});

test("a commit or a room that is sent again after a lost answer gets the same answer", async () => {
  const { ann, room } = await three();
  const { response, state, body } = await tryChange(hub, ann, room, {});
  const first = await answerOf<{ epoch: number }>(response);
  const again = await ann.device.request("POST", `/chat/rooms/${room.id}/commits`, body);
  assert.deepEqual(await answerOf(again), first);
  room.state = state;
  await change(hub, ann, room, {});
  const later = await ann.device.request("POST", `/chat/rooms/${room.id}/commits`, body);
  assert.deepEqual(await answerOf(later), first);
  const groupId = new Uint8Array(randomBytes(16));
  const group = await hub.mls.createGroup(ann.device, groupId, await agentOf(hub));
  const groupInfo = text(await hub.mls.groupInfo(group));
  const made = await ann.device.ask("POST", "/chat/rooms", { groupInfo });
  assert.deepEqual(await ann.device.ask("POST", "/chat/rooms", { groupInfo }), made);
});

test("a device that was removed hears of it and then nothing more; one that was added hears what comes after", async () => {
  const { ann, bob, cleo, room } = await three();
  await say(hub, ann, room, "Before");
  const dan = clientOf(await register(hub));
  const add = await takeFor(ann, [dan.device.uri]);
  const { response, state } = await tryChange(hub, ann, room, { add, remove: [bob.device] });
  assert.equal(response.status, 200);
  room.state = state;
  await say(hub, ann, room, "After");
  const bobs = await hear(hub, bob);
  assert.deepEqual(
    bobs.events.map(({ kind }) => kind),
    ["message", "commit"],
  );
  const dans = await hear(hub, dan);
  assert.deepEqual([dans.said.map(({ body }) => body), dans.failed], [["After"], []]);
  const welcome = dans.events.find(({ kind }) => kind === "welcome");
  assert.ok(welcome?.kind === "welcome" && welcome.firstSeq === 2);
  const cleos = await hear(hub, cleo);
  const commit = cleos.events.find(({ kind }) => kind === "commit");
  assert.ok(commit?.kind === "commit");
  assert.deepEqual(
    [commit.added.map(({ uri }) => uri), commit.removed.map(({ uri }) => uri)],
    [[dan.device.uri], [bob.device.uri]],
  );
  await refused(await bob.device.request("POST", `/chat/rooms/${room.id}/leave`), 403, "chat.not-a-member");
});

test("nobody shows the hub another roster than the members get, or commits in somebody else's name", async () => {
  const { ann, bob, room, bobs } = await three();
  const own = await tryChange(hub, ann, { ...room, id: text(randomBytes(16)) }, {});
  await refused(own.response, 403, "chat.not-a-member");
  const anns = own.body;
  const other = await hub.mls.commit(bobs.state, { add: [], remove: [0] });
  const post = (by: TestClient, body: object) =>
    by.device.request("POST", `/chat/rooms/${room.id}/commits`, body);
  for (const body of [
    // Another group's members after it, or another commit before it.
    { ...anns, groupInfo: text(other.groupInfo) },
    { ...anns, commit: text(other.commit) },
    { ...anns, commit: anns.groupInfo },
    { ...anns, groupInfo: anns.commit },
    { ...anns, groupInfo: text(randomBytes(300)) },
    { ...anns, commit: text(randomBytes(300)) },
  ])
    await refused(await post(ann, body), 422, "chat.roster-refused");
  await refused(await post(bob, anns), 422, "chat.roster-refused");
  assert.equal((await post(ann, anns)).status, 200);
});

test("a revoked device may not stay, an unregistered one may not come, and each is named", async () => {
  const { ann, bob, room } = await three();
  const tablet = await addDevice(hub, ann.device);
  await change(hub, ann, room, { add: [ann.device.uri] });
  const id = text(tablet.deviceId);
  await ann.device.request("DELETE", `/chat/devices/${id}`);
  const stays = await refused((await tryChange(hub, ann, room, {})).response, 422, "chat.roster-refused");
  assert.deepEqual(
    stays.problems?.map(({ path }) => path),
    [`/members/${id}`],
  );
  const { events } = await hear(hub, bob);
  const leave = events.find(({ kind }) => kind === "leave");
  assert.ok(leave?.kind === "leave" && leave.why === "revoked" && leave.member.deviceId === id);
  await change(hub, ann, room, { remove: [tablet] });
  // A stranger who made keys of their own, in somebody's name.
  const keys = await hub.mls.createDevice();
  const stranger = { uri: bob.device.uri, deviceId: new Uint8Array(randomBytes(16)), ...keys };
  const { keyPackage } = await hub.mls.createKeyPackage(stranger);
  const comes = await tryChange(hub, ann, room, { add: [keyPackage] });
  const problem = await refused(comes.response, 422, "chat.roster-refused");
  assert.deepEqual(
    problem.problems?.map(({ path }) => path),
    [`/members/${text(stranger.deviceId)}`],
  );
  // A registered device with another key than it registered.
  const second = await addDevice(hub, bob.device);
  const forged = { ...bob.device, ...keys, deviceId: second.deviceId };
  const other = await hub.mls.createKeyPackage(forged);
  await refused(
    (await tryChange(hub, ann, room, { add: [other.keyPackage] })).response,
    422,
    "chat.roster-refused",
  );
  const { keyPackage: good } = await hub.mls.createKeyPackage(second);
  const { body, response } = await tryChange(hub, ann, room, { add: [good] }, { welcome: null });
  await refused(response, 422, "chat.roster-refused");
  const { welcome, ...without } = body;
  assert.equal(welcome, null);
  await problemOf(await ann.device.request("POST", `/chat/rooms/${room.id}/commits`, without), 422);
});

test("a room is made of a new group that names this hub and its current key, by a device that is in it", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const agent = await agentOf(hub);
  const groupOf = async (by: TestClient, id: Uint8Array, as = agent) =>
    text(await hub.mls.groupInfo(await hub.mls.createGroup(by.device, id, as)));
  const make = (by: TestClient, groupInfo: string) => by.device.request("POST", "/chat/rooms", { groupInfo });
  const id = () => new Uint8Array(randomBytes(16));
  await refused(await make(bob, await groupOf(ann, id())), 422, "chat.roster-refused");
  await refused(await make(ann, await groupOf(ann, new Uint8Array(15))), 422, "chat.roster-refused");
  const elsewhere = { ...agent, domain: "other.example" };
  await refused(await make(ann, await groupOf(ann, id(), elsewhere)), 422, "chat.roster-refused");
  const { publicKey } = await hub.mls.createDevice();
  await refused(await make(ann, await groupOf(ann, id(), { ...agent, publicKey })), 409, "chat.key-retired");
  const taken = id();
  assert.equal((await make(ann, await groupOf(ann, taken))).status, 201);
  await refused(await make(bob, await groupOf(bob, taken)), 409, "conflict");
});

test("who leaves asks the others to take them out; the last one in a room is out at once", async () => {
  const { ann, bob, room, bobs } = await three();
  for (let n = 0; n < 2; n += 1)
    assert.equal((await bob.device.request("POST", `/chat/rooms/${room.id}/leave`)).status, 204);
  const { events } = await hear(hub, ann);
  const leaves = events.filter(({ kind }) => kind === "leave");
  assert.equal(leaves.length, 1, "asking twice is asking once");
  await change(hub, ann, room, { remove: [bob.device] });
  await hear(hub, bob);
  assert.equal(hub.mls.inspect(bobs.state).members.length, 2);
  const alone = await makeRoom(hub, bob);
  await bob.device.ask("POST", `/chat/rooms/${alone.id}/leave`);
  await refused(await bob.device.request("POST", `/chat/rooms/${alone.id}/leave`), 403, "chat.not-a-member");
  const me = await bob.device.ask<{ rooms: unknown[] }>("GET", "/chat/me");
  assert.deepEqual(me.rooms, []);
});

test("nobody is added by whom they blocked, and nobody adds whom they blocked", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann);
  // Taken before the block.
  const add = await takeFor(ann, [bob.device.uri]);
  await bob.device.ask("POST", "/chat/blocks", { uri: ann.device.uri });
  await refused((await tryChange(hub, ann, room, { add })).response, 403, "chat.refused");
  const take = (by: TestClient, of: TestClient) =>
    by.device.request("POST", "/chat/key-packages/take", { uri: of.device.uri });
  await refused(await take(ann, bob), 403, "chat.refused");
  await refused(await take(bob, ann), 403, "chat.refused");
});

test("a young person is asked before they are added, and only a yes lets somebody add them", async () => {
  const year = new Date().getUTCFullYear();
  const ann = clientOf(await register(hub, { birthYear: 1980 }));
  const tim = clientOf(await register(hub, { birthYear: year - 13 }));
  const room = await makeRoom(hub, ann);
  const take = () => ann.device.request("POST", "/chat/key-packages/take", { uri: tim.device.uri });
  await refused(await take(), 409, "chat.ask-first");
  // A key package that came by another way helps nobody.
  const around = await hub.mls.createKeyPackage(tim.device);
  await refused(
    (await tryChange(hub, ann, room, { add: [around.keyPackage] })).response,
    409,
    "chat.ask-first",
  );
  const ask = () => ann.device.ask<{ state: string }>("POST", "/chat/requests", { to: tim.device.uri });
  assert.equal((await ask()).state, "pending");
  assert.equal((await ask()).state, "pending");
  const asked = await hear(hub, tim);
  const notices = asked.events.flatMap((event) => (event.kind === "notice" ? [[event.code, event.uri]] : []));
  assert.deepEqual(notices, [["request", ann.device.uri]]);
  await refused(await take(), 409, "chat.ask-first");
  const answer = (accept: boolean) =>
    tim.device.request("POST", `/chat/requests/${ann.device.handle}`, { accept });
  assert.equal((await answer(true)).status, 204);
  assert.equal((await answer(false)).status, 404, "an answer that was given stays");
  const told = await hear(hub, ann);
  assert.ok(told.events.some((event) => event.kind === "notice" && event.code === "request-accepted"));
  await change(hub, ann, room, { add: [tim.device.uri] });
  assert.equal((await ask()).state, "accepted");
});

test("of two young people who ask each other the second has said yes", async () => {
  const year = new Date().getUTCFullYear();
  const tim = clientOf(await register(hub, { birthYear: year - 13 }));
  const pia = clientOf(await register(hub, { birthYear: year - 13 }));
  const ask = (by: TestClient, of: TestClient) =>
    by.device.ask<{ state: string }>("POST", "/chat/requests", { to: of.device.uri });
  assert.equal((await ask(tim, pia)).state, "pending");
  assert.equal((await ask(pia, tim)).state, "accepted");
  const { events } = await hear(hub, tim);
  assert.ok(events.some((event) => event.kind === "notice" && event.code === "request-accepted"));
  await makeRoom(hub, tim, [pia.device.uri]);
});

test("a refusal looks like no answer, and a young person who turns to somebody has said yes to them", async () => {
  const year = new Date().getUTCFullYear();
  const ann = clientOf(await register(hub));
  const tim = clientOf(await register(hub, { birthYear: year - 18 }));
  await ann.device.ask("POST", "/chat/requests", { to: tim.device.uri });
  const before = await ann.device.ask("GET", "/chat/requests");
  await tim.device.ask("POST", `/chat/requests/${ann.device.handle}`, { accept: false });
  assert.deepEqual(await ann.device.ask("GET", "/chat/requests"), before);
  assert.deepEqual((await hear(hub, ann)).events, []);
  const bob = clientOf(await register(hub));
  await makeRoom(hub, tim, [bob.device.uri]);
  const room = await makeRoom(hub, bob, [tim.device.uri]);
  assert.equal(hub.mls.inspect(room.state).members.length, 2);
});

test("an account in its first day can have few people to whom it is a stranger think about it", async () => {
  const year = new Date().getUTCFullYear();
  const ann = clientOf(await register(hub));
  const ask = async () =>
    ann.device.request("POST", "/chat/requests", {
      to: (await register(hub, { birthYear: year - 12 })).uri,
    });
  for (let n = 0; n < 5; n += 1) assert.equal((await ask()).status, 202);
  const refusal = await ask();
  assert.ok(Number(refusal.headers.get("retry-after")) > 0);
  await refused(refusal, 429, "rate.limited");
});
