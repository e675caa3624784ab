import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { linesIn, messagesIn, textsOf } from "./testing/look.ts";
import { makeWorld, type TestWorld } from "./testing/people.ts";

suite("people in rooms", () => {
  test("two talk in a direct room that one of them made", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "The kite is blue");
    await world.settle();
    const [invitation] = ben.getState().rooms;
    assert.deepEqual(
      [invitation?.id, invitation?.kind, invitation?.standing, invitation?.unread, invitation?.invitedBy],
      [room, "direct", "request", 1, ana.getState().me?.uri],
    );
    await ben.acceptRequest(room);
    await ben.sendText(room, "And the sky is grey");
    await world.settle();
    for (const person of [ana, ben])
      assert.deepEqual(await textsOf(person, room), ["ana: The kite is blue", "ben: And the sky is grey"]);
    assert.equal(ana.getState().people.get(ben.getState().me?.uri ?? "")?.name, "Ben Example");
  });

  test("a group has a name that only its members know, and newcomers are told it", async () => {
    await using world = await makeWorld();
    const [ana, ben, cem] = [await world.person("ana"), await world.person("ben"), await world.person("cem")];
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites at the beach" });
    await ana.sendText(room, "Before Cem");
    await world.settle();
    await ben.invite(room, ["cem"]);
    await world.settle();
    await ana.sendText(room, "After Cem");
    await world.settle();
    for (const person of [ana, ben, cem])
      assert.equal(person.getState().rooms[0]?.name, "Kites at the beach");
    assert.deepEqual(
      await textsOf(cem, room),
      ["ana: After Cem"],
      "nobody reads what was said before they came",
    );
    const stored = JSON.stringify(
      [...world.hub.state.rooms.values()].map(({ messages }) => messages),
      (_key, value: unknown) =>
        value instanceof Uint8Array
          ? Buffer.from(value).toString("latin1")
          : typeof value === "bigint"
            ? String(value)
            : value,
    );
    assert.ok(!stored.includes("Kites at the beach") && !stored.includes("Before Cem"));
  });

  test("a name that is too long is cut, and not through a character", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    await ana.createRoom({ handles: ["ben"], name: `\uFEFF${"x".repeat(99)}\u{1FA81}` });
    await world.settle();
    assert.equal(ben.getState().rooms[0]?.name, "x".repeat(99));
  });

  test("a person who was removed reads nothing more, and keeps what there was", async () => {
    await using world = await makeWorld();
    const [ana, ben, cem] = [await world.person("ana"), await world.person("ben"), await world.person("cem")];
    const room = await ana.createRoom({ handles: ["ben", "cem"], name: "Kites" });
    await ana.sendText(room, "All of us");
    await world.settle();
    await ana.remove(room, cem.getState().me?.uri ?? "");
    await world.settle();
    await ben.acceptRequest(room);
    await ben.sendText(room, "Two of us");
    await world.settle();
    assert.equal(cem.getState().rooms[0]?.standing, "removed");
    assert.deepEqual(await textsOf(cem, room), ["ana: All of us"]);
    assert.deepEqual(await textsOf(ana, room), ["ana: All of us", "ben: Two of us"]);
    await assert.rejects(cem.sendText(room, "Hello?"), { code: "room.not-member" });
  });

  test("a person who leaves is taken out by the others, once, and can forget the room", async () => {
    await using world = await makeWorld();
    const [ana, ben, cem] = [await world.person("ana"), await world.person("ben"), await world.person("cem")];
    const room = await ana.createRoom({ handles: ["ben", "cem"], name: "Kites" });
    await ana.sendText(room, "All of us");
    await world.settle();
    const epoch = world.hub.state.rooms.get(room)?.epoch ?? 0;
    await ben.acceptRequest(room);
    await ben.leave(room);
    await world.settle();
    assert.equal(world.hub.state.rooms.get(room)?.epoch, epoch + 1);
    assert.deepEqual(ana.getState().rooms[0]?.members.length, 2);
    assert.equal((await linesIn(cem, room)).at(-1), "members -ben");
    assert.deepEqual(
      await textsOf(ben, room),
      ["ana: All of us"],
      "what was said stays until it is forgotten",
    );
    await ben.forgetRoom(room);
    assert.deepEqual(ben.getState().rooms, []);
  });

  test("what was said before the hub heard of a leave is received, own words too; what comes later is not", async () => {
    await using world = await makeWorld();
    const ana = await world.person("ana");
    const { ben, deafen, hear } = await deafBen(world);
    await world.settle();
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    await world.settle();
    deafen();
    await ana.sendText(room, "Wait for me");
    await ben.sendText(room, "I am off");
    while ((world.hub.state.rooms.get(room)?.messages.length ?? 0) < 3) await setImmediate();
    await ben.leave(room);
    hear();
    await world.settle();
    await ana.sendText(room, "He is gone");
    await world.settle();
    assert.deepEqual((await textsOf(ben, room)).toSorted(), ["ana: Wait for me", "ben: I am off"]);
    assert.equal(ben.getState().rooms[0]?.unread, 0);
    const own = (ben.getRoom(room)?.messages ?? []).find((message) => message.own);
    assert.deepEqual([own?.delivery, own?.reportable], ["sent", true]);
  });

  test("who leaves while the hub takes their change of members follows the room to its end, and misses nothing", async () => {
    await using world = await makeWorld();
    const [ana, cem] = [await world.person("ana"), await world.person("cem")];
    const { ben, deafen, hear } = await deafBen(world);
    await world.settle();
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    await world.settle();
    const { epoch = 0 } = world.hub.state.rooms.get(room) ?? {};
    deafen();
    await ben.invite(room, ["cem"]);
    while (world.hub.state.rooms.get(room)?.epoch !== epoch + 1) await setImmediate();
    await ben.leave(room);
    hear();
    await world.settle();
    await ana.sendText(room, "He is gone");
    await world.settle();
    assert.equal(ben.getState().rooms[0]?.standing, "left");
    assert.deepEqual(ben.getState().warnings, []);
    assert.deepEqual(await textsOf(ben, room), []);
    assert.deepEqual(await textsOf(cem, room), ["ana: He is gone"]);
  });

  test("who was taken out and invited again while their telephone was off has what was said before and after", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    await world.settle();
    const store = await world.freeze(ben);
    await ana.sendText(room, "Before");
    await world.settle();
    await ana.remove(room, ben.getState().me?.uri ?? "");
    await world.settle();
    await ana.sendText(room, "Meanwhile");
    await world.settle();
    await ana.invite(room, ["ben"]);
    await world.settle();
    await ana.sendText(room, "After");
    await world.settle();
    const again = await world.device({ store });
    await world.settle();
    assert.deepEqual(await textsOf(again, room), ["ana: Before", "ana: After"]);
    assert.deepEqual(again.getState().warnings, []);
  });

  test("whose devices cannot be invited now come in later, with what was said meanwhile", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const device = [...world.hub.state.devices.values()].find(({ handle }) => handle === "ben");
    assert.ok(device !== undefined);
    const { keyPackages } = device;
    device.keyPackages = [];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "Hello Ben");
    await world.settle([ben]);
    assert.deepEqual(
      [ana.getState().waiting > 0, world.hub.state.rooms.get(room)?.messages.length],
      [true, 0],
    );
    device.keyPackages = keyPackages;
    await world.persist();
    assert.deepEqual(await textsOf(ben, room), ["ana: Hello Ben"]);
  });

  test("if the first who should take somebody out is away, the next does it", async () => {
    await using world = await makeWorld();
    const [ana, ben, cem] = [await world.person("ana"), await world.person("ben"), await world.person("cem")];
    const room = await ana.createRoom({ handles: ["ben", "cem"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    await ana.close();
    await ben.leave(room);
    await world.settle();
    assert.equal(cem.getState().rooms[0]?.members.length, 3);
    world.clock.advance(10_000);
    await world.settle();
    assert.equal(cem.getState().rooms[0]?.members.length, 2);
  });

  test("who declines a request is gone, and nothing of it stays on their device", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "Hello");
    await world.settle();
    await ben.declineRequest(room);
    await world.settle();
    assert.deepEqual(ben.getState().rooms, []);
    assert.deepEqual(ana.getState().rooms[0]?.members, [ana.getState().me?.uri]);
  });

  test("who is not there, or does not want to, is named as not added", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    await ben.block(ana.getState().me?.uri ?? "");
    const room = await ana.createRoom({ handles: ["ben", "nobody"], name: "Kites" });
    await world.settle();
    assert.deepEqual(ana.getState().rooms[0]?.notAdded, ["ben", "nobody"]);
    assert.equal(ana.getState().rooms[0]?.id, room);
    assert.deepEqual(ben.getState().rooms, []);
  });

  test("a blocked person's messages are not shown, and cannot be sent to a room of two", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "Before");
    await world.settle();
    await ben.block(ana.getState().me?.uri ?? "");
    assert.deepEqual(await textsOf(ben, room), []);
    assert.equal(ben.getState().rooms[0]?.unread, 1);
    await ana.sendText(room, "After");
    await world.settle();
    assert.deepEqual((await messagesIn(ana, room)).map(({ delivery }) => delivery).at(-1), "failed");
    await ben.unblock(ana.getState().me?.uri ?? "");
    const failed = (await messagesIn(ana, room)).at(-1)?.key ?? "";
    await ana.retry(room, failed);
    await world.settle();
    assert.deepEqual(await textsOf(ben, room), ["ana: Before", "ana: After"]);
  });
});

suite("young accounts", () => {
  test("are asked before anybody can add them, and come in when they say yes", async () => {
    await using world = await makeWorld();
    const [ana, zoe] = [await world.person("ana"), await world.person("zoe", 2012)];
    const room = await ana.createRoom({ handles: ["zoe"], name: null });
    await ana.sendText(room, "Hello Zoe");
    await world.settle([zoe]);
    assert.deepEqual(ana.getState().rooms[0]?.asked, [zoe.getState().me?.uri]);
    assert.deepEqual(zoe.getState().rooms, []);
    assert.deepEqual(
      zoe.getState().asks.map(({ name }) => name),
      ["Ana Example"],
    );
    await zoe.answerAsk(ana.getState().me?.uri ?? "", true);
    await world.settle();
    assert.deepEqual(zoe.getState().asks, []);
    assert.deepEqual(ana.getState().rooms[0]?.asked, []);
    assert.equal(zoe.getState().rooms[0]?.standing, "member");
    assert.deepEqual(await textsOf(zoe, room), ["ana: Hello Zoe"], "what was said before waited for them");
  });

  test("blur pictures and show safety notices unless they choose otherwise", async () => {
    await using world = await makeWorld();
    const [ana, zoe] = [await world.person("ana"), await world.person("zoe", 2012)];
    assert.deepEqual(zoe.getState().settings, { blurPictures: true, safetyNotices: true });
    assert.deepEqual(ana.getState().settings, { blurPictures: false, safetyNotices: false });
    assert.deepEqual(
      [ana, zoe].map((one) => one.getState().me?.reportableHours),
      [24, 168],
    );
    await zoe.changeSettings({ blurPictures: false });
    assert.equal(zoe.getState().settings.blurPictures, false);
  });

  test("get a second thought when strangers write, which nobody else hears of", async () => {
    await using world = await makeWorld();
    const [ana, zoe] = [await world.person("ana"), await world.person("zoe", 2012)];
    await world.person("ben");
    world.hub.state.accounts.get("zoe")?.connected.add("ana");
    const room = await ana.createRoom({ handles: ["zoe", "ben"], name: "Kites" });
    await ana.setTimer(room, 3600);
    await ana.sendText(room, "Hello everybody");
    await world.settle();
    assert.deepEqual(
      zoe
        .getState()
        .notices.map(({ kind }) => kind)
        .sort(),
      ["group-of-strangers", "stranger-sets-timer", "stranger-writes"],
    );
    const { id } = zoe.getState().notices[0] ?? { id: "" };
    await zoe.dismissNotice(id);
    await ana.sendText(room, "Still here");
    await world.settle();
    assert.equal(zoe.getState().notices.length, 2, "a notice that was dismissed does not come back");
  });
});

/** Ben, whose telephone takes nothing in between `deafen` and `hear`. */
async function deafBen(world: TestWorld) {
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const ben = await world.device({
    api: (real) => ({
      ...real,
      signedIn: (device) => {
        const session = real.signedIn(device);
        return {
          ...session,
          async inbox(...asked) {
            const answer = await session.inbox(...asked);
            await gate.promise;
            return answer;
          },
        };
      },
    }),
  });
  await ben.register({ handle: "ben", name: "Ben Example", birthYear: 1990, deviceName: "Telephone" });
  return {
    ben,
    deafen: () => {
      gate = Promise.withResolvers<void>();
    },
    hear: () => gate.resolve(),
  };
}
