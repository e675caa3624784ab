import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { messageIdOf, type NestedPart, textPart } from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import * as fc from "fast-check";
import { bundleOf, type Saying } from "../testing/bundle.ts";
import { type Line, type MessageLine, readConversation } from "./conversation.ts";

const idOf = async (content: Uint8Array) => await messageIdOf(nodeCrypto, content);
const read = async (sayings: readonly Saying[]) => await readConversation(await bundleOf(sayings), idOf);

function message(lines: readonly Line[], seq: number): MessageLine {
  const found = lines.find((line) => line.kind === "message" && line.seq === String(seq));
  assert.ok(found?.kind === "message", `message ${seq} is shown`);
  return found;
}

const told = (lines: readonly Line[]) =>
  lines.map((line) => (line.kind === "message" ? line.seq : `${line.kind} ${line.from}-${line.to}`));

suite("an opened conversation", () => {
  test("stands in its order, with who, when, what was picked and what the reporter says", async () => {
    const conversation = await read([
      { from: "al", text: "The kite is blue." },
      { from: "bo", text: "So is the sky.\nAnd the sea.", isSelected: true, disappears: true },
    ]);
    assert.equal(conversation.note, "The kite flew too low.");
    assert.equal(conversation.reporter, "mimi://hub.example/u/bo");
    const [first, second] = [message(conversation.lines, 1), message(conversation.lines, 2)];
    assert.deepEqual(first.says, { kind: "text", texts: ["The kite is blue."], others: [] });
    assert.equal(first.acceptedAt, "2026-04-25T19:30:00.000Z");
    assert.equal(first.device, "a1".repeat(16));
    assert.deepEqual([first.isSelected, second.isSelected], [false, true]);
    assert.deepEqual([first.disappears, second.disappears], [false, true]);
    assert.equal(second.acceptedAt, "2026-04-25T19:31:00.000Z");
  });

  test("tells edits, what was taken back, answers and reactions by the messages they mean", async () => {
    const nothing: NestedPart = { disposition: 0, language: "", kind: "null" };
    const { lines } = await read([
      { from: "al", text: "The kite is red.", isSelected: true },
      { from: "al", text: "The kite is blue.", replaces: 1 },
      { from: "bo", text: "I see it.", inReplyTo: 1 },
      { from: "bo", part: { ...textPart("+1"), disposition: 2 }, inReplyTo: 2 },
      { from: "al", part: nothing, replaces: 1 },
      { from: "al", text: "Gone.", replaces: 99 },
    ]);
    const shown = [1, 2, 3, 4, 5, 6].map((seq) => message(lines, seq));
    assert.deepEqual(
      shown.map(({ says, target }) => [says.kind, target]),
      [
        ["text", undefined],
        ["edit", "1"],
        ["reply", "1"],
        ["reaction", "2"],
        ["removal", "1"],
        ["edit", "not-shown"],
      ],
    );
    assert.deepEqual(shown[0]?.replacedBy, ["2", "5"], "the first wording stays, and says what became of it");
  });

  test("lets nobody change or take back what another said: their message says what it means, and changes nothing", async () => {
    const { lines } = await read([
      { from: "al", text: "The kite is red.", isSelected: true },
      { from: "bo", text: "The kite is mine.", replaces: 1 },
      { from: "bo", part: { disposition: 0, language: "", kind: "null" }, replaces: 1 },
    ]);
    assert.deepEqual(message(lines, 1).replacedBy, []);
    assert.equal(message(lines, 2).target, "1");
  });

  test("shows attached files by name, kind, size and what the message commits to, previews too", async () => {
    const url = "https://hub.example/b/1";
    const file = (disposition: number, at: string): NestedPart => ({
      disposition,
      language: "",
      kind: "external",
      contentType: "image/png",
      url: at,
      expires: 0,
      size: 1234n,
      encAlg: 1,
      key: new Uint8Array(16),
      nonce: new Uint8Array(12),
      aad: new Uint8Array(),
      hashAlg: 1,
      contentHash: new Uint8Array(32),
      description: "",
      filename: "harbour.png",
    });
    const parts = [textPart("Look."), file(8, "https://hub.example/b/2"), file(6, url)];
    const commitment = {
      root: new Uint8Array(32).fill(7),
      size: 1300n,
      chunk: 65_536,
      keyCommitment: new Uint8Array(32),
    };
    const { lines } = await read([
      {
        from: "al",
        part: { disposition: 1, language: "", kind: "multi", semantics: 2, parts },
        attachments: new Map([[url, commitment]]),
        isSelected: true,
      },
    ]);
    const { files, says } = message(lines, 1);
    assert.deepEqual(says, { kind: "text", texts: ["Look."], others: [] });
    const about = { name: "harbour.png", type: "image/png", size: "1234" };
    assert.deepEqual(files, [
      { ...about, isPreview: true, root: undefined },
      { ...about, isPreview: false, root: "07".repeat(32) },
    ]);
  });

  test("marks every place that is not shown: kept back, or missing without a word", async () => {
    const silent = { from: "al", text: "x" } as const;
    const { lines } = await read([
      { ...silent, is: "missing" },
      { ...silent, is: "withheld" },
      { ...silent, is: "withheld" },
      { ...silent, isSelected: true },
      { ...silent, is: "withheld" },
      { ...silent, is: "missing" },
      { ...silent, is: "missing" },
    ]);
    assert.deepEqual(told(lines), ["missing 1-1", "withheld 2-3", "4", "withheld 5-5", "missing 6-7"]);
    assert.deepEqual(
      lines.map((line) => (line.kind === "message" ? 1 : line.count)),
      [1, 2, 1, 1, 2],
    );
  });

  test("accounts for each place of the window exactly once, whatever is shown", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(undefined, "withheld" as const, "missing" as const), { maxLength: 12 }),
        async (states) => {
          const sayings = [...states, undefined].map((is) => ({
            from: "al" as const,
            text: "x",
            isSelected: is === undefined,
            ...(is === undefined ? {} : { is }),
          }));
          const { lines } = await read(sayings);
          const places = lines.flatMap((line) =>
            line.kind === "message"
              ? [Number(line.seq)]
              : Array.from({ length: line.count }, (_, index) => Number(line.from) + index),
          );
          assert.deepEqual(
            places,
            sayings.map((_, index) => index + 1),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a message that this desk cannot read says so, and the others stand", async () => {
    const bytes = await bundleOf(
      [
        { from: "al", text: "The kite is blue.", isSelected: true },
        { from: "bo", text: "Yes." },
      ],
      (bundle) => ({
        ...bundle,
        items: bundle.items.map((item, index) =>
          index === 0 ? { ...item, content: Uint8Array.of(1) } : item,
        ),
      }),
    );
    const { lines } = await readConversation(bytes, idOf);
    assert.equal(message(lines, 1).says.kind, "unreadable");
    assert.equal(message(lines, 2).says.kind, "text");
  });

  test("parts of other kinds are named, and the set-up of a room is told", async () => {
    const single = (contentType: string, content: Uint8Array): NestedPart => ({
      disposition: 1,
      language: "",
      kind: "single",
      contentType,
      content,
    });
    const room = Uint8Array.of(0x83, 0x65, ...new TextEncoder().encode("Kites"), 0xf6, 0xf4);
    const { lines } = await read([
      { from: "al", part: single("application/vnd.fairlead.room+cbor", room) },
      { from: "al", part: single("text/html", new TextEncoder().encode("<b>kite</b>")), isSelected: true },
      { from: "al", part: single("application/vnd.fairlead.room+cbor", Uint8Array.of(0xff)) },
    ]);
    assert.deepEqual(message(lines, 1).says, { kind: "room", name: "Kites" });
    assert.deepEqual(message(lines, 2).says, { kind: "text", texts: [], others: ["text/html"] });
    assert.deepEqual(message(lines, 3).says, { kind: "room", name: undefined });
  });

  test("a browser without WebCrypto shows the messages without what ties them together", async () => {
    const bytes = await bundleOf([
      { from: "al", text: "The kite is red.", isSelected: true },
      { from: "al", text: "The kite is blue.", replaces: 1 },
    ]);
    const { lines } = await readConversation(bytes, async () => await Promise.reject(new Error("no subtle")));
    assert.equal(message(lines, 2).target, "not-shown");
  });

  test("bytes that are no bundle are refused whole", async () => {
    for (const bytes of [new Uint8Array(), new TextEncoder().encode("{}"), Uint8Array.of(0x82, 0x40, 0x40)])
      await assert.rejects(readConversation(bytes, idOf));
  });
});
