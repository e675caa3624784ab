import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { nodeCrypto } from "@fairlead/franking/node";
import fc from "fast-check";
import { messagesIn, textsOf } from "../testing/look.ts";
import { makeWorld, type TestWorld } from "../testing/people.ts";
import { verifyReport } from "../testing/verify.ts";
import type { Messenger } from "../types.ts";
import { codeOf, secretOf } from "./code.ts";

async function linked(world: TestWorld, first: Messenger): Promise<Messenger> {
  const { code } = await first.makeLinkCode();
  const device = await world.device();
  await device.linkThisDevice(code, "Tablet");
  await world.settle();
  return device;
}

async function talked(world: TestWorld) {
  const [ana, ben] = [await world.person("ana"), await world.person("ben")];
  const room = await ana.createRoom({ handles: ["ben"], name: "Kites" });
  for (const text of ["One kite", "Two kites", "Three kites"]) await ana.sendText(room, text);
  await world.settle();
  await ben.acceptRequest(room);
  return { ana, ben, room };
}

suite("a backup", () => {
  test("brings rooms and messages to a new device, and they can still be reported", async () => {
    await using world = await makeWorld();
    const { ben, room } = await talked(world);
    const { code } = await ben.startBackup();
    const tablet = await linked(world, ben);
    assert.deepEqual(await tablet.restoreBackup(code.join(" ")), { rooms: 1, messages: 4 });
    assert.deepEqual(await textsOf(tablet, room), ["ana: One kite", "ana: Two kites", "ana: Three kites"]);
    const key = (await messagesIn(tablet, room)).find(({ body }) => body.kind === "text")?.key ?? "";
    const draft = await tablet.draftReport(room, [key]);
    const preview = await tablet.previewReport({ ...draft, category: "other" });
    await tablet.sendReport(preview);
    await world.settle();
    const { verdict } = await verifyReport(world, preview.reportId);
    assert.equal(verdict.verdict, "VERIFIED");
    assert.deepEqual(
      verdict.items.map((item) => item.verdict),
      Array(4).fill("VERIFIED"),
    );
  });

  test("goes on where it ended when the device comes into the room", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await talked(world);
    const { code } = await ben.startBackup();
    const tablet = await linked(world, ben);
    await tablet.restoreBackup(code.join(""));
    world.clock.advance(2_000);
    await world.settle();
    await ana.sendText(room, "Four kites");
    await world.settle();
    assert.equal(tablet.getState().rooms[0]?.standing, "member");
    const texts = await textsOf(tablet, room);
    assert.deepEqual([texts[0], texts.at(-1)], ["ana: One kite", "ana: Four kites"]);
    await tablet.sendText(room, "And a train");
    await world.settle();
    assert.equal((await textsOf(ana, room)).at(-1), "ben: And a train");
  });

  test("holds nothing that disappeared or will", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await talked(world);
    await ana.setTimer(room, 60);
    await ana.sendText(room, "Soon gone");
    await world.settle();
    const { code } = await ben.startBackup();
    const tablet = await linked(world, ben);
    await tablet.restoreBackup(code.join(""));
    assert.deepEqual((await textsOf(tablet, room)).at(-1), "ana: (disappeared)");
  });

  test("is bytes to the hub, and opens with no other code", async () => {
    await using world = await makeWorld();
    const { ben } = await talked(world);
    const { code } = await ben.startBackup();
    const box = world.hub.state.accounts.get("ben")?.backup;
    assert.ok(box !== null && box !== undefined && !Buffer.from(box).includes("kite"));
    const other = await codeOf(nodeCrypto, new Uint8Array(16).fill(3));
    await assert.rejects(ben.restoreBackup(other.join(" ")), { code: "backup.wrong-code" });
    await assert.rejects(ben.restoreBackup(`${code.slice(1).join(" ")} AAAA`), {
      code: "backup.code-invalid",
    });
    await assert.rejects((await world.person("cem")).restoreBackup(code.join(" ")), { code: "backup.none" });
  });

  test("keeps its code when it is renewed, and gets another one on demand", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await talked(world);
    await assert.rejects(ben.refreshBackup(), { code: "backup.none" });
    const { code } = await ben.startBackup();
    await ana.sendText(room, "Four kites");
    await world.settle();
    world.clock.advance(5_000);
    await ben.refreshBackup();
    assert.deepEqual(ben.getState().backup, { code, madeAt: world.clock.now() });
    assert.deepEqual(await ben.restoreBackup(code.join("")), { rooms: 1, messages: 5 });
    const { code: next } = await ben.startBackup();
    assert.notDeepEqual(next, code);
    await assert.rejects(ben.restoreBackup(code.join("")), { code: "backup.wrong-code" });
  });
});

suite("a recovery code", () => {
  test("is seven groups of four, and says the same however it is typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 16 }), async (secret) => {
        const code = await codeOf(nodeCrypto, secret);
        assert.ok(code.length === 7 && code.every((group) => /^[0-9A-HJKMNP-TV-Z]{4}$/.test(group)));
        const typed = code.join("-").toLowerCase().replaceAll("0", "o").replaceAll("1", "l");
        assert.deepEqual(await secretOf(nodeCrypto, typed), secret);
      }),
      { numRuns: 50 },
    );
  });

  test("with a slip of the pen is caught in all but one of four thousand cases", async () => {
    const code = (await codeOf(nodeCrypto, new Uint8Array(16).fill(0x5a))).join("");
    for (let at = 0; at < code.length; at++) {
      const slip = `${code.slice(0, at)}${code[at] === "7" ? "8" : "7"}${code.slice(at + 1)}`;
      await assert.rejects(secretOf(nodeCrypto, slip), { code: "backup.code-invalid" });
    }
  });
});
