import assert from "node:assert/strict";
import { before, test } from "node:test";
import { addDevice, register, startTestHub, type TestHub } from "../testing/chat.ts";
import { change, clientOf, hear, makeRoom, say } from "../testing/chat-rooms.ts";
import { endOfFile } from "../testing/station.ts";

const end = endOfFile();
let hub: TestHub;
before(async () => {
  hub = await startTestHub(end);
});

test("two people with three devices talk, and every device hears all of it, in order, and can check it", async () => {
  const ann = clientOf(await register(hub));
  const tablet = clientOf(await addDevice(hub, ann.device));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [ann.device.uri, bob.device.uri]);
  for (const client of [tablet, bob]) assert.deepEqual((await hear(hub, client)).failed, []);
  const bobs = bob.rooms.get(room.id);
  const tablets = tablet.rooms.get(room.id);
  assert.ok(bobs !== undefined && tablets !== undefined);
  await say(hub, ann, room, "The kite is blue");
  await hear(hub, bob);
  await say(hub, bob, bobs, "Mine is red");
  await hear(hub, tablet);
  await say(hub, tablet, tablets, "The wind turns north");
  const all = ["The kite is blue", "Mine is red", "The wind turns north"];
  const heard = await hear(hub, ann);
  assert.deepEqual(heard.failed, []);
  assert.deepEqual(
    heard.said.map(({ body, seq }) => [seq, body]),
    all.map((body, index) => [index + 1, body]),
  );
  for (const client of [bob, tablet]) assert.deepEqual((await hear(hub, client)).failed, []);
  assert.equal(bobs.last?.roomSeq, 3n);
  assert.deepEqual(bobs.last, tablets.last);
  await change(hub, ann, room, { remove: [tablet.device] });
  await say(hub, ann, room, "Only two now");
  const gone = await hear(hub, tablet);
  assert.deepEqual(
    gone.events.map(({ kind }) => kind),
    ["commit"],
  );
  assert.deepEqual(
    (await hear(hub, bob)).said.map(({ body }) => body),
    ["Only two now"],
  );
});
