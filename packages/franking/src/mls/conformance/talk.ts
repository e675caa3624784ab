import assert from "node:assert/strict";
import { test } from "node:test";
import { aad, agent, bytes, device, groupId, type Open, refuses, Room, uriOf } from "./room.ts";

/** Creating, adding, talking, removing. */
export function testTalk(open: Open): void {
  test("four devices talk, and each message names its sender's leaf, account, device and key", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo", "dan"]);
    await room.talk();
    const view = room.mls.inspect(room.state("cleo"));
    assert.deepEqual(view.groupId, groupId);
    assert.deepEqual(view.agent, agent);
    assert.equal(view.ownLeaf, 2);
    assert.deepEqual(
      view.members.map(({ leaf, uri }) => [leaf, uri]),
      ["ann", "bob", "cleo", "dan"].map((name, leaf) => [leaf, uriOf(name)]),
    );
    const heard = await room.hear("dan", await room.say("ann", "the train is late"));
    assert.deepEqual(heard.sender, view.members[0]);
  });

  test("two devices of one account are two members with one address", async () => {
    const room = await Room.of(await open(), ["ann/phone", "bob", "ann/tablet"]);
    await room.talk();
    const { members } = room.mls.inspect(room.state("bob"));
    assert.equal(members[0]?.uri, members[2]?.uri);
    assert.notDeepEqual(members[0]?.deviceId, members[2]?.deviceId);
    assert.notDeepEqual(members[0]?.publicKey, members[2]?.publicKey);
  });

  test("a removed device reads nothing of what is said after it went", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const before = room.state("bob");
    await room.remove("ann", ["bob"]);
    const message = await room.say("cleo", "the soup wants salt");
    await refuses("mls.epoch-ahead", () => room.mls.receive(before, message));
    await room.talk();
  });

  test("a removed device knows it, says nothing more, and still reads what came from before", async () => {
    const { mls } = await Room.of(await open(), ["ann"]);
    const room = await Room.of(mls, ["ann", "bob", "cleo"]);
    const late = await room.say("cleo", "the wind turns north");
    const { commit, state } = await mls.commit(room.state("ann"), { add: [], remove: [1] });
    const removed = await mls.receive(room.state("bob"), commit);
    assert.ok(removed.kind === "commit" && removed.removedUs);
    assert.deepEqual(
      mls.inspect(removed.state).members.map(({ leaf }) => leaf),
      [0, 2],
    );
    const heard = await mls.receive(removed.state, late);
    assert.ok(heard.kind === "application" && heard.sender.uri === uriOf("cleo"));
    const after = await mls.protect(state, new Uint8Array(1), new Uint8Array(0));
    await refuses("mls.removed", () => mls.receive(removed.state, after.message));
    await refuses("mls.removed", () => mls.protect(removed.state, new Uint8Array(1), new Uint8Array(0)));
    await refuses("mls.removed", () => mls.commit(removed.state, { add: [], remove: [] }));
    await refuses("mls.removed", () => mls.receive(removed.state, commit));
  });

  test("a device learns of its removal also when somebody else takes its place in the same commit", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    await room.commit("cleo", ["dan"], ["bob"]);
    assert.equal(room.leafOf("dan"), 1);
    await room.talk();
  });

  test("a device that lost its state is taken out and in again by one commit, under its old name and key", async () => {
    const mls = await open();
    const [ann, bob] = await Promise.all(["ann", "bob"].map((name) => device(mls, name)));
    assert.ok(ann !== undefined && bob !== undefined);
    const first = await mls.createKeyPackage(bob);
    const begun = await mls.createGroup(ann, groupId, agent);
    const one = await mls.commit(begun, { add: [first.keyPackage], remove: [] });
    const again = await mls.createKeyPackage(bob);
    const two = await mls.commit(one.state, { add: [again.keyPackage], remove: [1] });
    const followed = await mls.followCommit(one.groupInfo, two.commit, two.groupInfo);
    assert.deepEqual(followed.added, followed.removed);
    assert.ok(two.welcome !== null);
    const back = await mls.join(two.welcome, again.keyPackage, again.secret);
    const said = await mls.protect(two.state, bytes("you are back"), aad);
    assert.equal((await mls.receive(back, said.message)).kind, "application");
  });

  test("one welcome lets twenty devices in", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `guest${index}`);
    const room = await Room.of(await open(), ["ann", ...names]);
    const message = await room.say("guest19", "the bread is in the oven");
    for (const name of ["ann", "guest0", "guest7"])
      assert.equal((await room.hear(name, message)).sender.leaf, 20);
  });

  test("a commit that changes nobody renews its sender's keys", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    await room.commit("bob", [], []);
    await room.talk();
    assert.equal(room.mls.inspect(room.state("ann")).epoch, 2n);
  });

  test("states that are stored and read back after every step go on as if they never had been", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"], (state) => state.slice());
    await room.talk();
    await room.commit("bob", ["dan", "eve"], ["ann"]);
    await room.talk();
    await room.commit("eve", [], []);
    await room.remove("dan", ["cleo"]);
    await room.talk();
  });
}
