import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareMessage } from "../client/prepare.ts";
import { textPart } from "../content/text.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { changeItem, scene, stepOf, verified } from "./testing/scene.ts";
import { ROOM } from "./testing/world.ts";
import { verifyBundle } from "./verify-bundle.ts";

test("attack 15: an edit and what it edits are shown as such; an edit that is kept back is listed", async () => {
  const s = await scene();
  const first = s.world.said[4];
  assert.ok(first);
  await s.world.say(s.al, "Kite number 5 is green.", { replaces: first.messageId });
  const edited = await verifyBundle(await s.world.input(s.bo, await s.world.report(s.bo, { selected: [9] })));
  assert.equal(edited.verdict, "VERIFIED");
  assert.deepEqual(edited.items.at(-1)?.replaces, ["5"]);
  const kept = await verifyBundle(
    await s.world.input(s.bo, await s.world.report(s.bo, { selected: [5], withheld: [9] })),
  );
  assert.equal(kept.verdict, "VERIFIED");
  assert.deepEqual(kept.withheld, ["9"]);

  await s.world.say(s.bo, "Kite number 5 is mine.", { replaces: first.messageId });
  const theft = await verifyBundle(await s.world.input(s.bo, await s.world.report(s.bo, { selected: [10] })));
  assert.equal(stepOf(theft, "V11", 10), "failed causality.replaces");
});

test("a message that claims to have seen what came later, or another past, is found", async () => {
  const s = await scene();
  const liar = await prepareMessage(nodeCrypto, {
    senderUri: s.al.uri,
    roomUri: ROOM,
    part: textPart("Kite number 5 is blue."),
    causality: { seen: { roomSeq: 7n, head: nodeCrypto.random(32) }, deviceSeq: 3, previousOwn: null },
  });
  const verdict = await verified(s, {
    bundle: changeItem(5, (item) => ({ ...item, content: liar.content })),
  });
  assert.equal(stepOf(verdict, "V11", 5), "failed causality.seen");
});

test("a sender cannot make their own words unreportable by a false word about what their device had seen", async () => {
  const s = await scene();
  await s.world.say(s.al, "Kite number 9 is blue.", { seen: { roomSeq: 8n, head: nodeCrypto.random(32) } });
  const verdict = await verifyBundle(
    await s.world.input(s.bo, await s.world.report(s.bo, { selected: [9] })),
  );
  assert.equal(stepOf(verdict, "V11", 9), "failed causality.seen");
  assert.equal(verdict.verdict, "VERIFIED");
  assert.equal(verdict.items.at(-1)?.seen, null);
});

test("a device's own count that goes backwards, skips, or names another message before is found", async () => {
  const s = await scene();
  const own = s.world.said[2]?.messageId ?? null;
  for (const [deviceSeq, previousOwn, outcome] of [
    [3, own, "passed"],
    [2, own, "failed causality.order"],
    [4, own, "failed causality.order"],
    [3, nodeCrypto.random(32), "failed causality.order"],
    [3, null, "failed causality.order"],
  ] as const) {
    const counted = await prepareMessage(nodeCrypto, {
      senderUri: s.al.uri,
      roomUri: ROOM,
      part: textPart("Kite number 5 is blue."),
      causality: { seen: null, deviceSeq, previousOwn },
    });
    const verdict = await verified(s, {
      bundle: changeItem(5, (item) => ({ ...item, content: counted.content })),
    });
    assert.equal(stepOf(verdict, "V11", 5), outcome);
  }
});

test("the place just before the window is known by the head that the window begins at", async () => {
  const s = await scene();
  const honest = await s.world.say(s.al, "Kite number 9 is blue.");
  assert.equal(honest.franked.ext.roomSeq, 9n);
  await s.world.say(s.al, "Kite number 10 is blue.", {
    seen: { roomSeq: 9n, head: nodeCrypto.random(32) },
  });
  const from = async (seq: number) =>
    await verifyBundle(await s.world.input(s.bo, await s.world.report(s.bo, { selected: [seq], from: seq })));
  const told = await from(9);
  assert.deepEqual([stepOf(told, "V11", 9), told.items[0]?.seen], ["passed", "8"]);
  const lied = await from(10);
  assert.deepEqual([stepOf(lied, "V11", 10), lied.items[0]?.seen], ["failed causality.seen", null]);
});

test("a count that skips a message whose words cannot be read is no false word of the sender's", async () => {
  const unreadable = changeItem(3, (item) => ({ ...item, content: new Uint8Array() }));
  const verdict = await verified(await scene(), { bundle: unreadable });
  assert.equal(stepOf(verdict, "V3", 3), "failed content.invalid");
  assert.equal(stepOf(verdict, "V11", 5), "passed");
  const silent = await verified(await scene(), {
    bundle: (bundle) => ({ ...bundle, items: bundle.items.filter(({ ext }) => ext.roomSeq !== 3n) }),
  });
  assert.equal(stepOf(silent, "V7"), "failed chain.gap");
  assert.equal(stepOf(silent, "V11", 5), "passed");
});
