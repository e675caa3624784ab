import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Body } from "../state.ts";
import { messagesIn } from "../testing/look.ts";
import { makeWorld, type TestWorld } from "../testing/people.ts";
import { verifyReport } from "../testing/verify.ts";
import type { Messenger } from "../types.ts";

/** A landscape that nobody would take for a photograph: bands of grey. */
const landscape = new Uint8Array(200_000).map((_, at) => (at >> 10) & 255);
const small = new Uint8Array(500).fill(128);

async function sendLandscape(world: TestWorld, { young = false } = {}) {
  const [ana, ben] = [await world.person("ana"), await world.person("ben", young ? 2012 : 1990)];
  world.hub.state.accounts.get("ben")?.connected.add("ana");
  const room = await ana.createRoom({ handles: ["ben"], name: null });
  await ana.sendFile(room, {
    blob: new Blob([landscape], { type: "image/png" }),
    name: "landscape.png",
    thumbnail: new Blob([small], { type: "image/jpeg" }),
    caption: "A grey landscape",
  });
  await world.settle();
  return { ana, ben, room };
}

/** Says only that they differ: nobody wants to read the difference of two pictures. */
function assertSame(actual: Uint8Array | undefined, expected: Uint8Array): void {
  assert.equal(actual?.length, expected.length);
  assert.ok(Buffer.compare(actual ?? new Uint8Array(0), expected) === 0, "the bytes differ");
}

async function fileIn(
  messenger: Messenger,
  room: string,
): Promise<{ key: string; body: Body & { kind: "file" } }> {
  for (const { key, body } of await messagesIn(messenger, room))
    if (body.kind === "file") return { key, body };
  return assert.fail("there is no file");
}

suite("a picture", () => {
  test("arrives with its thumbnail and caption, and opens to what was sent", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await sendLandscape(world);
    for (const person of [ana, ben]) {
      const { key, body } = await fileIn(person, room);
      assert.deepEqual(
        [body.caption, body.file.name, body.file.size],
        ["A grey landscape", "landscape.png", 200_000],
      );
      const opened = await person.openFile(room, key, body.file.root);
      assertSame(new Uint8Array(await opened.arrayBuffer()), landscape);
      assert.equal(opened.type, "image/png");
      const thumbnail = await person.openFile(room, key, body.thumbnail?.root ?? "");
      assertSame(new Uint8Array(await thumbnail.arrayBuffer()), small);
    }
  });

  test("stands in the hub as bytes that say nothing, never twice the same", async () => {
    await using world = await makeWorld();
    const { ana, room } = await sendLandscape(world);
    await ana.sendFile(room, { blob: new Blob([landscape]), name: "again", thumbnail: null, caption: "" });
    await world.settle();
    const blobs = await Promise.all(
      [...world.hub.state.blobs.values()].map(async (blob) => Buffer.from(await blob.arrayBuffer())),
    );
    assert.equal(blobs.length, 3);
    const [first, , again] = blobs;
    assert.ok(first?.length === again?.length && !first?.equals(again ?? first));
    assert.ok(blobs.every((blob) => !blob.includes(Buffer.from(landscape.subarray(0, 64)))));
  });

  test("is refused when the hub hands out another one, and when it has let go of it", async () => {
    await using world = await makeWorld();
    const { ben, room } = await sendLandscape(world);
    const { key, body } = await fileIn(ben, room);
    const { blobs } = world.hub.state;
    for (const [id, blob] of blobs) blobs.set(id, new Blob([new Uint8Array(blob.size)]));
    await assert.rejects(ben.openFile(room, key, body.file.root), { code: "file.not-what-was-sent" });
    blobs.clear();
    await assert.rejects(ben.openFile(room, key, body.file.root), { code: "file.gone" });
  });

  test("that was opened once opens again without the hub", async () => {
    await using world = await makeWorld();
    const { ben, room } = await sendLandscape(world);
    const { key, body } = await fileIn(ben, room);
    await ben.openFile(room, key, body.file.root);
    world.hub.state.blobs.clear();
    assert.equal((await ben.openFile(room, key, body.file.root)).size, 200_000);
  });

  test("larger than the hub takes is refused before anything is sealed", async () => {
    await using world = await makeWorld();
    const ana = await world.person("ana");
    const room = await ana.createRoom({ handles: [], name: "Kites" });
    const blob = new Blob([new Uint8Array(1024 * 1024 + 1)]);
    await assert.rejects(ana.sendFile(room, { blob, name: "x", thumbnail: null, caption: "" }), {
      code: "file.too-large",
    });
  });

  test("whose name no content can hold arrives all the same, under the name without what it cannot hold", async () => {
    await using world = await makeWorld();
    const [ana, ben] = [await world.person("ana"), await world.person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    const blob = new Blob([small], { type: "image/png" });
    await ana.sendFile(room, { blob, name: "\uFEFFkite\uD83E.png", thumbnail: null, caption: "" });
    await world.settle();
    assert.equal((await fileIn(ben, room)).body.file.name, "kite\uFFFD.png");
  });

  test("is blurred for a young person until it comes from somebody they trust", async () => {
    await using world = await makeWorld();
    const { ana, ben, room } = await sendLandscape(world, { young: true });
    assert.equal((await fileIn(ben, room)).body.file.blurred, true);
    await ben.trust(ana.getState().me?.uri ?? "", true);
    assert.equal((await fileIn(ben, room)).body.file.blurred, false);
    assert.equal((await fileIn(ana, room)).body.file.blurred, false);
  });
});

suite("a picture in a report", () => {
  test("is opened by the verifier when its person chose so, thumbnail and all", async () => {
    await using world = await makeWorld();
    const { ben, room } = await sendLandscape(world);
    const { key, body } = await fileIn(ben, room);
    const draft = await ben.draftReport(room, [key]);
    const files = draft.lines.flatMap((line) => line.files);
    assert.deepEqual(files.map(({ mode, isThumbnail }) => `${mode} ${isThumbnail}`).sort(), [
      "full false",
      "full true",
    ]);
    const preview = await ben.previewReport({ ...draft, category: "harmful-picture" });
    await ben.sendReport(preview);
    await world.settle();
    const { verdict, opened } = await verifyReport(world, preview.reportId);
    assert.equal(verdict.verdict, "VERIFIED");
    assertSame(opened.get(body.file.root), landscape);
    assertSame(opened.get(body.thumbnail?.root ?? ""), small);
    assert.deepEqual(
      world.hub.state.reports[0]?.holds.toSorted(),
      [...world.hub.state.blobs.keys()].toSorted(),
    );
  });

  test("is only proven for a young person, who uploads nothing and whose report holds nothing", async () => {
    await using world = await makeWorld();
    const { ben, room } = await sendLandscape(world, { young: true });
    const { key } = await fileIn(ben, room);
    const draft = await ben.draftReport(room, [key]);
    assert.equal(draft.defaultMode, "hash-only");
    const preview = await ben.previewReport({ ...draft, category: "harmful-picture" });
    assert.ok(preview.notSent.includes("hash-only-files"));
    await ben.sendReport(preview);
    await world.settle();
    const { verdict, opened } = await verifyReport(world, preview.reportId);
    assert.equal(verdict.verdict, "VERIFIED");
    assert.equal(opened.size, 0);
    assert.deepEqual(
      verdict.items.flatMap(({ attachments }) => attachments.map(({ result }) => result)),
      ["committed-not-seen", "committed-not-seen"],
    );
    assert.deepEqual(world.hub.state.reports[0]?.holds, []);
    assert.equal(world.hub.state.blobs.size, 2, "nothing was uploaded again");
  });
});
