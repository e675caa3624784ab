import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, type Open, refuses, Room, text } from "./room.ts";

/** Messages that come late, early, twice, or after a commit. */
export function testOrder(open: Open): void {
  test("200 messages of one sender are read in reverse order", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const messages: Uint8Array[] = [];
    for (let index = 0; index < 200; index++) messages.push(await room.say("ann", `cloud ${index}`));
    for (const [index, message] of messages.toReversed().entries())
      assert.equal(text((await room.hear("bob", message)).plaintext), `cloud ${199 - index}`);
  });

  test("a message is read once, in whatever order it came", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const [first, second] = [await room.say("ann", "one"), await room.say("ann", "two")];
    for (const message of [second, first]) {
      await room.hear("bob", message);
      await refuses("mls.replayed", () => room.mls.receive(room.state("bob"), message));
    }
    await refuses("mls.replayed", () => room.mls.receive(room.state("bob").slice(), second));
  });

  test("nobody reads its own message back", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const message = await room.say("ann", "an echo");
    await refuses("mls.replayed", () => room.mls.receive(room.state("ann"), message));
    assert.equal(text((await room.hear("bob", message)).plaintext), "an echo");
  });

  test("what was sent before a commit is read after it, in any order, once, and as of its own epoch", async () => {
    const room = await Room.of(await open(), ["ann", "bob", "cleo"]);
    const before = [
      await room.say("bob", "one"),
      await room.say("bob", "two"),
      await room.say("cleo", "three"),
    ];
    await room.commit("ann", ["dan"], ["cleo"]);
    const after = await room.say("bob", "four");
    for (const message of [after, ...before.toReversed()]) {
      const heard = await room.hear("ann", message);
      assert.equal(heard.epoch, message === after ? 2n : 1n);
      await refuses("mls.replayed", () => room.mls.receive(room.state("ann"), message));
    }
    await refuses("mls.epoch-too-old", () => room.mls.receive(room.state("dan"), before[0] ?? after));
  });

  test("what was sent in the epoch before the last commit but one is still read, and older is not", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const old = await room.say("bob", "one");
    await room.commit("ann", [], []);
    const younger = await room.say("bob", "two");
    await room.commit("ann", [], []);
    await room.commit("ann", [], []);
    assert.equal(text((await room.hear("ann", younger)).plaintext), "two");
    await refuses("mls.epoch-too-old", () => room.mls.receive(room.state("ann"), old));
  });

  test("a commit of another epoch, or our own, is refused and changes nothing", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const first = await room.mls.commit(room.state("ann"), { add: [], remove: [] });
    const second = await room.mls.commit(first.state, { add: [], remove: [] });
    await refuses("mls.epoch-ahead", () => room.mls.receive(room.state("bob"), second.commit));
    await refuses("mls.own-commit", () => room.mls.receive(room.state("ann"), first.commit));
    const received = await room.mls.receive(room.state("bob"), first.commit);
    room.put("bob", received.state);
    await refuses("mls.epoch-too-old", () => room.mls.receive(room.state("bob"), first.commit));
    room.put("ann", first.state);
    await room.talk();
  });

  test("a message that was changed on its way is refused, and the true one is read after it", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const message = await room.say("ann", "a pinch of salt");
    for (const at of [message.length - 1, message.length - 40, 60]) {
      const changed = message.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(() => room.mls.receive(room.state("bob"), changed), { name: "FrankingError" });
    }
    await refuses("mls.malformed", () => room.mls.receive(room.state("bob"), message.subarray(0, -1)));
    await refuses("mls.malformed", () => room.mls.receive(room.state("bob"), bytes("not MLS")));
    assert.equal(text((await room.hear("bob", message)).plaintext), "a pinch of salt");
  });

  test("a message keeps its authenticated data: with other data it is not read", async () => {
    const room = await Room.of(await open(), ["ann", "bob"]);
    const { message } = await room.mls.protect(room.state("ann"), bytes("hello"), new Uint8Array(36).fill(5));
    const swapped = message.map((byte) => (byte === 5 ? 6 : byte));
    await refuses("mls.undecryptable", () => room.mls.receive(room.state("bob"), swapped));
  });
}
