import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { MessengerError } from "../error.ts";
import type { HubApi, HubSession } from "../hub/api.ts";
import type { Store } from "../store/store.ts";
import { textsOf } from "../testing/look.ts";
import { lastingStore, makeWorld, type TestWorld } from "../testing/people.ts";

suite("who is wanted in a room while its worker is about to look", () => {
  test("comes in when they say yes just then", async () => {
    await using world = await makeWorld();
    const { ana, zoe, room, goOn } = await waitingForZoe(world);
    await zoe.answerAsk(ana.getState().me?.uri ?? "", true);
    while (ana.getState().rooms[0]?.asked.length !== 0) await new Promise(setImmediate);
    goOn();
    await world.settle();
    assert.deepEqual(await textsOf(zoe, room), ["ana: The kite is blue"]);
  });

  test("comes in when they are invited just then", async () => {
    await using world = await makeWorld();
    const { ana, room, goOn } = await waitingForZoe(world);
    const ben = await world.person("ben");
    await ana.invite(room, ["ben"]);
    goOn();
    await world.settle();
    assert.deepEqual(await textsOf(ben, room), ["ana: The kite is blue"]);
  });
});

suite("who was asked first", () => {
  test("comes in when their yes overtakes the hub's answer that they were asked", async () => {
    await using world = await makeWorld();
    const answer = Promise.withResolvers<void>();
    const ana = await world.device({ api: (real) => slowToAnswer(real, answer.promise) });
    await ana.register({ handle: "ana", name: "Ana Example", birthYear: 1990, deviceName: "Telephone" });
    const zoe = await world.person("zoe", 2012);
    const room = await ana.createRoom({ handles: ["zoe"], name: null });
    await ana.sendText(room, "The kite is blue");
    while (zoe.getState().asks.length === 0) await new Promise(setImmediate);
    await zoe.answerAsk(ana.getState().me?.uri ?? "", true);
    await world.settle([zoe]);
    answer.resolve();
    await world.settle();
    assert.deepEqual(await textsOf(zoe, room), ["ana: The kite is blue"]);
  });

  test("comes in when the hub has let go of the notice of their yes", async () => {
    await using world = await makeWorld();
    const [ana, zoe] = [await world.person("ana"), await world.person("zoe", 2012)];
    const room = await ana.createRoom({ handles: ["zoe"], name: null });
    await ana.sendText(room, "The kite is blue");
    await world.settle([zoe]);
    const { uri = "", deviceId = "" } = ana.getState().me ?? {};
    const store = await world.freeze(ana);
    await zoe.answerAsk(uri, true);
    world.hub.state.devices.get(deviceId)?.inbox.pop();
    await world.device({ store });
    await world.settle();
    assert.deepEqual(await textsOf(zoe, room), ["ana: The kite is blue"]);
  });

  test("is asked later when the hub has had too many requests, which is not to be out of its reach", async () => {
    await using world = await makeWorld();
    let limits = 0;
    const busy = new MessengerError("hub.busy", "Too much at once.");
    const ana = await world.device({ api: (real) => refusing(real, "ask", () => limits++ < 2, busy) });
    await ana.register({ handle: "ana", name: "Ana Example", birthYear: 1990, deviceName: "Telephone" });
    const zoe = await world.person("zoe", 2012);
    const seen = new Set<string>();
    ana.subscribe(() => seen.add(ana.getState().connection));
    await ana.createRoom({ handles: ["zoe"], name: null });
    while (zoe.getState().asks.length === 0) {
      await new Promise(setImmediate);
      world.clock.advance(100);
    }
    assert.deepEqual([...seen], ["online"]);
  });

  test("is still waited for when the hub will not have somebody else", async () => {
    await using world = await makeWorld();
    let refusals = 0;
    const ana = await world.device({ api: (real) => refusing(real, "commit", () => refusals++ < 4) });
    await ana.register({ handle: "ana", name: "Ana Example", birthYear: 1990, deviceName: "Telephone" });
    const zoe = await world.person("zoe", 2012);
    await world.person("ben");
    await ana.createRoom({ handles: ["ben", "zoe"], name: "Kites" });
    await world.settle();
    const { notAdded, asked } = ana.getState().rooms[0] ?? {};
    assert.deepEqual([notAdded, asked], [["ben"], [zoe.getState().me?.uri]]);
    await zoe.answerAsk(ana.getState().me?.uri ?? "", true);
    await world.settle();
    assert.equal(zoe.getState().rooms[0]?.name, "Kites");
  });
});

/** A hub that refuses a call as long as `refuses` says so. */
function refusing(
  real: HubApi,
  refused: keyof HubSession,
  refuses: () => boolean,
  refusal = new MessengerError("hub.refused", "The hub refused.", { detail: "chat.roster-refused" }),
): HubApi {
  return {
    ...real,
    signedIn: (device) =>
      new Proxy(real.signedIn(device), {
        get(target, name, receiver) {
          if (name === refused && refuses()) throw refusal;
          return Reflect.get(target, name, receiver) as unknown;
        },
      }),
  };
}

/** A hub whose answer that somebody was asked does not come before `until`. */
function slowToAnswer(real: HubApi, until: Promise<void>): HubApi {
  return {
    ...real,
    signedIn(device) {
      const session = real.signedIn(device);
      return new Proxy(session, {
        get(target, name, receiver) {
          if (name !== "ask") return Reflect.get(target, name, receiver) as unknown;
          return async (uri: string) => {
            const answer = await session.ask(uri);
            await until;
            return answer;
          };
        },
      });
    },
  };
}

/** Ana wrote to Zoe, who was asked and has not answered; Ana's worker has seen so, and is held up before it acts on it. */
async function waitingForZoe(world: TestWorld) {
  const slow = slowStore(lastingStore());
  const ana = await world.device({ store: slow.store });
  await ana.register({ handle: "ana", name: "Ana Example", birthYear: 1990, deviceName: "Telephone" });
  const zoe = await world.person("zoe", 2012);
  await world.settle();
  const room = await ana.createRoom({ handles: ["zoe"], name: null });
  await world.settle();
  assert.deepEqual(ana.getState().rooms[0]?.asked, [zoe.getState().me?.uri]);
  const goOn = slow.hold();
  await ana.sendText(room, "The kite is blue");
  while (!slow.isHolding()) await new Promise(setImmediate);
  return { ana, zoe, room, goOn };
}

interface Slow {
  readonly store: Store;
  /** Groups are not read until what it gives back is called. */
  hold(): () => void;
  /** Somebody waits for a group. */
  isHolding(): boolean;
}

function slowStore(store: Store): Slow {
  let gate = Promise.resolve();
  let waiting = 0;
  return {
    store: {
      ...store,
      async get(collection, key) {
        if (collection === "groups") {
          waiting++;
          await gate;
          waiting--;
        }
        return await store.get(collection, key);
      },
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    isHolding: () => waiting > 0,
  };
}
