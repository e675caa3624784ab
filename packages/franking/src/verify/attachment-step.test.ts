import assert from "node:assert/strict";
import { test } from "node:test";
import { attachmentPart } from "../attachment/part.ts";
import { sealAttachment } from "../attachment/seal.ts";
import type { AttachmentDisclosure } from "../bundle/types.ts";
import { concatBytes } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { makeWorld } from "./testing/world.ts";
import type { BundleVerdict, VerifyInput } from "./types.ts";
import { verifyBundle } from "./verify-bundle.ts";

const PICTURE = new TextEncoder().encode("pretend that this is a picture of a kite ".repeat(4000));
const URL = "https://hub.example/chat/blobs/00112233445566778899aabbccddeeff";

async function* of(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** Al sends a picture; Bo reports it and discloses it in this mode. */
async function reported(
  mode: AttachmentDisclosure["mode"],
  more: (sealed: { ciphertext: Uint8Array; root: Uint8Array }) => Partial<VerifyInput>,
  disclose: (own: AttachmentDisclosure) => readonly AttachmentDisclosure[] = (own) => [own],
): Promise<BundleVerdict> {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  const sealing = sealAttachment(nodeCrypto, of(PICTURE), PICTURE.length);
  const ciphertext = await gather(sealing.ciphertext);
  const sealed = sealing.sealed();
  const part = attachmentPart(sealed, {
    disposition: 1,
    language: "",
    contentType: "image/png",
    url: URL,
    expires: 0,
    description: "",
    filename: "kite.png",
  });
  await world.say(al, "", { part, attachments: new Map([[URL, sealed.commitment]]) });
  const { root } = sealed.commitment;
  const bundle = await world.report(bo, {
    selected: [1],
    disclosures: new Map([[1, disclose({ root, mode })]]),
  });
  return await verifyBundle({ ...(await world.input(bo, bundle)), ...more({ ciphertext, root }) });
}

function stepOf(verdict: BundleVerdict): string | undefined {
  const step = verdict.items[0]?.steps.find(({ step }) => step === "V12");
  return step === undefined ? undefined : `${step.result} ${step.code ?? ""}`;
}

const attachmentOf = (verdict: BundleVerdict) => verdict.items[0]?.attachments[0];

test("a file in full mode is opened while it is checked, handed on, and named by its hash", async () => {
  const kept: Array<{ name: string; bytes: Uint8Array }> = [];
  const verdict = await reported("full", ({ ciphertext }) => ({
    fetchCiphertext: ({ url }) => (url === URL ? of(ciphertext) : null),
    onAttachment: async ({ name }, plaintext) => {
      kept.push({ name, bytes: await gather(plaintext) });
    },
  }));
  assert.equal(verdict.verdict, "VERIFIED");
  assert.deepEqual(kept, [{ name: "kite.png", bytes: PICTURE }]);
  const sha256 = Buffer.from(nodeCrypto.sha256(PICTURE)).toString("hex");
  assert.deepEqual(
    { ...attachmentOf(verdict), root: "" },
    { root: "", mode: "full", result: "opened-and-bound", sha256, size: PICTURE.length },
  );
});

test("offline the file itself is enough: sealed again, it gives the committed root; another file does not", async () => {
  const right = await reported("full", () => ({ plaintextOf: () => of(PICTURE) }));
  assert.equal(attachmentOf(right)?.result, "opened-and-bound");
  assert.equal(right.verdict, "VERIFIED");
  for (const other of [PICTURE.with(5, 0), PICTURE.subarray(1), new Uint8Array()]) {
    const wrong = await reported("full", () => ({ plaintextOf: () => of(other) }));
    assert.equal(attachmentOf(wrong)?.code, "attachment.differs");
    assert.equal(stepOf(wrong), "failed attachment.differs");
    // What was sent is proven all the same: only this is not it.
    assert.equal(wrong.verdict, "VERIFIED");
  }
});

test("in hash-only mode nothing is fetched and nothing opened, and that it was sent is proven all the same", async () => {
  const verdict = await reported("hash-only", () => ({
    fetchCiphertext: () => assert.fail("nobody asked for the file"),
    plaintextOf: () => assert.fail("nobody asked for the file"),
  }));
  assert.equal(verdict.verdict, "VERIFIED");
  assert.equal(attachmentOf(verdict)?.result, "committed-not-seen");
});

test("attack 17: ciphertext that was altered, cut or extended is refused; one that is gone proves nothing either way", async () => {
  for (const spoil of [
    (bytes: Uint8Array) => bytes.with(70_000, (bytes[70_000] ?? 0) ^ 1),
    (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1),
    (bytes: Uint8Array) => concatBytes(bytes, Uint8Array.of(0)),
  ]) {
    const verdict = await reported("full", ({ ciphertext }) => ({
      fetchCiphertext: () => of(spoil(ciphertext)),
    }));
    assert.equal(attachmentOf(verdict)?.result, "failed");
    assert.equal(stepOf(verdict), "failed attachment.differs");
    // Otherwise a sender who uploads junk would make the words beside it unreportable.
    assert.equal(verdict.verdict, "VERIFIED");
  }
  const gone = await reported("full", () => ({ fetchCiphertext: () => null }));
  assert.equal(attachmentOf(gone)?.result, "missing");
  assert.equal(stepOf(gone), "not-checked attachment.gone");
  assert.equal(gone.verdict, "VERIFIED");
});

test("a report that names a file which the message does not carry is refused", async () => {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  await world.say(al, "The kite is blue.");
  const root = nodeCrypto.random(32);
  const bundle = await world.report(bo, {
    selected: [1],
    disclosures: new Map([[1, [{ root, mode: "full" }]]]),
  });
  const verdict = await verifyBundle(await world.input(bo, bundle));
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(attachmentOf(verdict)?.code, "attachment.not-committed");
});

test("whoever takes a file and stops before its end is not told that it is the one that was sent", async () => {
  const verdict = await reported("full", ({ ciphertext }) => ({
    fetchCiphertext: () => of(ciphertext),
    onAttachment: async (_file, plaintext) => {
      for await (const _ of plaintext) break;
    },
  }));
  assert.equal(attachmentOf(verdict)?.code, "attachment.unfinished");
});

test("a file that the message does not carry is refused also beside one that it carries and that is junk", async () => {
  const strange = { root: nodeCrypto.random(32), mode: "full" } as const;
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const verdict = await reported(
      "full",
      ({ ciphertext }) => ({ fetchCiphertext: () => of(ciphertext.subarray(1)) }),
      (own) => order.flatMap((at) => [own, strange][at] ?? []),
    );
    assert.equal(stepOf(verdict), "failed attachment.not-committed");
    assert.equal(verdict.verdict, "UNVERIFIED");
  }
});
