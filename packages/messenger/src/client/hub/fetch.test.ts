import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { base64urlOf } from "@fairlead/franking";
import { openHub } from "./fetch.ts";

const device = { token: "t0ken", domain: "hub.example" };
const bytes = (length: number) => base64urlOf(new Uint8Array(length).fill(5));

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

/** A hub that gives one answer and remembers what it was asked. */
function answering(answer: () => Response | Promise<Response>) {
  const asked: Asked[] = [];
  const hub = openHub("https://hub.example/", async (url, init) => {
    const headers = new Headers(init?.headers);
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : init?.body;
    asked.push({
      url: url as string,
      method: init?.method ?? "",
      authorization: headers.get("authorization"),
      body,
    });
    return await answer();
  });
  return { asked, hub, session: hub.signedIn(device) };
}

const json =
  (value: unknown, status = 200) =>
  () =>
    Response.json(value, { status });

suite("a hub over HTTP", () => {
  test("is asked as the contract says, signed in with the device's token", async () => {
    const { asked, session } = answering(json({ keyPackages: [], missing: [] }));
    await session.takeKeyPackages("mimi://hub.example/u/ben");
    assert.deepEqual(asked, [
      {
        url: "https://hub.example/chat/key-packages/take",
        method: "POST",
        authorization: "Bearer t0ken",
        body: { uri: "mimi://hub.example/u/ben" },
      },
    ]);
  });

  test("sends bytes as bytes, and reads them so", async () => {
    const { asked, session } = answering(json({ id: "1", url: "https://hub.example/chat/blobs/1" }, 201));
    const blob = new Blob([new Uint8Array([1, 2, 3])]);
    assert.deepEqual(await session.uploadBlob(blob), { id: "1", url: "https://hub.example/chat/blobs/1" });
    assert.equal(asked[0]?.body, blob);
    const other = answering(() => new Response(new Uint8Array([9])));
    assert.deepEqual(await other.session.getBackup(), new Uint8Array([9]));
  });

  const refusals: readonly (readonly [number, unknown, string, string | null])[] = [
    [401, { code: "session.missing" }, "hub.signed-out", "session.missing"],
    [403, { code: "chat.refused" }, "hub.refused", "chat.refused"],
    [409, { code: "chat.stale-epoch" }, "hub.refused", "chat.stale-epoch"],
    [400, "not json at all", "hub.refused", "400"],
    [429, { code: "rate.limited" }, "hub.busy", "rate.limited"],
    [503, { code: "unavailable" }, "hub.unreachable", "unavailable"],
  ];
  for (const [status, body, code, detail] of refusals)
    test(`tells ${status} ${JSON.stringify(body)} as ${code}`, async () => {
      const { session } = answering(json(body, status));
      await assert.rejects(
        session.commit("room", { commit: new Uint8Array(1), welcome: null, groupInfo: new Uint8Array(1) }),
        {
          code,
          detail,
        },
      );
    });

  test("that is not there for a person, a file or a backup is no error", async () => {
    const { session } = answering(json({ code: "not-found" }, 404));
    assert.deepEqual(
      [await session.account("nobody"), await session.downloadBlob("1"), await session.getBackup()],
      [null, null, null],
    );
  });

  test("out of reach, or breaking off in the middle, may be asked again", async () => {
    const away = answering(() => Promise.reject(new TypeError("fetch failed")));
    await assert.rejects(away.hub.about(), { code: "hub.unreachable" });
    const torn = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    const broken = answering(() => new Response(torn));
    await assert.rejects(broken.session.me(), { code: "hub.unreachable" });
  });

  test("that makes no sense is not believed", async () => {
    for (const body of ["<html>", "[]", '{"received": [{"uri": 7}], "sent": []}', '{"received": "x"}']) {
      const { session } = answering(() => new Response(body));
      await assert.rejects(session.asks(), { code: "hub.broken" });
    }
  });
});

suite("what the inbox brings", () => {
  test("is read into events and heads; kinds that are not known yet are left out", async () => {
    const roomId = bytes(16);
    const { session } = answering(
      json({
        events: [
          {
            cursor: "1",
            kind: "message",
            roomId,
            epoch: 3,
            message: bytes(40),
            senderUri: "mimi://hub.example/u/ben",
            deviceId: bytes(16),
            acceptedAt: 1_777_145_400_000,
            frank: { serverFrank: bytes(32), suite: 1, signature: bytes(64) },
            ext: { version: 1, roomSeq: 7, prevHead: bytes(32), recHash: bytes(32), hubKid: 202_604 },
          },
          { cursor: "2", kind: "something-new", colour: "blue" },
          { cursor: "3", kind: "notice", code: "request", uri: "mimi://hub.example/u/ben", at: 5 },
        ],
        heads: [
          {
            roomUri: `mimi://hub.example/r/${roomId}`,
            roomSeq: 7,
            head: bytes(32),
            at: 5,
            signature: bytes(64),
          },
        ],
        cursor: "3",
        more: false,
      }),
    );
    const inbox = await session.inbox(null, 0, new AbortController().signal);
    assert.deepEqual(
      inbox.events.map(({ cursor, kind }) => `${cursor} ${kind}`),
      ["1 message", "3 notice"],
    );
    const [message] = inbox.events;
    assert.ok(message?.kind === "message");
    assert.deepEqual(message.delivered.context, {
      senderUri: "mimi://hub.example/u/ben",
      roomUri: `mimi://hub.example/r/${roomId}`,
      acceptedAt: 1_777_145_400_000n,
    });
    assert.equal(message.delivered.ext.roomSeq, 7n);
    assert.equal(inbox.heads[0]?.roomSeq, 7n);
  });

  test("asks from a place and waits only as long as somebody listens", async () => {
    const { asked, session } = answering(json({ events: [], heads: [], cursor: "9", more: false }));
    await session.inbox("9", 25, new AbortController().signal);
    assert.equal(asked[0]?.url, "https://hub.example/chat/inbox?wait=25&after=9");
    const hanging = openHub(
      "https://hub.example",
      (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    ).signedIn(device);
    const listening = new AbortController();
    const waiting = hanging.inbox(null, 25, listening.signal);
    listening.abort();
    await assert.rejects(waiting, { code: "hub.unreachable" });
  });
});
