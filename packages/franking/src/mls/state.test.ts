import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { FrankingError } from "../error.ts";
import { aad, bytes, Room } from "./conformance/room.ts";
import { openNodeMls } from "./node.ts";
import { nodeSuite } from "./node-suite.ts";
import { protect } from "./protect.ts";
import { readState, writeState } from "./state-codec.ts";
import { States } from "./state.ts";

let room: Room;

before(async () => {
  room = await Room.of(await openNodeMls(), ["ann", "bob", "cleo"]);
  const late = [await room.say("ann", "one"), await room.say("ann", "two"), await room.say("ann", "three")];
  await room.hear("bob", late[2] ?? aad);
  await room.commit("cleo", ["dan"], []);
  await room.commit("ann", [], ["cleo"]);
  await room.talk();
});

test("a state is written as it was read, byte by byte", () => {
  for (const name of room.names) {
    const state = room.state(name);
    assert.deepEqual(writeState(readState(state)), state);
  }
});

test("an epoch that ended costs little: its tree is written as what differs", () => {
  const { historicalReceiverData, ratchetTree } = readState(room.state("bob"));
  assert.deepEqual(Array.from(historicalReceiverData.keys()), [1n, 2n]);
  const past = historicalReceiverData.get(2n);
  // Bob's own leaf has not changed since: both trees hold the same object.
  assert.ok(past !== undefined && past.ratchetTree[2] === ratchetTree[2]);
});

test("damaged bytes are refused or read as another state, and never break the reader", () => {
  const whole = room.state("bob");
  fc.assert(
    fc.property(
      fc.nat({ max: whole.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      fc.nat({ max: whole.length }),
      (at, change, length) => {
        const damaged = whole.slice(0, length);
        if (at < length) damaged[at] = (damaged[at] ?? 0) ^ change;
        try {
          readState(damaged);
        } catch (error) {
          assert.ok(error instanceof FrankingError && error.code === "mls.state");
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("keys that a step used up are zeroed in memory, and still stand in the bytes from before", async () => {
  const states = new States();
  const from = room.state("ann").slice();
  const own = states.look(from);
  const secret = own.secretTree[0]?.application.secret;
  assert.ok(secret !== undefined && secret.some((byte) => byte !== 0));
  const { message, used } = await states.take(from, (state) =>
    protect(nodeSuite(), state, bytes("fog"), aad),
  );
  assert.ok(message.length > 0);
  assert.ok(used.includes(secret));
  for (const key of used) assert.ok(key.every((byte) => byte === 0));
  assert.ok(states.look(from).secretTree[0]?.application.secret.some((byte) => byte !== 0));
});

test("a step that fails leaves the state as it was", async () => {
  const states = new States();
  const from = room.state("ann").slice();
  const known = states.look(from);
  await assert.rejects(() => states.take(from, () => Promise.reject(new Error("no"))), /no/);
  assert.equal(states.look(from), known);
});
