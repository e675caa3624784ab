import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { messagesIn, textsOf } from "../testing/look.ts";
import { breakable, makeWorld } from "../testing/people.ts";

suite("what a page sees", () => {
  test("is told of each change, and what did not change stays the same object", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const kites = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    const trains = await ana.createRoom({ handles: ["ben"], name: "Trains" });
    await ana.sendText(kites, "One");
    await world.settle();
    await ben.openRoom(kites);
    let told = 0;
    const stop = ben.subscribe(() => told++);
    const [before, room] = [ben.getState(), ben.getRoom(kites)];
    assert.equal(ben.getState(), before, "asking twice gives the same");
    await ana.sendText(kites, "Two");
    await world.settle();
    const after = ben.getState();
    assert.ok(told > 0 && after !== before);
    assert.equal(after.people, before.people);
    assert.equal(after.me, before.me);
    const find = (state: typeof after, id: string) => state.rooms.find((one) => one.id === id);
    assert.equal(find(after, trains), find(before, trains));
    assert.notEqual(find(after, kites), find(before, kites));
    assert.equal(ben.getRoom(kites)?.messages[1], room?.messages[1]);
    stop();
    const heard = told;
    await ana.sendText(kites, "Three");
    await world.settle();
    assert.equal(told, heard);
  });

  test("has what is said at once, under a key that it keeps", async () => {
    await using world = await makeWorld();
    const [ana] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await world.settle();
    await ana.openRoom(room);
    await ana.sendText(room, "One");
    const sending = ana.getRoom(room)?.messages.at(-1);
    await world.settle();
    const sent = ana.getRoom(room)?.messages.find(({ body }) => body.kind === "text");
    assert.deepEqual([sending?.delivery, sending?.seq, sent?.delivery], ["sending", null, "sent"]);
    assert.equal(sent?.key, sending?.key);
    assert.equal(typeof sent?.seq, "number");
  });

  test("counts what is unread until it is read, and says where it began", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "One");
    await world.settle();
    await ben.acceptRequest(room);
    await ben.markRead(room);
    await ana.sendText(room, "Two");
    await ana.sendText(room, "Three");
    await world.settle();
    assert.equal(ben.getState().rooms[0]?.unread, 2);
    const messages = await messagesIn(ben, room);
    const two = messages.find(({ body }) => body.kind === "text" && body.text === "Two");
    assert.equal(ben.getRoom(room)?.firstUnread, two?.key);
    await ben.markRead(room);
    assert.equal(ben.getState().rooms[0]?.unread, 0);
    assert.equal(ben.getRoom(room)?.firstUnread, two?.key, "the mark stays while the room is open");
    ben.closeRoom(room);
    assert.equal(ben.getRoom(room), null);
  });

  test("says how it stands with the hub", async () => {
    await using world = await makeWorld();
    let isAway = false;
    const ana = await world.device({ api: (real) => breakable(real, () => (isAway ? "before" : null)) });
    assert.deepEqual([ana.getState().phase, ana.getState().connection], ["welcome", "connecting"]);
    await ana.register({ handle: "ana", name: "Ana", birthYear: null, deviceName: "Telephone" });
    await world.settle();
    assert.deepEqual([ana.getState().phase, ana.getState().connection], ["ready", "online"]);
    isAway = true;
    const room = await ana.createRoom({ handles: [], name: "Kites" });
    await ana.sendText(room, "Into the wind");
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual([ana.getState().connection, ana.getState().waiting], ["offline", 2]);
    isAway = false;
    await world.persist();
    assert.deepEqual([ana.getState().connection, ana.getState().waiting], ["online", 0]);
    assert.deepEqual(await textsOf(ana, room), ["ana: Into the wind"]);
  });
});

suite("a message that waits", () => {
  test("can be said better or not at all before it goes out", async () => {
    await using world = await makeWorld();
    await world.person("ben");
    let isAway = false;
    const ana = await world.device({ api: (real) => breakable(real, () => (isAway ? "before" : null)) });
    await ana.register({ handle: "ana", name: "Ana", birthYear: null, deviceName: "Telephone" });
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await world.settle();
    isAway = true;
    // The first of them is sealed while the hub is away; the others wait for it, unmade.
    for (const text of ["First", "Second", "Third"]) await ana.sendText(room, text);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const keys = (await messagesIn(ana, room))
      .filter(({ delivery }) => delivery === "sending")
      .map(({ key }) => key);
    await ana.editMessage(room, keys[1] ?? "", "Second, said better");
    await ana.deleteMessage(room, keys[2] ?? "");
    isAway = false;
    await world.persist();
    assert.deepEqual(await textsOf(ana, room), ["ana: First", "ana: Second, said better"]);
    assert.equal(
      (await messagesIn(ana, room)).some(({ edited }) => edited),
      false,
    );
  });
});
