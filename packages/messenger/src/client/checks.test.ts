import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { openHubKeys, type SignedHead, signHead } from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import type { HubApi, Inbox, MessageEvent } from "./hub/api.ts";
import { alteredInbox, alteredMessages, dishonest } from "./testing/dishonest.ts";
import { linesIn, textsOf } from "./testing/look.ts";
import { makeWorld, type TestWorld } from "./testing/people.ts";
import type { Messenger } from "./types.ts";

/** Ana sends three messages to ben, whose hub lies as `api` says from the second on; what ben sees of them. */
async function threeMessages(
  world: TestWorld,
  api: (real: HubApi, isOn: () => boolean) => HubApi,
): Promise<{ ben: Messenger; room: string; lines: readonly string[] }> {
  const ana = await world.person("ana");
  let on = false;
  const ben = await world.device({ api: (real) => api(real, () => on) });
  await ben.register({ handle: "ben", name: "Ben", birthYear: null, deviceName: "Telephone" });
  await world.settle();
  const room = await ana.createRoom({ handles: ["ben"], name: null });
  await ana.sendText(room, "One");
  await world.settle();
  on = true;
  await ana.sendText(room, "Two");
  await world.settle();
  on = false;
  await ana.sendText(room, "Three");
  await world.settle();
  const lines = (await linesIn(ben, room)).filter((line) => !line.startsWith("room"));
  return { ben, room, lines };
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
}

suite("a message that fails a check is never shown, and the next one is", () => {
  const faults: readonly (readonly [string, string, (message: MessageEvent) => MessageEvent])[] = [
    [
      "the hub's mark is not signed by the hub",
      "frank.signature",
      change((one) => ({ frank: { ...one.frank, signature: flipped(one.frank.signature) } })),
    ],
    [
      "the hub names another time than it signed",
      "frank.signature",
      change((one) => ({ context: { ...one.context, acceptedAt: one.context.acceptedAt + 1n } })),
    ],
    [
      "the hub names another sender",
      "frank.sender",
      change((one) => ({ context: { ...one.context, senderUri: "mimi://hub.example/u/cem" } })),
    ],
    ["the hub names another device", "frank.device", change((one) => ({ deviceId: flipped(one.deviceId) }))],
    [
      "the hub names another room",
      "frank.room",
      change((one) => ({ context: { ...one.context, roomUri: "mimi://hub.example/r/AAAA" } })),
    ],
    [
      "the ciphertext was altered",
      "mls.undecryptable",
      change((one) => ({
        message: one.message.map((byte, at) => (at === one.message.length - 1 ? byte ^ 1 : byte)),
      })),
    ],
    [
      "the month of the hub's key is wrong",
      "frank.kid",
      change((one) => ({ ext: { ...one.ext, hubKid: one.ext.hubKid + 1 } })),
    ],
  ];
  for (const [what, code, alter] of faults)
    test(what, async () => {
      await using world = await makeWorld();
      const { ben, room, lines } = await threeMessages(world, (real, isOn) =>
        alteredMessages(real, (message) => (isOn() ? alter(message) : message)),
      );
      assert.deepEqual(lines, ["ana: One", `unverifiable ${code}`, "ana: Three"]);
      await assert.rejects(
        ben.draftReport(room, [(await refusedKey(ben, room)) ?? ""]),
        { code: "message.not-found" },
        "what was not shown cannot be picked for a report",
      );
    });

  test("the hub let go of it before this device fetched it", async () => {
    await using world = await makeWorld();
    const { lines } = await threeMessages(world, (real, isOn) =>
      alteredMessages(real, (one) =>
        isOn() ? { ...one, delivered: { ...one.delivered, message: new Uint8Array(0) } } : one,
      ),
    );
    assert.deepEqual(lines, ["ana: One", "missing 1", "ana: Three"]);
  });
});

suite("a hub that tells different stories", () => {
  test("is caught by its own signed head, and what that head does not cover is not shown", async () => {
    await using world = await makeWorld();
    const { lines } = await threeMessages(world, (real, isOn) =>
      alteredInbox(real, (inbox) =>
        isOn()
          ? { ...inbox, heads: inbox.heads.map((head) => ({ ...head, head: flipped(head.head) })) }
          : inbox,
      ),
    );
    assert.deepEqual(lines, ["ana: One", "unverifiable chain.head-signature", "ana: Three"]);
  });

  test("is caught when it signs another conversation than it hands out", async () => {
    await using world = await makeWorld();
    const { signatureKey } = world.hub.state.keys;
    const { ben, lines } = await threeMessages(world, (real, isOn) =>
      dishonest(real, (session) => ({
        inbox: async (...args) => {
          const inbox = await session.inbox(...args);
          if (!isOn()) return inbox;
          const other = (head: SignedHead) =>
            signHead(nodeCrypto, signatureKey, { ...head, head: flipped(head.head) });
          return { ...inbox, heads: await Promise.all(inbox.heads.map(other)) };
        },
      })),
    );
    assert.deepEqual(lines, ["ana: One", "unverifiable chain.fork", "ana: Three"]);
    assert.deepEqual(
      ben.getState().warnings.map(({ kind }) => kind),
      ["different-conversations"],
    );
  });

  test("or signs nothing for a message, shows nothing", async () => {
    await using world = await makeWorld();
    const { lines } = await threeMessages(world, (real, isOn) =>
      alteredInbox(real, (inbox) => (isOn() ? { ...inbox, heads: [] } : inbox)),
    );
    assert.deepEqual(lines, ["ana: One", "unverifiable chain.head-missing", "ana: Three"]);
  });

  test("is caught when a message does not follow the one before: nothing of the room is shown any more", async () => {
    await using world = await makeWorld();
    const { ben, lines } = await threeMessages(world, (real, isOn) =>
      alteredMessages(real, (one) =>
        isOn()
          ? {
              ...one,
              delivered: {
                ...one.delivered,
                ext: { ...one.delivered.ext, prevHead: new Uint8Array(32).fill(9) },
              },
            }
          : one,
      ),
    );
    assert.deepEqual(lines, ["ana: One", "unverifiable chain.broken", "unverifiable chain.broken"]);
    assert.deepEqual(
      ben.getState().warnings.map(({ kind }) => kind),
      ["different-conversations"],
    );
  });

  test("is caught when it leaves a message out: the gap is named", async () => {
    await using world = await makeWorld();
    const { ben, room, lines } = await threeMessages(world, (real, isOn) =>
      alteredInbox(real, (inbox) => (isOn() ? withoutMessages(inbox) : inbox)),
    );
    assert.deepEqual(lines, ["ana: One", "missing 1", "ana: Three"]);
    assert.deepEqual(
      ben.getState().warnings.map(({ kind, detail }) => [kind, detail]),
      [["messages-missing", "1"]],
    );
    const { record } = await newestReportable(ben, room);
    assert.equal(record, 1, "a report cannot reach over the gap");
  });

  test("is caught when a sender saw another conversation than this device", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "One");
    await world.settle();
    await ben.acceptRequest(room);
    const store = await world.freeze(ben);
    const rooms = await store.list("rooms");
    const [known] = rooms;
    assert.ok(known !== undefined);
    const { chain } = known.value;
    // Ben's device was shown another head for the same place: it says so inside its next message.
    await store.write([
      {
        in: "rooms",
        key: known.key,
        put: { ...known.value, chain: { ...chain, head: new Uint8Array(32).fill(9) } },
      },
    ]);
    const lied = await world.device({ store });
    await lied.sendText(room, "Two");
    await world.settle();
    assert.deepEqual(await textsOf(ana, room), ["ana: One", "ben: Two"]);
    assert.deepEqual(
      ana.getState().warnings.map(({ kind }) => kind),
      ["different-conversations"],
    );
  });
});

suite("a hub that marks messages with junk", () => {
  test("is caught at the first message of a room, before anybody needs a report", async () => {
    await using world = await makeWorld();
    const { state } = world.hub;
    state.markKeys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(1), state.keys.signatureKey);
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "One");
    await world.settle();
    assert.deepEqual(await textsOf(ben, room), ["ana: One"], "the signature over the junk is genuine");
    assert.deepEqual(
      ben.getState().warnings.map(({ kind }) => kind),
      ["mark-not-genuine"],
    );
  });

  test("is caught when it will not answer for its mark", async () => {
    await using world = await makeWorld();
    const { ben } = await threeMessages(world, (real) =>
      dishonest(real, (session) => ({
        auditFrank: async (question) => ({ ...(await session.auditFrank(question)), valid: false }),
      })),
    );
    assert.deepEqual(
      ben.getState().warnings.map(({ kind }) => kind),
      ["mark-not-genuine"],
    );
  });
});

suite("a hub that lies about people", () => {
  test("is caught when it names another roster than the encryption has", async () => {
    await using world = await makeWorld();
    const ana = await world.person("ana");
    await world.person("ben");
    await ana.createRoom({ handles: ["ben"], name: null });
    await world.settle();
    const lying = (real: HubApi) =>
      dishonest(real, (session) => ({
        me: async () => {
          const me = await session.me();
          return { ...me, rooms: me.rooms.map((one) => ({ ...one, members: one.members.slice(0, 1) })) };
        },
      }));
    const again = await world.device({ store: await world.freeze(ana), api: lying });
    await world.settle();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(
      again.getState().warnings.map(({ kind }) => kind),
      ["different-members"],
    );
  });

  test("is caught when a key speaks for somebody that its directory does not name", async () => {
    await using world = await makeWorld();
    const { ben } = await threeMessages(world, (real) =>
      dishonest(real, (session) => ({
        account: async (handle) => {
          const account = await session.account(handle);
          return account === null
            ? null
            : {
                ...account,
                devices: account.devices.map((one) => ({ ...one, publicKey: flipped(one.publicKey) })),
              };
        },
      })),
    );
    assert.deepEqual(
      ben.getState().warnings.map(({ kind, detail }) => [kind, detail]),
      [["unknown-device", "ana"]],
    );
  });
});

function change(
  alter: (one: MessageEvent["delivered"]) => Partial<MessageEvent["delivered"]>,
): (message: MessageEvent) => MessageEvent {
  return (message) => ({ ...message, delivered: { ...message.delivered, ...alter(message.delivered) } });
}

function withoutMessages(inbox: Inbox): Inbox {
  return { ...inbox, events: inbox.events.filter(({ kind }) => kind !== "message"), heads: [] };
}

async function refusedKey(messenger: Messenger, room: string): Promise<string | undefined> {
  await messenger.openRoom(room);
  return messenger.getRoom(room)?.messages.find(({ body }) => body.kind === "unverifiable")?.key;
}

/** How many lines a report of the newest message would have. */
async function newestReportable(messenger: Messenger, room: string): Promise<{ record: number }> {
  await messenger.openRoom(room);
  const key = messenger
    .getRoom(room)
    ?.messages.findLast(({ reportable, body }) => reportable && body.kind === "text")?.key;
  const draft = await messenger.draftReport(room, [key ?? ""]);
  return { record: draft.lines.length };
}
