import assert from "node:assert/strict";
import { test } from "node:test";
import { agent, bytes, device, groupId, type Open, refuses, Room, uriOf } from "./room.ts";

/** What the hub and an inviter read: key packages, GroupInfos, commits; and what each refuses. */
export function testDoor(open: Open): void {
  const now = new Date("2026-11-21T12:00:00Z");
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000);

  test("a key package says whose it is, until it runs out", async () => {
    const mls = await open({ clock: () => now });
    const ann = await device(mls, "ann");
    const { keyPackage } = await mls.createKeyPackage(ann);
    const { uri, deviceId, publicKey } = ann;
    assert.deepEqual(await mls.readKeyPackage(keyPackage), { leaf: -1, uri, deviceId, publicKey });
    const at = async (time: Date) => (await open({ clock: () => time })).readKeyPackage(keyPackage);
    await at(later(89));
    await refuses("mls.lifetime", () => at(later(91)));
    await refuses("mls.lifetime", () => at(later(-2)));
    await (await open()).readKeyPackage(keyPackage);
  });

  test("a key package that was changed anywhere is refused", async () => {
    const mls = await open();
    const { keyPackage } = await mls.createKeyPackage(await device(mls, "ann"));
    for (let at = 0; at < keyPackage.length; at += 7) {
      const changed = keyPackage.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(() => mls.readKeyPackage(changed), { name: "FrankingError" }, `byte ${at}`);
    }
    await refuses("mls.malformed", () => mls.readKeyPackage(keyPackage.subarray(0, -1)));
  });

  test("devices are named by mimi:// URIs and 16 bytes, and by nothing else", async () => {
    const mls = await open();
    const ann = await device(mls, "ann");
    for (const wrong of [
      { uri: "https://hub.example/u/ann" },
      { uri: "mimi://hub.example/u/ann#1" },
      { uri: "mimi://hub.example/u/a nn" },
      { deviceId: new Uint8Array(15) },
      { privateKey: new Uint8Array(64) },
    ])
      await refuses("mls.identity", () => mls.createKeyPackage({ ...ann, ...wrong }));
    await refuses("mls.agent", () => mls.createGroup(ann, groupId, { ...agent, domain: "Not a domain" }));
  });

  test("the hub reads who is in a group from its GroupInfo, and refuses one that was changed anywhere", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const roster = await room.mls.readGroupInfo(room.groupInfo);
    assert.deepEqual(roster.agent, agent);
    assert.deepEqual(
      roster.members.map(({ uri }) => uri),
      ["ann", "bob", "cleo"].map(uriOf),
    );
    for (let at = 0; at < room.groupInfo.length; at += 37) {
      const changed = room.groupInfo.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(() => room.mls.readGroupInfo(changed), { name: "FrankingError" }, `byte ${at}`);
    }
  });

  test("the hub follows no commit with another one's GroupInfo, nor one that was changed anywhere", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const { mls } = room;
    const [mild, harsh] = await Promise.all([
      mls.commit(room.state("ann"), { add: [], remove: [] }),
      mls.commit(room.state("ann"), { add: [], remove: [1] }),
    ]);
    await refuses("mls.commit", () => mls.followCommit(room.groupInfo, mild.commit, harsh.groupInfo));
    await refuses("mls.commit", () => mls.followCommit(room.groupInfo, harsh.commit, mild.groupInfo));
    await refuses("mls.epoch-ahead", async () => {
      const next = await mls.commit(mild.state, { add: [], remove: [] });
      await mls.followCommit(room.groupInfo, next.commit, next.groupInfo);
    });
    await refuses("mls.epoch-too-old", () => mls.followCommit(mild.groupInfo, mild.commit, mild.groupInfo));
    // All but the membership tag, which only members can check: the last 33 bytes.
    for (let at = 0; at < harsh.commit.length - 33; at += 23) {
      const changed = harsh.commit.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const follow = () => mls.followCommit(room.groupInfo, changed, harsh.groupInfo);
      await assert.rejects(follow, { name: "FrankingError" }, `byte ${at}`);
    }
  });

  test("a welcome opens with its own key package and secret keys only", async () => {
    const mls = await open();
    const [bob, cleo] = await Promise.all(
      ["bob", "cleo"].map(async (name) => mls.createKeyPackage(await device(mls, name))),
    );
    const group = await mls.createGroup(await device(mls, "ann"), groupId, agent);
    assert.ok(bob !== undefined && cleo !== undefined);
    const { welcome } = await mls.commit(group, { add: [bob.keyPackage], remove: [] });
    assert.ok(welcome !== null);
    await refuses("mls.key-package", () => mls.join(welcome, cleo.keyPackage, cleo.secret));
    await refuses("mls.key-package", () => mls.join(welcome, bob.keyPackage, cleo.secret));
    await refuses("mls.key-package", () => mls.join(welcome, bob.keyPackage, bytes("short")));
    await mls.join(welcome, bob.keyPackage, bob.secret);
  });

  test("a commit removes only who is there, never its maker, and adds nobody twice", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const commit = (add: readonly Uint8Array[], remove: readonly number[]) =>
      room.mls.commit(room.state("ann"), { add, remove });
    await refuses("mls.member", () => commit([], [2]));
    await refuses("mls.member", () => commit([], [0]));
    await refuses("mls.member", () => commit([], [1, 1]));
    const again = await room.mls.createKeyPackage(await device(room.mls, "bob"));
    await refuses("mls.commit", () => commit([again.keyPackage], []));
    await room.talk();
  });

  test("bytes that are no state are refused", async () => {
    const { mls, ...room } = await open().then(async (mls) => ({
      mls,
      state: await mls.createGroup(await device(mls, "ann"), groupId, agent),
    }));
    for (const wrong of [
      bytes(""),
      bytes("state"),
      room.state.subarray(0, -1),
      Uint8Array.of(...room.state, 0),
    ])
      assert.throws(() => mls.inspect(wrong), { name: "FrankingError", code: "mls.state" });
  });
}
