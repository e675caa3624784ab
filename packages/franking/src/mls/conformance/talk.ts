import assert from "node:assert/strict";
import { test } from "node:test";
import { agent, type Open, refuses, Room, uriOf } from "./room.ts";

export function testTalk(open: Open): void {
  test("four devices talk, and each message names its sender's leaf, account, device and key", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo", "dan"]);
    await room.talk();
    const view = room.mls.inspect(room.state("cleo"));
    assert.deepEqual(view.agent, agent);
    assert.deepEqual(
      view.members.map(({ leaf, uri }) => [leaf, uri]),
      ["ann", "bob", "cleo", "dan"].map((name, leaf) => [leaf, uriOf(name)]),
    );
    const heard = await room.hear("dan", await room.say("ann", "the train is late"));
    assert.deepEqual(heard.sender, view.members[0]);
  });

  test("a removed device reads nothing of what is said after it went", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const before = room.state("bob");
    await room.remove("ann", ["bob"]);
    const message = await room.say("cleo", "the soup wants salt");
    await refuses("mls.epoch-ahead", () => room.mls.receive(before, message));
    await room.talk();
  });
}
