import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { attachmentsExtension } from "../content/attachments.ts";
import { encodeContent } from "../content/content.ts";
import { ATTACHMENTS, ROOM_URI, SENDER_URI } from "../content/extension-keys.ts";
import type { AttachmentCommitment, ExternalPart, NestedPart } from "../content/types.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { merkleRoot } from "../merkle/tree.ts";
import { makeWorld } from "../verify/testing/world.ts";
import { verifyBundle } from "../verify/verify-bundle.ts";
import { type AttachmentSecrets, encryptionKey, keyCommitment, newSecrets, nonceOf } from "./keys.ts";
import { attachmentPart } from "./part.ts";
import { salamander } from "./salamander-testing.ts";
import { inPortions, patterned, sealedFile } from "./streams-testing.ts";

// From the sender's device to the verdict: no sender can show one file and have another one reported (e2ee.md 7.7, 12 and 17).

const urlOf = (name: string) => `https://hub.example/chat/blobs/${name}`;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** One ciphertext that opens under two keys, to two files, and what a message says about each. */
async function twoFacedFile() {
  const [first, other] = [newSecrets(nodeCrypto), newSecrets(nodeCrypto)];
  const second = { ...other, noncePrefix: first.noncePrefix };
  const nonce = nonceOf(first.noncePrefix, 0, true);
  const keys = [await encryptionKey(nodeCrypto, first), await encryptionKey(nodeCrypto, second)] as const;
  const ciphertext = salamander(keys, nonce, patterned(160));
  const root = await merkleRoot(nodeCrypto, [ciphertext]);
  const faceOf = async (secrets: AttachmentSecrets, key: Uint8Array) => {
    const file = nodeCrypto.open(key, nonce, new Uint8Array(), ciphertext);
    assert.ok(file !== null);
    const commitment: AttachmentCommitment = {
      root,
      size: BigInt(ciphertext.length),
      chunk: 64 * 1024,
      keyCommitment: await keyCommitment(nodeCrypto, secrets),
    };
    return {
      file,
      commitment,
      sealed: { ...secrets, commitment, contentHash: nodeCrypto.sha256(ciphertext) },
    };
  };
  return { ciphertext, root, faces: [await faceOf(first, keys[0]), await faceOf(second, keys[1])] as const };
}

function partFor(sealed: Parameters<typeof attachmentPart>[0], name: string, disposition = 6): ExternalPart {
  return attachmentPart(sealed, {
    disposition,
    language: "",
    contentType: "image/png",
    url: urlOf(name),
    expires: 0,
    description: "",
    filename: `${name}.png`,
  });
}

test("attack 12: of a ciphertext with two faces, each message that carries it is reported with the face that it showed", async () => {
  const { ciphertext, root, faces } = await twoFacedFile();
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  for (const [index, { sealed, commitment }] of faces.entries()) {
    const part = partFor(sealed, `face-${index}`);
    await world.say(al, "", { part, attachments: new Map([[part.url, commitment]]) });
  }
  const disclosure = [{ root, mode: "full" as const }];
  const disclosures = new Map([1, 2].map((seq) => [seq, disclosure]));
  const input = await world.input(bo, await world.report(bo, { selected: [1, 2], disclosures }));
  const verdict = await verifyBundle({ ...input, fetchCiphertext: () => inPortions(ciphertext) });
  assert.equal(verdict.verdict, "VERIFIED");
  assert.deepEqual(
    verdict.items.map(({ attachments }) => attachments.map(({ result, sha256 }) => [result, sha256])),
    faces.map(({ file }) => [["opened-and-bound", sha256(file)]]),
  );
  assert.notEqual(sha256(faces[0].file), sha256(faces[1].file));
});

test("attack 12: a message that carries both faces at once, or one url for two parts, is no message", async () => {
  const { faces } = await twoFacedFile();
  const parts = faces.map(({ sealed }, index) => partFor(sealed, `face-${index}`));
  const both = new Map(faces.map(({ commitment }, index) => [urlOf(`face-${index}`), commitment]));
  assert.throws(() => messageOf(parts, both), { code: "content.extension", message: /ciphertext twice/ });
  const sharing = faces.map(({ sealed }) => partFor(sealed, "face-0"));
  const one = new Map([[urlOf("face-0"), faces[0].commitment]]);
  assert.throws(() => messageOf(sharing, one), { code: "content.extension", message: /two parts share/ });
  // One of them alone is a message like any other.
  assert.ok(messageOf(parts.slice(0, 1), one).length > 0);
});

test("attack 17: a thumbnail and the file that it stands for are two files, and the verdict names both", async () => {
  const [video, thumbnail] = [patterned(200_000), patterned(900, 2)];
  const [large, small] = [await sealedFile(nodeCrypto, video), await sealedFile(nodeCrypto, thumbnail)];
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  await world.say(al, "", {
    part: multi([partFor(large.sealed, "video"), partFor(small.sealed, "thumbnail", 8)]),
    attachments: new Map([
      [urlOf("video"), large.sealed.commitment],
      [urlOf("thumbnail"), small.sealed.commitment],
    ]),
  });
  const roots = [large.sealed.commitment.root, small.sealed.commitment.root];
  const disclosures = new Map([[1, roots.map((root) => ({ root, mode: "full" as const }))]]);
  const input = await world.input(bo, await world.report(bo, { selected: [1], disclosures }));
  const attachmentsFrom = async (stored: Readonly<Record<string, Uint8Array>>) => {
    const fetchCiphertext = ({ url }: { url: string }) => inPortions(stored[url] ?? new Uint8Array());
    return (await verifyBundle({ ...input, fetchCiphertext })).items[0]?.attachments;
  };
  const honest = await attachmentsFrom({
    [urlOf("video")]: large.ciphertext,
    [urlOf("thumbnail")]: small.ciphertext,
  });
  assert.deepEqual(
    honest?.map(({ result, sha256 }) => [result, sha256]),
    [
      ["opened-and-bound", sha256(video)],
      ["opened-and-bound", sha256(thumbnail)],
    ],
  );
  const swapped = await attachmentsFrom({
    [urlOf("video")]: small.ciphertext,
    [urlOf("thumbnail")]: large.ciphertext,
  });
  assert.deepEqual(
    swapped?.map(({ result }) => result),
    ["failed", "failed"],
  );
});

test("a sender who commits to what no part opens keeps nobody from reporting the words", async () => {
  const { sealed, ciphertext } = await sealedFile(nodeCrypto, patterned(100));
  const { root } = sealed.commitment;
  const honest = partFor(sealed, "picture");
  for (const part of [
    { ...honest, encAlg: 1 },
    { ...honest, key: new Uint8Array(32) },
  ]) {
    const world = await makeWorld();
    const al = await world.join("al");
    const bo = await world.join("bo");
    await world.say(al, "", { part, attachments: new Map([[honest.url, sealed.commitment]]) });
    const disclosures = new Map([[1, [{ root, mode: "full" as const }]]]);
    const input = await world.input(bo, await world.report(bo, { selected: [1], disclosures }));
    const verdict = await verifyBundle({ ...input, fetchCiphertext: () => inPortions(ciphertext) });
    assert.equal(verdict.items[0]?.attachments[0]?.result, "failed");
    assert.equal(verdict.verdict, "VERIFIED");
  }
});

function multi(parts: readonly NestedPart[]): NestedPart {
  return { disposition: 1, language: "", kind: "multi", semantics: 2, parts };
}

function messageOf(
  parts: readonly ExternalPart[],
  commitments: ReadonlyMap<string, AttachmentCommitment>,
): Uint8Array {
  const [only, ...more] = parts;
  return encodeContent({
    salt: new Uint8Array(16),
    replaces: null,
    topicId: new Uint8Array(),
    expires: null,
    inReplyTo: null,
    extensions: new Map([
      [SENDER_URI, "mimi://hub.example/u/al"],
      [ROOM_URI, "mimi://hub.example/r/AAAAAAAAAAAAAAAAAAAAAA"],
      [ATTACHMENTS, attachmentsExtension(commitments)],
    ]),
    part: only !== undefined && more.length === 0 ? only : multi(parts),
  });
}
