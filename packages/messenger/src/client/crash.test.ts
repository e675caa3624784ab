import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Store } from "./store/store.ts";
import { crashingStore } from "./testing/crash.ts";
import { messagesIn, textsOf } from "./testing/look.ts";
import { breakable, makeWorld, type TestWorld } from "./testing/people.ts";
import { verifyReport } from "./testing/verify.ts";
import type { Messenger } from "./types.ts";

const said = ["ana: One kite", "ana: Two kites", "ana: Three kites"];

/** Two people in a room, and what ana's device has stored. */
async function pair(world: TestWorld) {
  const [ana, ben] = [await world.person("ana"), await world.person("ben")];
  const room = await ana.createRoom({ handles: ["ben"], name: null });
  await world.settle();
  await ben.acceptRequest(room);
  return { ben, room, store: await world.freeze(ana) };
}

/** Says everything, each until it was stored: what rejected was not taken, and a person would say it again. */
async function sayAll(open: () => Promise<Messenger>, room: string): Promise<Messenger> {
  let ana = await open();
  for (const text of said) {
    for (;;) {
      const taken = await ana.sendText(room, text.slice(5)).then(
        () => true,
        () => false,
      );
      if (taken) break;
      await ana.close().catch(() => undefined);
      ana = await open();
    }
    // A machine that has stopped never comes to rest; one that runs has sent by then, or is stopped while it sends.
    await pause();
  }
  return ana;
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 40));
}

async function assertSaidOnce(
  world: TestWorld,
  people: { ana: Messenger; ben: Messenger },
  room: string,
): Promise<void> {
  const { ana, ben } = people;
  for (const person of [ana, ben]) assert.deepEqual(await textsOf(person, room), said);
  const keys = (await messagesIn(ben, room)).filter(({ body }) => body.kind === "text").map(({ key }) => key);
  const draft = await ben.draftReport(room, keys);
  const preview = await ben.previewReport({ ...draft, category: "other" });
  await ben.sendReport(preview);
  await world.settle();
  assert.equal((await verifyReport(world, preview.reportId)).verdict.verdict, "VERIFIED");
}

suite("a sender whose machine stops", () => {
  for (const writes of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    test(`at its write ${writes} says everything once, in order, and stays reportable`, async () => {
      await using world = await makeWorld({ faults: "expected" });
      const { ben, room, store } = await pair(world);
      let next: Store = crashingStore(store, writes).store;
      const open = async () => {
        const messenger = await world.device({ store: next });
        next = store;
        return messenger;
      };
      const crashed = await sayAll(open, room);
      await crashed.close().catch(() => undefined);
      const ana = await world.device({ store });
      await world.persist();
      await assertSaidOnce(world, { ana, ben }, room);
    });
});

suite("a sender whose connection breaks", () => {
  for (const how of ["before", "after"] as const)
    for (const call of ["sendMessage", "inbox", "acknowledge"])
      test(`${how} the hub hears "${call}", every second time, says everything once`, async () => {
        await using world = await makeWorld();
        const { ben, room, store } = await pair(world);
        let count = 0;
        const ana = await world.device({
          store,
          api: (real) => breakable(real, (name) => (name === call && count++ % 2 === 0 ? how : null)),
        });
        for (const text of said) await ana.sendText(room, text.slice(5));
        await world.persist();
        await assertSaidOnce(world, { ana, ben }, room);
      });
});

suite("a receiver whose machine stops", () => {
  for (const writes of [1, 2, 3, 4])
    test(`at its write ${writes} has everything once when it comes back`, async () => {
      await using world = await makeWorld({ faults: "expected" });
      const { ben, room, store } = await pair(world);
      const benStore = await world.freeze(ben);
      const stopping = await world.device({ store: crashingStore(benStore, writes).store });
      const ana = await world.device({ store });
      for (const text of said) {
        await ana.sendText(room, text.slice(5));
        await world.settle([ana]);
      }
      await stopping.close().catch(() => undefined);
      const again = await world.device({ store: benStore });
      await world.persist();
      await assertSaidOnce(world, { ana, ben: again }, room);
    });
});

suite("a commit", () => {
  test("that lost the race against another's is made anew until both have what they wanted", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    for (const handle of ["cem", "dee"]) await world.person(handle);
    const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
    await world.settle();
    await ben.acceptRequest(room);
    await Promise.all([ana.invite(room, ["cem"]), ben.invite(room, ["dee"])]);
    await world.persist();
    for (const person of [ana, ben]) assert.equal(person.getState().rooms[0]?.members.length, 4);
    assert.equal(world.hub.state.rooms.get(room)?.epoch, 3);
  });

  for (const how of ["before", "after"] as const)
    for (const call of ["createRoom", "takeKeyPackages", "commit"])
      test(`comes through when the connection breaks ${how} the hub hears "${call}"`, async () => {
        await using world = await makeWorld();
        await world.person("ben");
        let broken = false;
        const ana = await world.device({
          api: (real) =>
            breakable(real, (name) => {
              if (broken || name !== call) return null;
              broken = true;
              return how;
            }),
        });
        await ana.register({ handle: "ana", name: "Ana", birthYear: null, deviceName: "Telephone" });
        await world.settle();
        const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
        await ana.sendText(room, "Hello");
        await world.persist();
        assert.ok(broken);
        assert.deepEqual(ana.getState().rooms[0]?.members.length, 2);
        assert.equal(world.hub.state.rooms.get(room)?.epoch, 1, "one commit, taken once");
      });

  for (const writes of [1, 2, 3, 4, 5, 6, 7, 8])
    test(`survives a machine that stops at its write ${writes}`, async () => {
      await using world = await makeWorld({ faults: "expected" });
      const [ana, ben] = [await world.person("ana"), await world.person("ben")];
      const room = await ana.createRoom({ handles: [], name: "Kites" });
      await world.settle();
      const store = await world.freeze(ana);
      const stopping = await world.device({ store: crashingStore(store, writes).store });
      const taken = await stopping.invite(room, ["ben"]).then(
        () => true,
        () => false,
      );
      await pause();
      await stopping.close().catch(() => undefined);
      const again = await world.device({ store });
      if (!taken) await again.invite(room, ["ben"]);
      await again.sendText(room, "Hello");
      await world.persist();
      assert.deepEqual(await textsOf(ben, room), ["ana: Hello"]);
      assert.equal(world.hub.state.rooms.get(room)?.epoch, 1, "one commit, taken once");
    });
});
