import assert from "node:assert/strict";
import { test } from "node:test";
import { aad, bytes, type Open, Room, text, uriOf } from "./room.ts";

/** Two at once: commits, and calls with one state. */
export function testRaces(open: Open): void {
  test("whose commit the hub refuses goes on from the state before, as if it had never made it", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const lost = await room.mls.commit(room.state("bob"), { add: [], remove: [2] });
    // Between making it and hearing of the refusal, messages come and go.
    const message = await room.say("cleo", "the lake is calm");
    await room.hear("bob", message);
    await room.hear("ann", await room.say("bob", "so it is"));
    await room.commit("ann", ["dan"], []);
    await room.talk();
    assert.equal(room.mls.inspect(lost.state).epoch, 2n);
    assert.equal(room.mls.inspect(room.state("bob")).members.length, 4);
  });

  test("a commit's state knows nothing of what its maker received meanwhile, and reads all of it again", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const made = await room.mls.commit(room.state("ann"), { add: [], remove: [] });
    const [one, two] = [await room.say("bob", "one"), await room.say("bob", "two")];
    await room.hear("ann", one);
    // The hub took the commit after the first message and before the second.
    for (const name of ["bob", "cleo"])
      room.put(name, (await room.mls.receive(room.state(name), made.commit)).state);
    room.put("ann", made.state);
    for (const message of [two, one]) await room.hear("ann", message);
    await room.talk();
  });

  test("a commit may be in the making while messages of the same state are read", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const [one, two] = [await room.say("bob", "one"), await room.say("bob", "two")];
    const state = room.state("ann");
    const [made] = await Promise.all([
      room.mls.commit(state, { add: [], remove: [] }),
      room.mls.receive(state, one),
    ]);
    room.put("ann", made.state);
    for (const message of [two, one]) await room.hear("ann", message);
  });

  test("two calls with one state each go from that state", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const state = room.state("ann");
    const said = await Promise.all(["left", "right"].map((one) => room.mls.protect(state, bytes(one), aad)));
    // Both stand at the same place in the sender's chain: whoever reads one has used the other's key up.
    assert.notDeepEqual(said[0]?.message, said[1]?.message);
    const before = room.state("bob");
    for (const [index, { message }] of said.entries()) {
      const heard = await room.mls.receive(before, message);
      assert.ok(heard.kind === "application");
      assert.equal(text(heard.plaintext), ["left", "right"][index]);
      assert.equal(heard.sender.uri, uriOf("ann"));
    }
  });

  test("the bytes that go in are never changed", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const [ann, bob] = [room.state("ann"), room.state("bob")];
    const copies = [ann.slice(), bob.slice()];
    const plaintext = bytes("snow");
    const { message } = await room.mls.protect(ann, plaintext, aad);
    const copy = message.slice();
    const heard = await room.mls.receive(bob, message);
    await room.mls.commit(ann, { add: [], remove: [] });
    assert.deepEqual([ann, bob], copies);
    assert.deepEqual(message, copy);
    assert.equal(text(plaintext), "snow");
    // What comes out does not hang on what went in either.
    message.fill(0);
    bob.fill(0);
    assert.ok(heard.kind === "application");
    assert.equal(text(heard.plaintext), "snow");
    assert.deepEqual(heard.authenticatedData, aad);
    room.put("ann", (await room.mls.protect(ann, plaintext, aad)).state);
    room.put("bob", heard.state);
    await room.talk();
  });
}
