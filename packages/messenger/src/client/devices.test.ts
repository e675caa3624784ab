import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { linesIn, messagesIn, textsOf } from "./testing/look.ts";
import { breakable, makeWorld, type TestWorld } from "./testing/people.ts";
import { verifyReport } from "./testing/verify.ts";
import type { Messenger } from "./types.ts";

async function secondDevice(world: TestWorld, first: Messenger): Promise<Messenger> {
  const device = await world.device();
  const { code } = await first.makeLinkCode();
  await device.linkThisDevice(code, "Tablet");
  await world.settle();
  // The others look again in a moment, when the new one can be invited.
  world.clock.advance(2_000);
  await world.settle();
  return device;
}

suite("several devices of one person", () => {
  test("a new device comes into every room, and both say and hear the same from then on", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "Before the tablet");
    await world.settle();
    const tablet = await secondDevice(world, ana);
    assert.deepEqual(
      tablet.getState().rooms.map(({ id, standing }) => [id, standing]),
      [[room, "member"]],
    );
    await ben.acceptRequest(room);
    await ben.sendText(room, "To both of you");
    await tablet.sendText(room, "From the tablet");
    await world.settle();
    assert.deepEqual(await textsOf(tablet, room), ["ben: To both of you", "ana: From the tablet"]);
    for (const person of [ana, ben])
      assert.deepEqual(await textsOf(person, room), [
        "ana: Before the tablet",
        "ben: To both of you",
        "ana: From the tablet",
      ]);
    const own = (await messagesIn(ana, room)).map(({ own }) => own);
    assert.deepEqual(own.at(-1), true, "what my tablet said is mine");
    assert.ok((await linesIn(ben, room)).includes("device of ana +1 -0"));
    assert.deepEqual(
      ben.getState().notices.map(({ kind }) => kind),
      ["person-new-device"],
    );
    assert.deepEqual(
      ana.getState().notices.map(({ kind }) => kind),
      ["own-new-device"],
    );
  });

  test("a room made later has both devices from the start", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const tablet = await secondDevice(world, ana);
    const room = await tablet.createRoom({ handles: ["ben"], name: "Kites" });
    await tablet.sendText(room, "Hello");
    await world.settle();
    for (const person of [ana, ben, tablet]) assert.deepEqual(await textsOf(person, room), ["ana: Hello"]);
  });

  test("the same report can be made on either device", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const tablet = await secondDevice(world, ana);
    const room = await ben.createRoom({ handles: ["ana"], name: null });
    await ben.sendText(room, "The kite is blue");
    await world.settle();
    for (const device of [ana, tablet]) {
      const key = (await messagesIn(device, room)).find(({ body }) => body.kind === "text")?.key ?? "";
      const draft = await device.draftReport(room, [key]);
      const preview = await device.previewReport({ ...draft, category: "other" });
      await device.sendReport(preview);
      await world.settle();
      const { verdict, bundle } = await verifyReport(world, preview.reportId);
      assert.equal(verdict.verdict, "VERIFIED");
      assert.equal(Buffer.from(bundle.reporter.deviceId).toString("hex"), device.getState().me?.deviceId);
    }
  });

  test("a device that was removed is told, is taken out of every room, and hears nothing more", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const tablet = await secondDevice(world, ana);
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await world.settle();
    await ana.removeDevice(tablet.getState().me?.deviceId ?? "");
    await world.settle();
    assert.equal(tablet.getState().phase, "removed");
    assert.equal(world.hub.state.rooms.get(room)?.members.length, 2);
    await ben.acceptRequest(room);
    await ben.sendText(room, "Only for the telephone");
    await world.settle();
    assert.deepEqual(await textsOf(tablet, room), []);
    assert.deepEqual(
      ana.getState().me?.devices.map(({ name }) => name),
      ["Telephone"],
    );
    await tablet.wipe();
    assert.deepEqual([tablet.getState().phase, tablet.getState().rooms.length], ["welcome", 0]);
  });

  test("who leaves on one device leaves on all", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const tablet = await secondDevice(world, ana);
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await world.settle();
    await tablet.leave(room);
    await world.settle();
    assert.deepEqual(
      [ana, tablet].map((one) => one.getState().rooms[0]?.standing),
      ["left", "left"],
    );
    assert.deepEqual(ben.getState().rooms[0]?.members, [ben.getState().me?.uri]);
  });
});

suite("a device that was away", () => {
  test("catches up on messages and on who came and went, in order", async () => {
    await using world = await makeWorld();
    const [ana, ben, cem] = [await world.person("ana"), await world.person("ben"), await world.person("cem")];
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    const store = await world.freeze(ben);
    for (let at = 1; at <= 60; at++) await ana.sendText(room, `Line ${at}`);
    await ana.invite(room, ["cem"]);
    await world.settle();
    await cem.acceptRequest(room);
    await cem.sendText(room, "I am new");
    await world.settle();
    const again = await world.device({ store });
    await world.settle();
    const texts = await textsOf(again, room);
    assert.equal(texts.at(-1), "cem: I am new");
    assert.equal(again.getState().rooms[0]?.unread, 61);
    await again.loadOlder(room);
    assert.equal((await textsOf(again, room)).filter((text) => text.startsWith("ana: Line")).length, 60);
    await again.sendText(room, "Back again");
    await world.settle();
    assert.equal((await textsOf(cem, room)).at(-1), "ben: Back again");
  });

  test("sends what it wrote while it was away, under the room's new epoch", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    await world.person("cem");
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    const store = await world.freeze(ben);
    const away = await world.device({ store, api: (real) => breakable(real, () => "before") });
    await away.sendText(room, "Written under way");
    for (const handle of ["cem", "dee", "eli"]) {
      if (handle !== "cem") await world.person(handle);
      await ana.invite(room, [handle]);
      await world.settle([ana]);
    }
    await away.close();
    const again = await world.device({ store });
    await world.settle();
    assert.equal((await textsOf(ana, room)).at(-1), "ben: Written under way");
    assert.deepEqual(again.getState().waiting, 0);
  });
});
