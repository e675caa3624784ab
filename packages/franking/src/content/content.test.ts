import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as fc from "fast-check";
import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import { equalBytes, hexOf } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { FrankingError } from "../error.ts";
import { anyContent } from "./arbitrary-testing.ts";
import { attachmentCommitmentsOf } from "./attachments.ts";
import { causalityOf } from "./causality.ts";
import { decodeContent, encodeContent } from "./content.ts";
import { ATTACHMENTS, DEVICE_SEQ, PREVIOUS_OWN, SEEN } from "./extension-keys.ts";
import { addressOf } from "./extensions.ts";
import { messageIdOf } from "./message-id.ts";
import { textPart } from "./text.ts";
import type { CborValue, MimiContent, NestedPart } from "./types.ts";

const folder = new URL("examples/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".cbor"));
const derived = "implied-original.cbor";

function example(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

const kite: MimiContent = {
  salt: new Uint8Array(16).fill(5),
  replaces: null,
  topicId: new Uint8Array(),
  expires: null,
  inReplyTo: null,
  extensions: new Map([
    [1, "mimi://example.com/u/robin"],
    [2, "mimi://example.com/r/weather"],
  ]),
  part: textPart("The kite is blue"),
};

test("every example of the draft is deterministic CBOR and comes back byte for byte", () => {
  assert.equal(names.length, 15);
  for (const name of names) assert.deepEqual(encodeCbor(decodeCbor(example(name))), example(name), name);
  for (const name of names.filter((name) => name !== derived))
    assert.deepEqual(encodeContent(decodeContent(example(name))), example(name), name);
});

test("every example has the message id that the draft says", async () => {
  for (const name of names.filter((name) => name !== derived)) {
    const notes = readFileSync(new URL(name.replace(".cbor", ".edn"), folder), "utf8");
    const [, stated = ""] = /^# message ID = h'([^']*)'/m.exec(notes) ?? [];
    assert.equal(hexOf(await messageIdOf(nodeCrypto, example(name))), stated.replaceAll(/[#\s]/g, ""), name);
  }
});

test("the example of derived values is no message", () => {
  assert.throws(() => decodeContent(example(derived)), { code: "content.malformed" });
});

test("the parts of an example are what its notes say", () => {
  const { part, extensions } = decodeContent(example("attachment.cbor"));
  assert.equal(part.kind, "external");
  assert.equal(part.kind === "external" && part.size, 708_234_961n);
  assert.equal(part.kind === "external" && part.filename, "bigfile.mp4");
  assert.equal(extensions.get(1), "mimi://example.com/u/bob-jones");
  assert.deepEqual(decodeContent(example("expiring.cbor")).expires, {
    relative: false,
    seconds: 1_644_390_004,
  });
  assert.equal(decodeContent(example("delete.cbor")).part.kind, "null");
});

test("any content comes back as it was, with its causality and its attachments", () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      const bytes = encodeContent(content);
      const back = decodeContent(bytes);
      assert.deepEqual(encodeContent(back), bytes);
      assert.deepEqual({ ...back, extensions: null }, { ...content, extensions: null });
      assert.deepEqual(causalityOf(back), causalityOf(content));
      assert.deepEqual(attachmentCommitmentsOf(back), attachmentCommitmentsOf(content));
      assert.deepEqual(addressOf(back), addressOf(content));
    }),
  );
});

test("no bytes are read as a content that would be written differently, and none crash", () => {
  const mutated = fc.tuple(anyContent, fc.nat(), fc.nat({ max: 255 })).map(([content, at, byte]) => {
    const bytes = encodeContent(content);
    return bytes.with(at % bytes.length, byte);
  });
  fc.assert(
    fc.property(mutated, (bytes) => {
      try {
        assert.ok(equalBytes(encodeContent(decodeContent(bytes)), bytes));
      } catch (error) {
        if (!(error instanceof FrankingError)) throw error;
        assert.match(error.code, /^content\./);
      }
    }),
    { numRuns: 400 },
  );
});

test("a salt of 15 or 17 bytes is refused: HMAC would take a shorter one for a longer one that ends in zeros", () => {
  for (const length of [0, 15, 17, 32])
    assert.throws(() => encodeContent({ ...kite, salt: new Uint8Array(length) }), {
      code: "content.malformed",
    });
  const fields = decodeCbor(encodeContent(kite)) as CborValue[];
  assert.throws(() => decodeContent(encodeCbor(fields.with(0, new Uint8Array(15)))), {
    code: "content.malformed",
  });
});

test("a content in another than the deterministic form is refused as such", () => {
  const bytes = encodeContent(kite);
  const map = bytes.indexOf(0xa2);
  const swapped = [
    bytes.subarray(0, map + 1),
    bytes.subarray(map + 30, map + 61),
    bytes.subarray(map + 1, map + 30),
    bytes.subarray(map + 61),
  ];
  const reordered = Uint8Array.from(swapped.flatMap((part) => [...part]));
  assert.equal(reordered.length, bytes.length);
  assert.throws(() => decodeContent(reordered), { code: "content.not-canonical" });
  assert.throws(() => decodeContent(Uint8Array.of(0x98, 7, ...bytes.subarray(1))), {
    code: "content.not-canonical",
  });
  assert.throws(() => decodeContent(Uint8Array.of(...bytes, 0)), { code: "content.malformed" });
});

test("a message that does not say its sender and its room is refused", () => {
  for (const [key, value] of [
    [1, null],
    [2, null],
    [1, ""],
    [2, new Uint8Array(4)],
    [1, 7],
  ] as const) {
    const extensions = new Map<string | number, CborValue>(kite.extensions);
    if (value === null) extensions.delete(key);
    else extensions.set(key, value);
    assert.throws(() => encodeContent({ ...kite, extensions }), { code: "content.extension" });
  }
});

test("fields out of their range are refused", () => {
  const single = textPart("x");
  const wrong: ReadonlyArray<Partial<MimiContent>> = [
    { replaces: new Uint8Array(31) },
    { inReplyTo: new Uint8Array(33) },
    { expires: { relative: true, seconds: 2 ** 32 } },
    { expires: { relative: true, seconds: -1 } },
    { expires: { relative: true, seconds: 0.5 } },
    { part: { ...single, disposition: 256 } },
    { part: { ...single, disposition: -1 } },
    { part: nest([single], 0) },
    { part: nest([single, single], 3) },
    { part: { ...single, language: "\ud800" } },
  ];
  for (const fields of wrong)
    assert.throws(() => encodeContent({ ...kite, ...fields }), { code: "content.malformed" });
});

test("a content has seven fields, and every part as many as its kind", () => {
  const fields = decodeCbor(encodeContent(kite)) as CborValue[];
  const part = fields[6] as CborValue[];
  const others = [
    [],
    fields.slice(0, -1),
    [...fields, null],
    fields.with(3, [true, 1, 1]),
    fields.with(3, [1, 1]),
    fields.with(6, [...part, 0]),
    fields.with(6, part.slice(0, -1)),
    fields.with(6, [1, "", 0, 0]),
    fields.with(6, [1, "", 4]),
    fields.with(6, [1, ""]),
    fields.with(6, "text"),
    fields.with(5, []),
  ];
  for (const other of others)
    assert.throws(() => decodeContent(encodeCbor(other)), { code: "content.malformed" });
});

test("parts are nested at most four levels deep (draft-ietf-mimi-content, section 6.3)", () => {
  const leaf = textPart("x");
  const three = nest([nest([nest([leaf, leaf]), leaf]), leaf]);
  assert.deepEqual(decodeContent(encodeContent({ ...kite, part: three })).part, three);
  assert.throws(() => encodeContent({ ...kite, part: nest([three, leaf]) }), { code: "content.malformed" });
});

test("private extensions that contradict their form are refused when the message is read, not when it is reported", () => {
  const head = new Uint8Array(32);
  const good: CborValue = [head, 10, 5, head];
  const wrong: ReadonlyArray<ReadonlyArray<readonly [number | string, CborValue]>> = [
    [[DEVICE_SEQ, 0]],
    [[DEVICE_SEQ, "1"]],
    [[SEEN, [1, head]]],
    [[PREVIOUS_OWN, head]],
    [
      [DEVICE_SEQ, 1],
      [SEEN, [0, head]],
    ],
    [
      [DEVICE_SEQ, 1],
      [SEEN, [1, head, 0]],
    ],
    [
      [DEVICE_SEQ, 1],
      [SEEN, [1, new Uint8Array(31)]],
    ],
    [
      [DEVICE_SEQ, 1],
      [PREVIOUS_OWN, new Uint8Array(31)],
    ],
    [[ATTACHMENTS, []]],
    [[ATTACHMENTS, new Map([[1, good]])]],
    [[ATTACHMENTS, new Map([["https://example.com/a", [head, 10, 5]]])]],
    [[ATTACHMENTS, new Map([["https://example.com/a", [head, 0, 5, head]]])]],
    [[ATTACHMENTS, new Map([["https://example.com/a", [head, 10, 2 ** 30, head]]])]],
    [["", 1]],
    [["x".repeat(256), 1]],
    [["deep", [[[[1]]]]]],
    [["long", new Uint8Array(4096)]],
  ];
  for (const extra of wrong) {
    const extensions = new Map<string | number, CborValue>([...kite.extensions, ...extra]);
    assert.throws(() => encodeContent({ ...kite, extensions }), FrankingError);
  }
});

test("a program that says nothing of causality is understood, and means nothing by it", () => {
  assert.equal(causalityOf(kite), null);
  assert.equal(attachmentCommitmentsOf(kite).size, 0);
});

test("an error names fields and never says what stands in them", () => {
  const fields = decodeCbor(encodeContent(kite)) as CborValue[];
  const spoilt = encodeCbor(fields.with(6, [1, "", 9, "secret recipe"]));
  assert.throws(
    () => decodeContent(spoilt),
    (error) => !String(error).includes("secret"),
  );
});

function nest(parts: readonly NestedPart[], semantics = 2): NestedPart {
  return { disposition: 1, language: "", kind: "multi", semantics, parts };
}
