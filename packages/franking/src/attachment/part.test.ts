import assert from "node:assert/strict";
import { test } from "node:test";
import { attachmentsExtension } from "../content/attachments.ts";
import { decodeContent, encodeContent } from "../content/content.ts";
import { ATTACHMENTS, ROOM_URI, SENDER_URI } from "../content/extension-keys.ts";
import type { AttachmentCommitment, ExternalPart, MimiContent, NestedPart } from "../content/types.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { openAttachment } from "./open.ts";
import { attachmentPart, attachmentsIn, openingOf } from "./part.ts";
import { collect, inPortions, patterned, sealedFile } from "./streams-testing.ts";

const about = {
  disposition: 6,
  language: "",
  contentType: "image/png",
  url: "https://chat.example/blobs/1",
  expires: 0,
  description: "Two triangles",
  filename: "triangles.png",
};

function messageWith(part: NestedPart, commitments: ReadonlyMap<string, AttachmentCommitment>): MimiContent {
  return {
    salt: new Uint8Array(16),
    replaces: null,
    topicId: new Uint8Array(),
    expires: null,
    inReplyTo: null,
    extensions: new Map([
      [SENDER_URI, "mimi://chat.example/u/ada"],
      [ROOM_URI, "mimi://chat.example/r/AAAAAAAAAAAAAAAAAAAAAA"],
      [ATTACHMENTS, attachmentsExtension(commitments)],
    ]),
    part,
  };
}

test("picture and thumbnail travel in one message, each with its own commitment, and both open", async () => {
  const files = [patterned(1000), patterned(90, 2)];
  const sealedFiles = await Promise.all(files.map((file) => sealedFile(nodeCrypto, file)));
  const parts = sealedFiles.map(({ sealed }, at) =>
    attachmentPart(sealed, { ...about, url: `${about.url}/${at}`, disposition: at === 0 ? 6 : 8 }),
  );
  const message = messageWith(
    { disposition: 1, language: "", kind: "multi", semantics: 2, parts },
    new Map(sealedFiles.map(({ sealed }, at) => [`${about.url}/${at}`, sealed.commitment])),
  );
  const received = attachmentsIn(decodeContent(encodeContent(message)));
  assert.equal(received.length, 2);
  for (const [at, { part, opening }] of received.entries()) {
    assert.ok(opening !== null);
    assert.equal(part.url, `${about.url}/${at}`);
    const ciphertext = sealedFiles[at]?.ciphertext ?? new Uint8Array();
    assert.deepEqual(await collect(openAttachment(nodeCrypto, opening, inPortions(ciphertext))), files[at]);
  }
});

test("a part that nothing was committed to, or something else, is not opened", async () => {
  const { sealed } = await sealedFile(nodeCrypto, patterned(100));
  const part = attachmentPart(sealed, about);
  const { commitment } = sealed;
  assert.deepEqual(attachmentsIn(messageWith(part, new Map())), [{ part, opening: null }]);
  assert.deepEqual(attachmentsIn(messageWith(part, new Map([["https://chat.example/2", commitment]]))), [
    { part, opening: null },
  ]);
  const contradictions: readonly Partial<ExternalPart>[] = [
    { encAlg: 1 },
    { key: new Uint8Array(16) },
    { nonce: new Uint8Array(12) },
    { aad: Uint8Array.of(1) },
    { hashAlg: 2 },
    { contentHash: new Uint8Array() },
    { size: part.size + 1n },
  ];
  for (const change of contradictions) {
    const changed = { ...part, ...change };
    assert.throws(() => openingOf(changed, commitment), { code: "attachment.part" });
    const message = messageWith(changed, new Map([[part.url, commitment]]));
    assert.equal(attachmentsIn(message)[0]?.opening, null);
  }
  assert.deepEqual(openingOf(part, commitment).commitment, commitment);
});
