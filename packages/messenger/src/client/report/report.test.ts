import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { decodeBundle, decodeSignedBundle } from "@fairlead/franking";
import { messagesIn } from "../testing/look.ts";
import { makeWorld, type TestWorld } from "../testing/people.ts";
import { verifyReport, verifySigned } from "../testing/verify.ts";
import type { Messenger } from "../types.ts";
import type { ReportDraft } from "./types.ts";

/** Two people who know each other, and a room where `count` messages were said in turns. */
async function conversation(world: TestWorld, count: number, birthYear = 1990) {
  const ana = await world.person("ana", birthYear);
  const ben = await world.person("ben");
  const room = await ana.createRoom({ handles: ["ben"], name: null });
  await world.settle();
  await ben.acceptRequest(room);
  for (let at = 1; at <= count; at++) {
    await (at % 2 === 0 ? ana : ben).sendText(room, `Line ${at} about kites`);
    await world.settle();
  }
  return { ana, ben, room };
}

async function keyOf(messenger: Messenger, room: string, text: string): Promise<string> {
  const found = (await messagesIn(messenger, room)).find(
    ({ body }) => body.kind === "text" && body.text === text,
  );
  assert.ok(found !== undefined, `${text} is not there`);
  return found.key;
}

async function send(world: TestWorld, messenger: Messenger, draft: ReportDraft) {
  const categorised = await messenger.reviseReport(draft, { kind: "category", category: "unwanted-contact" });
  const preview = await messenger.previewReport(categorised);
  const receipt = await messenger.sendReport(preview);
  await world.settle();
  return { preview, receipt, report: await verifyReport(world, preview.reportId) };
}

suite("a report", () => {
  test("offers ten messages before and after, and verifies with all that it shows", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await conversation(world, 30);
    const draft = await ana.draftReport(room, [await keyOf(ana, room, "Line 15 about kites")]);
    assert.deepEqual([draft.lines.length, draft.hasOlder, draft.hasNewer], [21, true, true]);
    assert.equal(draft.accused, ben.getState().me?.uri);
    const { preview, report } = await send(world, ana, draft);
    assert.equal(report.verdict.verdict, "VERIFIED");
    assert.deepEqual(
      report.verdict.items.map(({ verdict }) => verdict),
      Array(21).fill("VERIFIED"),
    );
    assert.deepEqual(report.signed, preview.bytes, "the bytes that were previewed are the bytes that came");
  });

  test("shows what its person chose, names what was withheld, and nothing else", async () => {
    await using world = await makeWorld();
    const { ana, room } = await conversation(world, 12);
    const first = await ana.draftReport(room, [await keyOf(ana, room, "Line 11 about kites")]);
    const withheld = [3, 5];
    let draft = first;
    for (const seq of withheld)
      draft = await ana.reviseReport(draft, { kind: "role", seq, role: "withheld" });
    const { preview, report } = await send(world, ana, draft);
    assert.deepEqual(preview.withheld, withheld);
    assert.deepEqual(report.verdict.withheld, withheld.map(String));
    assert.equal(report.verdict.verdict, "VERIFIED");
    const text = new TextDecoder().decode(report.signed);
    assert.ok(text.includes("Line 11 about kites"));
    for (const seq of withheld) assert.ok(!text.includes(`Line ${seq - 1} about kites`));
  });

  test("can be extended to everything that this device holds, and then says that it is whole", async () => {
    await using world = await makeWorld();
    const { ana, room } = await conversation(world, 16);
    const draft = await ana.draftReport(room, [await keyOf(ana, room, "Line 1 about kites")]);
    const all = await ana.reviseReport(draft, { kind: "extend-to-all" });
    assert.deepEqual([all.hasOlder, all.hasNewer], [false, false]);
    assert.deepEqual(
      all.lines.map(({ seq }) => seq),
      Array.from({ length: 17 }, (_, at) => at + 1),
    );
    const { report } = await send(world, ana, all);
    assert.equal(report.verdict.fullConversation, true);
  });

  test("comes with its original when it is about an edit, and shows who took what back", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await conversation(world, 2);
    const text = "Line 1 about kites";
    const [key, received] = [await keyOf(ben, room, text), await keyOf(ana, room, text)];
    await ben.editMessage(room, key, "Another line about trains");
    await world.settle();
    await ben.deleteMessage(room, key);
    await ana.react(room, await keyOf(ana, room, "Line 2 about kites"), "🪁");
    await world.settle();
    const draft = await ana.draftReport(room, [received]);
    assert.deepEqual(
      draft.lines.map(({ what }) => (what.kind === "text" || what.kind === "edit" ? what.text : what.kind)),
      [
        "room",
        "Line 1 about kites",
        "Line 2 about kites",
        "Another line about trains",
        "deletion",
        "reaction",
      ],
    );
    const { report } = await send(world, ana, draft);
    assert.deepEqual(
      report.verdict.items.map(({ verdict }) => verdict),
      Array(6).fill("VERIFIED"),
    );
    assert.deepEqual(report.verdict.items[3]?.replaces, ["2"]);
  });

  test("needs a message and a category before it can be made", async () => {
    await using world = await makeWorld();
    const { ana, room } = await conversation(world, 2);
    await assert.rejects(ana.draftReport(room, []), { code: "report.nothing-selected" });
    const draft = await ana.draftReport(room, [await keyOf(ana, room, "Line 1 about kites")]);
    await assert.rejects(ana.previewReport(draft), { code: "report.no-category" });
  });

  test("holds a note that was pasted with what no report can hold", async () => {
    await using world = await makeWorld();
    const { ana, room } = await conversation(world, 2);
    const draft = await ana.draftReport(room, [await keyOf(ana, room, "Line 1 about kites")]);
    const note = "\uFEFFThe wind was cold\uD83E";
    const { bytes } = await ana.previewReport({ ...draft, category: "other", note });
    assert.equal(decodeBundle(decodeSignedBundle(bytes).bundle).note, "The wind was cold\uFFFD");
  });

  test("of somebody else's making fails: another's words under this person's key", async () => {
    await using world = await makeWorld();
    const { ana, room } = await conversation(world, 3);
    const draft = await ana.draftReport(room, [await keyOf(ana, room, "Line 1 about kites")]);
    const { bytes, reportId } = await ana.previewReport({ ...draft, category: "other" });
    const forged = bytes.slice();
    const at = new TextDecoder("latin1").decode(bytes).indexOf("Line 1 about");
    forged.set(new TextEncoder().encode("Line 9"), at);
    const { verdict } = await verifySigned(world.hub.state, forged, { reportId, now: world.clock.now() });
    assert.equal(verdict.verdict, "UNVERIFIED");
  });
});

suite("a receipt", () => {
  test("is there at once, waits while the hub is away, and follows what becomes of the report", async () => {
    await using world = await makeWorld();
    const { ana, room } = await conversation(world, 2);
    const draft = await ana.draftReport(room, [await keyOf(ana, room, "Line 1 about kites")]);
    const { receipt } = await send(world, ana, draft);
    assert.equal(receipt.state, "waiting");
    assert.deepEqual(
      ana.getState().receipts.map(({ state, shown, receipt: given }) => [state, shown, given]),
      [["received", 3, `receipt of ${receipt.reportId}`]],
    );
    const [known] = world.hub.state.reports;
    assert.ok(known !== undefined);
    known.state = "verified";
    known.steps.push({ at: world.clock.now(), what: "verified" });
    const { tell } = await import("../testing/hub-state.ts");
    for (const device of world.hub.state.devices.values())
      if (device.handle === "ana")
        tell(world.hub.state, device, {
          kind: "report",
          reportId: receipt.reportId,
          state: "verified",
          at: 1,
        });
    await world.settle();
    assert.deepEqual(
      ana.getState().receipts.map(({ state, steps }) => [state, steps.map(({ what }) => what)]),
      [["verified", ["received", "verified"]]],
    );
  });
});
