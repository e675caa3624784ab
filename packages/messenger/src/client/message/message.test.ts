import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ATTACHMENTS,
  attachmentsExtension,
  type CborValue,
  decodeContent,
  encodeCbor,
  encodeContent,
  type MimiContent,
  ROOM_URI,
  SENDER_URI,
  textPart,
} from "@fairlead/franking";
import type { OutgoingPart, Saying } from "../store/records.ts";
import { compose } from "./compose.ts";
import { type Meaning, meaningOf } from "./meaning.ts";
import { PREVIEW, ROOM_INFO } from "./profile.ts";

const id = "01".repeat(32);
const other = "02".repeat(32);

const picture: OutgoingPart = {
  root: "aa".repeat(32),
  name: "kite.png",
  contentType: "image/png",
  url: "https://hub.example/chat/blobs/1",
  sealed: {
    fileKey: new Uint8Array(32).fill(1),
    noncePrefix: new Uint8Array(7).fill(2),
    contentHash: new Uint8Array(32).fill(3),
    commitment: {
      root: new Uint8Array(32).fill(0xaa),
      size: 1016n,
      chunk: 65_536,
      keyCommitment: new Uint8Array(32).fill(4),
    },
  },
};
const small: OutgoingPart = {
  ...picture,
  sealed: {
    ...picture.sealed,
    commitment: { ...picture.sealed.commitment, root: new Uint8Array(32).fill(0xbb) },
  },
  root: "bb".repeat(32),
  name: "kite-small.jpg",
  url: "https://hub.example/chat/blobs/2",
};

suite("what is said comes back as what was meant, through the bytes that are franked", () => {
  const cases: readonly (readonly [Saying, Meaning])[] = [
    [
      { kind: "text", text: "The kite is blue", replyTo: null },
      { kind: "text", text: "The kite is blue", replyTo: null },
    ],
    [
      { kind: "text", text: "Yes", replyTo: id },
      { kind: "text", text: "Yes", replyTo: id },
    ],
    [
      { kind: "edit", text: "The kite is red", of: id },
      { kind: "edit", text: "The kite is red", of: id },
    ],
    [
      { kind: "deletion", of: id },
      { kind: "deletion", of: id },
    ],
    [
      { kind: "reaction", emoji: "🪁", of: id, replaces: other },
      { kind: "reaction", emoji: "🪁", of: id },
    ],
    [
      { kind: "unreaction", of: id, replaces: other },
      { kind: "unreaction", of: other },
    ],
    [
      { kind: "room", name: "Kites", timerSeconds: 3600, direct: false },
      { kind: "room", name: "Kites", timerSeconds: 3600, direct: false },
    ],
  ];
  for (const [saying, meaning] of cases)
    test(saying.kind, () => assert.deepEqual(meaningOf(throughBytes(saying)), meaning));

  test("a file with its thumbnail and caption, each bound by its own commitment", () => {
    const saying: Saying = {
      kind: "file",
      caption: "At the beach",
      replyTo: null,
      file: picture,
      thumbnail: small,
    };
    const meaning = meaningOf(throughBytes(saying));
    assert.ok(meaning.kind === "file");
    assert.deepEqual(
      [
        meaning.caption,
        meaning.file.root,
        meaning.thumbnail?.root,
        meaning.file.part.filename,
        meaning.file.part.size,
      ],
      ["At the beach", picture.root, small.root, "kite.png", 1016n],
    );
    assert.deepEqual(meaning.file.commitment, picture.sealed.commitment);
  });

  test("a file alone is one part", () => {
    const meaning = meaningOf(
      throughBytes({ kind: "file", caption: "", replyTo: id, file: picture, thumbnail: null }),
    );
    assert.ok(meaning.kind === "file");
    assert.deepEqual([meaning.caption, meaning.thumbnail, meaning.replyTo], ["", null, id]);
  });
});

suite("the room's timer", () => {
  test("is on what is said, and not on what changes the room or takes something back", () => {
    const timed = (saying: Saying) => compose(saying, 60).expires;
    assert.deepEqual(timed({ kind: "text", text: "Soon gone", replyTo: null }), {
      relative: true,
      seconds: 60,
    });
    assert.equal(timed({ kind: "deletion", of: id }), null);
    assert.equal(timed({ kind: "room", name: null, timerSeconds: 60, direct: true }), null);
  });
});

suite("a message that this messenger cannot show", () => {
  const strange: readonly (readonly [string, MimiContent])[] = [
    [
      "a file that nothing binds",
      {
        ...throughBytes({ kind: "file", caption: "", replyTo: null, file: picture, thumbnail: null }),
        extensions: address(),
      },
    ],
    ["an empty message", { ...content(), part: { disposition: 1, language: "", kind: "null" } }],
    [
      "another format",
      { ...content(), part: { ...textPart("{}"), contentType: "application/json" } as MimiContent["part"] },
    ],
    [
      "a room's name that is no name",
      {
        ...content(),
        part: {
          ...textPart(""),
          contentType: ROOM_INFO,
          content: encodeCbor([7, null, true]),
        } as MimiContent["part"],
      },
    ],
    [
      "a room's name that is no CBOR",
      { ...content(), part: { ...textPart("x"), contentType: ROOM_INFO } as MimiContent["part"] },
    ],
    [
      "a preview of nothing",
      {
        ...throughBytes({ kind: "file", caption: "", replyTo: null, file: picture, thumbnail: null }),
        part: { ...externalOf(picture), disposition: PREVIEW },
      },
    ],
  ];
  for (const [name, one] of strange) test(name, () => assert.equal(meaningOf(one).kind, "unsupported"));
});

function externalOf(part: OutgoingPart): MimiContent["part"] {
  return compose({ kind: "file", caption: "", replyTo: null, file: part, thumbnail: null }, null).part;
}

function throughBytes(saying: Saying): MimiContent {
  const { attachments, ...rest } = compose(saying, null);
  const more = attachments.size === 0 ? [] : [[ATTACHMENTS, attachmentsExtension(attachments)] as const];
  return decodeContent(encodeContent({ ...content(), ...rest, extensions: address(more) }));
}

function content(): MimiContent {
  return {
    salt: new Uint8Array(16),
    replaces: null,
    topicId: new Uint8Array(0),
    expires: null,
    inReplyTo: null,
    extensions: address(),
    part: textPart("x"),
  };
}

function address(more: readonly (readonly [string | number, CborValue])[] = []): MimiContent["extensions"] {
  return new Map<string | number, CborValue>([
    [SENDER_URI, "mimi://hub.example/u/ana"],
    [ROOM_URI, "mimi://hub.example/r/AAAAAAAAAAAAAAAAAAAAAA"],
    ...more,
  ]);
}
