import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Meaning } from "../message/meaning.ts";
import type { MessageRecord, Opening } from "../store/records.ts";
import { foldConversation, type Onlooker, type PendingLine, type ReadLine } from "./fold.ts";

const ana = "mimi://hub.example/u/ana";
const ben = "mimi://hub.example/u/ben";
const open: Opening = { state: "open", content: new Uint8Array(0) };
const onlooker: Onlooker = { uri: ana, blocked: new Set(), trusted: new Set(), blurPictures: false };

suite("a conversation as a person reads it", () => {
  test("edits, and only the author's, stand in the place of the original", () => {
    const [message, ...more] = fold([
      line(1, ben, text("The kite is blue")),
      line(2, ben, { kind: "edit", text: "The kite is red", of: idOf(1) }),
      line(3, ana, { kind: "edit", text: "The kite is gone", of: idOf(1) }),
      line(4, ben, { kind: "edit", text: "The kite is green", of: idOf(2) }),
    ]);
    assert.deepEqual([message?.body, message?.edited], [{ kind: "text", text: "The kite is green" }, true]);
    assert.equal(more.length, 0);
  });

  test("what somebody else says to edit or delete stays as it was", () => {
    const [message] = fold([
      line(1, ben, text("The kite is blue")),
      line(2, ana, { kind: "edit", text: "The kite is gone", of: idOf(1) }),
      line(3, ana, { kind: "deletion", of: idOf(1) }),
    ]);
    assert.deepEqual([message?.body, message?.edited], [{ kind: "text", text: "The kite is blue" }, false]);
  });

  test("a deletion is the author's too, and nothing changes what was deleted", () => {
    const [message] = fold([
      line(1, ben, text("The kite is blue")),
      line(2, ana, { kind: "deletion", of: idOf(1) }),
      line(3, ben, { kind: "deletion", of: idOf(1) }),
      line(4, ben, { kind: "edit", text: "Still here", of: idOf(1) }),
    ]);
    assert.equal(message?.body.kind, "deleted");
  });

  test("each person has one reaction to a message, and takes back only their own", () => {
    const [message] = fold([
      line(1, ben, text("The kite is blue")),
      line(2, ana, { kind: "reaction", emoji: "🪁", of: idOf(1) }),
      line(3, ben, { kind: "reaction", emoji: "🪁", of: idOf(1) }),
      line(4, ben, { kind: "reaction", emoji: "☁️", of: idOf(1) }),
      line(5, ben, { kind: "unreaction", of: idOf(2) }),
    ]);
    assert.deepEqual(message?.reactions, [
      { emoji: "🪁", from: [ana], own: true },
      { emoji: "☁️", from: [ben], own: false },
    ]);
    assert.deepEqual(
      fold([
        line(1, ben, text("x")),
        line(2, ana, { kind: "reaction", emoji: "🪁", of: idOf(1) }),
        line(3, ana, { kind: "unreaction", of: idOf(2) }),
      ])[0]?.reactions,
      [],
    );
  });

  test("an answer quotes what it answers, as it reads now", () => {
    const [, answer, lost] = fold([
      line(1, ben, text("The kite is blue")),
      line(2, ana, { kind: "text", text: "Is it?", replyTo: idOf(1) }),
      line(3, ana, { kind: "text", text: "What was that?", replyTo: idOf(9) }),
      line(4, ben, { kind: "edit", text: "It is red", of: idOf(1) }),
    ]);
    assert.deepEqual(answer?.replyTo, { key: idOf(1), from: ben, excerpt: "It is red" });
    assert.deepEqual(lost?.replyTo, { key: idOf(9), from: null, excerpt: null });
  });

  test("what failed its checks shows nothing but that, and cannot be reported", () => {
    const [message] = fold([{ ...line(1, ben, null), record: { ...record(1, ben), refused: "frank.tag" } }]);
    assert.deepEqual(message?.body, { kind: "unverifiable", code: "frank.tag" });
    assert.equal(message?.reportable, false);
  });

  test("the same message twice shows once", () => {
    const twice = { ...line(2, ben, null), record: { ...record(2, ben), refused: "twice" } };
    assert.equal(fold([line(1, ben, text("The kite is blue")), twice]).length, 1);
  });

  test("what disappeared says until when it can be reported, and hides its versions and reactions", () => {
    const sealed: Opening = { state: "sealed", box: new Uint8Array(1), until: 5000, why: "disappeared" };
    const messages = fold([
      {
        ...line(1, ben, null),
        record: { ...record(1, ben), opening: sealed, expiry: { seconds: 5, startedAt: 0 } },
      },
      { ...line(2, ben, null), record: { ...record(2, ben), opening: sealed, about: idOf(1) } },
      { ...line(3, ana, null), record: { ...record(3, ana), opening: { state: "gone", why: "deleted" } } },
    ]);
    assert.deepEqual(
      messages.map(({ body, reportable, expiresAt }) => [body, reportable, expiresAt]),
      [
        [{ kind: "disappeared", until: 5000 }, true, null],
        [{ kind: "deleted", until: null }, false, null],
      ],
    );
  });

  test("a message on a timer says when it goes, once it was read", () => {
    const timed = (startedAt: number | null) =>
      fold([
        { ...line(1, ben, text("x")), record: { ...record(1, ben), expiry: { seconds: 60, startedAt } } },
      ])[0];
    assert.deepEqual([timed(null)?.expiresAt, timed(null)?.disappearing], [null, true]);
    assert.equal(timed(1000)?.expiresAt, 61_000);
  });

  test("blocked people say nothing, but others' lines about them stay", () => {
    const remark: ReadLine = {
      key: "r",
      meaning: null,
      record: {
        kind: "remark",
        roomId: "room",
        from: ben,
        at: 0,
        what: { kind: "members", joined: [ben], left: [] },
      },
    };
    const messages = foldConversation([line(1, ben, text("x")), remark], [], {
      ...onlooker,
      blocked: new Set([ben]),
    });
    assert.deepEqual(
      messages.map(({ body }) => body.kind),
      ["members"],
    );
  });

  test("what waits to be sent is there already, and changes what it is about", () => {
    const messages = foldConversation(
      [line(1, ana, text("The kite is blue"))],
      [
        pending("a", { kind: "edit", text: "The kite is red", of: idOf(1) }),
        pending("b", { kind: "reaction", emoji: "🪁", of: idOf(1) }),
        pending("c", text("And it flies")),
      ],
      onlooker,
    );
    assert.deepEqual(
      messages.map(({ key, delivery, reportable }) => [key, delivery, reportable]),
      [
        [idOf(1), "sent", true],
        ["c", "sending", false],
      ],
    );
    assert.deepEqual(messages[0]?.reactions, [{ emoji: "🪁", from: [ana], own: true }]);
  });

  test("pictures are blurred by choice, never one's own and never a trusted person's", () => {
    const external = { kind: "external", contentType: "image/png", filename: "kite.png", size: 9n };
    const commitment = { size: 25n, chunk: 65_536 };
    const file = { part: external, root: "aa", commitment } as unknown as Extract<
      Meaning,
      { kind: "file" }
    >["file"];
    const meaning: Meaning = { kind: "file", file, thumbnail: file, caption: "", replyTo: null };
    const blurred = (from: string, change: Partial<Onlooker>) =>
      foldConversation([line(1, from, meaning)], [], { ...onlooker, blurPictures: true, ...change }).map(
        ({ body }) => body.kind === "file" && body.file.blurred && body.thumbnail?.blurred,
      )[0];
    assert.equal(blurred(ben, {}), true);
    assert.equal(blurred(ana, {}), false);
    assert.equal(blurred(ben, { trusted: new Set([ben]) }), false);
    assert.equal(blurred(ben, { blurPictures: false }), false);
  });

  test("a room's line says what changed against the one before", () => {
    const room = (name: string | null, timerSeconds: number | null): Meaning => ({
      kind: "room",
      name,
      timerSeconds,
      direct: false,
    });
    const changes = fold([
      line(1, ana, room("Kites", null)),
      line(2, ana, room("Kites", 60)),
      line(3, ana, room("Trains", null)),
    ]).map(({ body }) => body.kind === "room" && body.changed);
    assert.deepEqual(changes, ["name", "timer", "both"]);
  });
});

function fold(lines: readonly ReadLine[]) {
  return foldConversation(lines, [], onlooker);
}

function text(words: string): Meaning {
  return { kind: "text", text: words, replyTo: null };
}

function pending(key: string, meaning: Meaning): PendingLine {
  return { key, at: 0, meaning, delivery: "sending", disappearing: false };
}

function line(seq: number, from: string, meaning: Meaning | null): ReadLine {
  return { key: `room/${seq}`, record: record(seq, from), meaning };
}

function idOf(seq: number): string {
  return `01${String(seq).padStart(62, "0")}`;
}

function record(seq: number, senderUri: string): MessageRecord {
  const none = new Uint8Array(32);
  return {
    kind: "message",
    roomId: "room",
    seq,
    senderUri,
    deviceId: new Uint8Array(16),
    epoch: 1,
    acceptedAt: seq * 1000,
    frank: { serverFrank: none, suite: 1, signature: new Uint8Array(64) },
    ext: { version: 1, roomSeq: BigInt(seq), prevHead: none, recHash: none, hubKid: 202_611 },
    head: none,
    refused: null,
    opening: open,
    messageId: idOf(seq),
    about: null,
    expiry: null,
    localId: null,
  };
}
