import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { messagesIn, textsOf } from "../testing/look.ts";
import { makeWorld, type TestWorld } from "../testing/people.ts";
import { verifyReport } from "../testing/verify.ts";
import type { Messenger } from "../types.ts";

const hour = 3_600_000;

async function timedRoom(world: TestWorld, birthYear = 1990) {
  const [ana, ben] = [await world.person("ana"), await world.person("ben", birthYear)];
  world.hub.state.accounts.get("ben")?.connected.add("ana");
  const room = await ana.createRoom({ handles: ["ben"], name: null });
  await ana.setTimer(room, 60);
  await ana.sendText(room, "Soon gone");
  await world.settle();
  return { ana, ben, room };
}

async function pass(world: TestWorld, milliseconds: number): Promise<void> {
  world.clock.advance(milliseconds);
  await world.settle();
}

async function report(world: TestWorld, messenger: Messenger, room: string, key: string) {
  const draft = await messenger.draftReport(room, [key]);
  const preview = await messenger.previewReport({ ...draft, category: "other" });
  await messenger.sendReport(preview);
  await world.settle();
  return await verifyReport(world, preview.reportId);
}

suite("a disappearing message", () => {
  test("runs for its sender once it is out, and for its receiver once it was read", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await timedRoom(world);
    await pass(world, 61_000);
    assert.deepEqual(await textsOf(ana, room), ["ana: (disappeared)"]);
    assert.deepEqual(await textsOf(ben, room), ["ana: Soon gone"]);
    await ben.markRead(room);
    const [, message] = await messagesIn(ben, room);
    assert.equal(message?.expiresAt, world.clock.now() + 60_000);
    await pass(world, 59_000);
    assert.deepEqual(await textsOf(ben, room), ["ana: Soon gone"]);
    await pass(world, 1_000);
    assert.deepEqual(await textsOf(ben, room), ["ana: (disappeared)"]);
  });

  test("takes its edits and reactions along", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await timedRoom(world);
    const own = (await messagesIn(ana, room)).find(({ body }) => body.kind === "text")?.key ?? "";
    await ana.editMessage(room, own, "Sooner gone");
    await world.settle();
    await ben.markRead(room);
    await pass(world, 60_000);
    assert.deepEqual(await textsOf(ben, room), ["ana: (disappeared)"]);
    const stored = await (await world.freeze(ben)).list("lines");
    const open = stored.filter(({ value }) => value.kind === "message" && value.opening.state === "open");
    assert.deepEqual(open.length, 2, "only the lines about the room itself are still open");
  });

  for (const [who, birthYear, hours] of [
    ["a grown-up", 1990, 24],
    ["a young person", 2012, 168],
  ] as const)
    test(`can be reported by ${who} for ${hours} hours, and then no more`, async () => {
      await using world = await makeWorld();
      const { ben, room } = await timedRoom(world, birthYear);
      await ben.markRead(room);
      await pass(world, 60_000);
      const message = (await messagesIn(ben, room)).find(({ body }) => body.kind === "disappeared");
      assert.deepEqual(message?.body, { kind: "disappeared", until: world.clock.now() + hours * hour });
      await pass(world, hours * hour - 1000);
      const { verdict, bundle } = await report(world, ben, room, message?.key ?? "");
      assert.equal(verdict.verdict, "VERIFIED");
      assert.ok(bundle.items.some(({ content }) => new TextDecoder().decode(content).includes("Soon gone")));
      await pass(world, 1000);
      assert.deepEqual((await messagesIn(ben, room)).find(({ key }) => key === message?.key)?.body, {
        kind: "disappeared",
        until: null,
      });
      await assert.rejects(ben.draftReport(room, [message?.key ?? ""]), { code: "report.not-held" });
      const line = (await (await world.freeze(ben)).list("lines")).find(
        ({ value }) => value.kind === "message" && value.messageId === message?.key,
      )?.value;
      assert.deepEqual(line?.kind === "message" ? line.opening : null, { state: "gone", why: "disappeared" });
    });

  test("stands in the store as bytes that only a report opens", async () => {
    await using world = await makeWorld();
    const { ben, room } = await timedRoom(world);
    await ben.markRead(room);
    await pass(world, 60_000);
    assert.equal(ben.getRoom(room), null);
    const store = await world.freeze(ben);
    const all = (await store.list("lines")).map(({ value }) =>
      JSON.stringify(value, (_key, one: unknown) =>
        one instanceof Uint8Array
          ? Buffer.from(one).toString("latin1")
          : typeof one === "bigint"
            ? String(one)
            : one,
      ),
    );
    assert.ok(all.every((line) => !line.includes("Soon gone")));
  });

  test("disappears on time even if the device was off", async () => {
    await using world = await makeWorld();
    const { ben, room } = await timedRoom(world);
    await ben.markRead(room);
    const store = await world.freeze(ben);
    world.clock.advance(61_000);
    const again = await world.device({ store });
    await world.settle();
    assert.deepEqual(await textsOf(again, room), ["ana: (disappeared)"]);
  });
});

suite("a message that its sender took back", () => {
  test("shows as taken back at both, and can be reported for as long as one that disappeared", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "The kite is blue");
    await world.settle();
    const own = (await messagesIn(ana, room)).find(({ body }) => body.kind === "text")?.key ?? "";
    await ana.deleteMessage(room, own);
    await world.settle();
    for (const person of [ana, ben]) assert.deepEqual(await textsOf(person, room), ["ana: (deleted)"]);
    const deleted = (await messagesIn(ben, room)).find(({ body }) => body.kind === "deleted");
    assert.deepEqual(deleted?.body, { kind: "deleted", until: world.clock.now() + 24 * hour });
    const { verdict, bundle } = await report(world, ben, room, deleted?.key ?? "");
    assert.equal(verdict.verdict, "VERIFIED");
    assert.ok(
      bundle.items.some(({ content }) => new TextDecoder().decode(content).includes("The kite is blue")),
    );
  });

  test("cannot be taken back by anybody else", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "The kite is blue");
    await world.settle();
    const key = (await messagesIn(ben, room)).find(({ body }) => body.kind === "text")?.key ?? "";
    await assert.rejects(ben.deleteMessage(room, key), { code: "message.not-own" });
    await assert.rejects(ben.editMessage(room, key, "The kite is red"), { code: "message.not-own" });
  });
});
