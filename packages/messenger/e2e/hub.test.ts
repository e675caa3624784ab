import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  decodeRecords,
  decodeSignedBundle,
  openAsVerifier,
  type FrankingKey,
  type ServerContext,
} from "@fairlead/franking";
import { openNodeMls } from "@fairlead/franking/mls/node";
import { nodeCrypto } from "@fairlead/franking/node";
import { type BundleVerdict, verifyBundle } from "@fairlead/franking/verify";
import { startTestHub, text, type TestHub } from "../../station/src/testing/chat.ts";
import { officeOf } from "../../station/src/testing/chat-report.ts";
import { systemClock } from "../src/client/clock.ts";
import { openHub } from "../src/client/hub/fetch.ts";
import { openMessenger } from "../src/client/messenger.ts";
import { openMemoryStore } from "../src/client/store/memory.ts";
import type { Store } from "../src/client/store/store.ts";
import { messagesIn, textsOf } from "../src/client/testing/look.ts";
import type { Messenger } from "../src/client/types.ts";

const cleanUps: (() => Promise<void>)[] = [];
const faults: unknown[] = [];
let hub: TestHub;

before(async () => {
  hub = await startTestHub({ after: (cleanUp) => void cleanUps.push(cleanUp) });
});
after(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  assert.deepEqual(faults, []);
});

suite("the messenger and a station's hub", () => {
  test("two people talk, one of them on two devices, and what was said can be reported and verified", async () => {
    const [ana, ben] = [await person("ana"), await person("ben")];
    const room = await ana.createRoom({ handles: ["ben"], name: null });
    await ana.sendText(room, "The kite is blue");
    await until(() => ben.getState().rooms[0]?.unread === 1);
    await ben.acceptRequest(room);
    const tablet = await device();
    const { code } = await ben.makeLinkCode();
    await tablet.linkThisDevice(code, "Tablet");
    await until(() => tablet.getState().rooms[0]?.standing === "member");
    const key = (await messagesIn(ben, room)).find(({ body }) => body.kind === "text")?.key ?? "";
    await ben.sendText(room, "And the sky is grey", key);
    await ben.react(room, key, "🪁");
    await tablet.sendText(room, "From the tablet");
    await until(async () => (await textsOf(ana, room)).length === 3);
    const reactionsAt = async () =>
      (await messagesIn(ana, room)).flatMap(({ reactions }) => reactions.map(({ emoji }) => emoji));
    await until(async () => (await reactionsAt()).length === 1);
    await until(async () => (await textsOf(tablet, room)).length === 2);
    assert.deepEqual((await textsOf(tablet, room)).toSorted(), [
      "ben: And the sky is grey",
      "ben: From the tablet",
    ]);
    assert.deepEqual(await reactionsAt(), ["🪁"]);

    const verdict = await report(ben, room, key);
    assert.equal(verdict.verdict, "VERIFIED");
    assert.ok(verdict.items.every((item) => item.verdict === "VERIFIED"));
    assert.equal(
      ben.getState().warnings.length + ana.getState().warnings.length + tablet.getState().warnings.length,
      0,
    );
  });

  test("a picture goes through, opens to what was sent, and a young person's report holds nothing of it", async () => {
    const [cem, zoe] = [await person("cem"), await person("zoe", 2013)];
    const room = await cem.createRoom({ handles: ["zoe"], name: "Landscapes" });
    await until(() => zoe.getState().asks.length === 1);
    await zoe.answerAsk(cem.getState().me?.uri ?? "", true);
    const grey = new Uint8Array(100_000).map((_, at) => (at >> 9) & 255);
    await cem.sendFile(room, {
      blob: new Blob([grey], { type: "image/png" }),
      name: "grey.png",
      thumbnail: null,
      caption: "Grey",
    });
    await until(async () => (await messagesIn(zoe, room)).some(({ body }) => body.kind === "file"));
    const picture = (await messagesIn(zoe, room)).find(({ body }) => body.kind === "file");
    assert.ok(picture?.body.kind === "file" && picture.body.file.blurred);
    const opened = await zoe.openFile(room, picture.key, picture.body.file.root);
    assert.equal(Buffer.compare(new Uint8Array(await opened.arrayBuffer()), grey), 0);
    const verdict = await report(zoe, room, picture.key);
    assert.equal(verdict.verdict, "VERIFIED");
    assert.deepEqual(
      verdict.items.flatMap(({ attachments }) => attachments.map(({ result }) => result)),
      ["committed-not-seen"],
    );
  });

  test("a group changes while a device is off, which catches up and goes on", async () => {
    const [dee, eli, fay] = [await person("dee"), await person("eli"), await person("fay")];
    const room = await dee.createRoom({ handles: ["eli"], name: "Trains" });
    await until(() => eli.getState().rooms.length === 1);
    await eli.acceptRequest(room);
    await eli.close();
    for (let at = 1; at <= 25; at++) await dee.sendText(room, `Train ${at}`);
    await dee.invite(room, ["fay"]);
    await until(() => fay.getState().rooms.length === 1);
    await fay.acceptRequest(room);
    await fay.sendText(room, "I am new here");
    await until(() => fay.getState().waiting === 0 && dee.getState().waiting === 0);
    const again = await device(stores.get("eli"));
    await until(async () => (await textsOf(again, room)).length === 26);
    await again.sendText(room, "Back again");
    await until(async () => (await textsOf(fay, room)).includes("eli: Back again"));
    await fay.leave(room);
    await until(() => again.getState().rooms[0]?.members.length === 2);
  });

  test("a backup is kept by the hub and brings a conversation to a new device", async () => {
    const [gus, hal] = [await person("gus"), await person("hal")];
    const room = await gus.createRoom({ handles: ["hal"], name: null });
    await gus.sendText(room, "The kite is red");
    await until(() => hal.getState().rooms[0]?.unread === 1);
    const { code } = await hal.startBackup();
    const tablet = await device();
    await tablet.linkThisDevice((await hal.makeLinkCode()).code, "Tablet");
    await until(() => tablet.getState().connection === "online");
    await tablet.restoreBackup(code.join(" "));
    assert.deepEqual(await textsOf(tablet, room), ["gus: The kite is red"]);
    const key = (await messagesIn(tablet, room)).find(({ body }) => body.kind === "text")?.key ?? "";
    assert.equal((await report(tablet, room, key)).verdict, "VERIFIED");
  });
});

const stores = new Map<string, Store>();

async function device(store: Store = lasting()): Promise<Messenger> {
  const messenger = await openMessenger({
    hub: openHub(hub.url),
    store,
    mls: await openNodeMls(),
    crypto: nodeCrypto,
    clock: systemClock,
    client: { version: "0.1.0", build: "test" },
    onFault: (error) => faults.push(error),
  });
  cleanUps.push(() => messenger.close().catch(() => undefined));
  return messenger;
}

async function person(handle: string, birthYear: number | null = null): Promise<Messenger> {
  const store = lasting();
  stores.set(handle, store);
  const messenger = await device(store);
  await messenger.register({ handle, name: `Person ${handle}`, birthYear, deviceName: "Telephone" });
  // Others can invite it once its key packages are there.
  await until(
    () =>
      messenger.getState().me?.devices.every(({ current }) => current) === true &&
      messenger.getState().connection === "online",
  );
  return messenger;
}

function lasting(): Store {
  return { ...openMemoryStore(), close: async () => undefined };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`it did not come to that: ${condition.toString()}`);
}

/** Reports one message with its surroundings, and verifies the report as the verifier would, over the hub's office. */
async function report(messenger: Messenger, room: string, key: string): Promise<BundleVerdict> {
  const draft = await messenger.draftReport(room, [key]);
  const preview = await messenger.previewReport({ ...draft, category: "other" });
  const { reportId } = await messenger.sendReport(preview);
  await until(() =>
    messenger.getState().receipts.some((one) => one.reportId === reportId && one.receipt !== null),
  );
  const office = officeOf(hub);
  const { reports } = (await (await office("GET", "reports")).json()) as {
    reports: { id: string; sealed: string }[];
  };
  const sealed = reports.find(({ id }) => id === reportId)?.sealed ?? "";
  const bytes = await openAsVerifier(
    hub.verifier.privateKey,
    new Uint8Array(Buffer.from(sealed, "base64url")),
    new TextEncoder().encode(reportId),
  );
  assert.deepEqual(bytes, preview.bytes);
  const seqs = preview.shown.map(({ seq }) => seq);
  const roomUri = `mimi://hub.example/r/${room}`;
  const answer = await office("POST", "records", { reportId, roomUri, seqs });
  const records = decodeRecords(new Uint8Array(await answer.arrayBuffer()));
  const v = await verifyBundle({
    reportId,
    signed: decodeSignedBundle(bytes),
    records,
    trust: { frankingKeys: await pinnedKeys(), timestampRoots: [] },
    crypto: nodeCrypto,
    checkFrank: async (question) => await isFranked(office, reportId, question),
    now: Date.now(),
  });
  if (v.verdict !== "VERIFIED")
    console.log(
      JSON.stringify(
        [...v.steps, ...v.items.flatMap((i) => i.steps)].filter((x) => x.result !== "passed"),
        null,
        1,
      ),
    );
  return v;
}

async function pinnedKeys(): Promise<readonly FrankingKey[]> {
  return (await openHub(hub.url).about()).frankingKeys;
}

async function isFranked(
  office: ReturnType<typeof officeOf>,
  reportId: string,
  question: { frankingTag: Uint8Array; context: ServerContext; serverFrank: Uint8Array; hubKid: number },
): Promise<boolean> {
  const { frankingTag, context, serverFrank, hubKid } = question;
  const item = {
    frankingTag: text(frankingTag),
    context: { ...context, acceptedAt: Number(context.acceptedAt) },
    serverFrank: text(serverFrank),
    hubKid,
  };
  const answer = await office("POST", "frank-checks", { reportId, items: [item] });
  const { valid } = (await answer.json()) as { valid: boolean[] };
  return valid[0] === true;
}
