import assert from "node:assert/strict";
import { test } from "node:test";
import { ratchetUntil } from "ts-mls/secretTree.js";
import { agent, device, groupId, refuses, Room, text } from "./conformance/room.ts";
import { openNodeMls } from "./node.ts";
import { nodeSuite } from "./node-suite.ts";
import { clientConfig } from "./profile.ts";
import { readState, writeState } from "./state-codec.ts";

// How far things go, and what is said beyond.

test("a sender may be 1024 messages ahead and no further", async () => {
  const room = await Room.of(await openNodeMls(), ["ann", "bob"]);
  const state = readState(room.state("ann"));
  const own = state.secretTree[0];
  assert.ok(own !== undefined);
  const config = { ...clientConfig.keyRetentionConfig, retainKeysForGenerations: 1 };
  const [application] = await ratchetUntil(own.application, 1024, config, nodeSuite().kdf);
  const node = { ...own, application: { ...application, unusedGenerations: {} } };
  room.put("ann", writeState({ ...state, secretTree: state.secretTree.with(0, node) }));
  const last = await room.say("ann", "1024");
  const further = await room.say("ann", "too far");
  await refuses("mls.too-far-ahead", () => room.mls.receive(room.state("bob"), further));
  assert.equal(text((await room.hear("bob", last)).plaintext), "1024");
  assert.equal(text((await room.hear("bob", further)).plaintext), "too far");
});

test("who commits an Add has its lifetime checked, with a clock and without", async () => {
  const old = await openNodeMls({ clock: () => new Date("2020-01-01T00:00:00Z") });
  const now = await openNodeMls({ clock: () => new Date("2026-11-21T00:00:00Z") });
  const without = await openNodeMls();
  const { keyPackage } = await old.createKeyPackage(await device(old, "bob"));
  for (const mls of [now, without]) {
    const state = await mls.createGroup(await device(mls, "ann"), groupId, agent);
    await refuses("mls.lifetime", () => mls.commit(state, { add: [keyPackage], remove: [] }));
  }
});

test("a group has room for 256 devices and for no more", async () => {
  const mls = await openNodeMls();
  const state = await mls.createGroup(await device(mls, "ann"), groupId, agent);
  const { keyPackage } = await mls.createKeyPackage(await device(mls, "bob"));
  await refuses("mls.group-full", () =>
    mls.commit(state, { add: Array.from({ length: 256 }, () => keyPackage), remove: [] }),
  );
});
