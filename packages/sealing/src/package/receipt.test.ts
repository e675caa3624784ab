import assert from "node:assert/strict";
import { test } from "node:test";
import { station } from "../testing/packages.ts";
import { type PackageReceipt, signReceipt, verifyReceipt } from "./receipt.ts";

const [force, other] = [station("force"), station("other")];
const peers = [force.peer, other.peer];
const receipt: PackageReceipt = {
  version: 1,
  packageId: "p-1",
  manifestSha256: "ab".repeat(32),
  receivedAt: "2026-11-02T09:31:07.250Z",
  receiver: force.speaker,
};
const expected = { packageId: "p-1", manifestSha256: "ab".repeat(32), receiver: "force" };

test("a receipt proves to the sender that the receiver holds that very package", async () => {
  const envelope = await signReceipt(receipt, force.signing);
  assert.equal(envelope.payloadType, "application/vnd.fairlead.receipt+json;version=1");
  assert.deepEqual(verifyReceipt(envelope, peers, expected), { receipt, signer: force.signing.keyId });
});

test("a receipt for another package, another manifest or by another station does not count", async () => {
  const envelope = await signReceipt(receipt, force.signing);
  for (const change of [{ packageId: "p-2" }, { manifestSha256: "cd".repeat(32) }, { receiver: "other" }]) {
    assert.throws(() => verifyReceipt(envelope, peers, { ...expected, ...change }), {
      code: "package-receipt",
    });
  }
});

test("a station cannot acknowledge in another's name", async () => {
  await assert.rejects(signReceipt(receipt, other.signing), { code: "statement-invalid" });
  const posing = { ...receipt, receiver: { ...force.speaker, signingKeyId: other.signing.keyId } };
  const envelope = await signReceipt(posing, other.signing);
  assert.throws(() => verifyReceipt(envelope, peers, expected), { code: "envelope-untrusted" });
});

test("a receipt that says more or less than a receipt is not signed", async () => {
  const wrong = { ...receipt, receivedAt: "just now" };
  await assert.rejects(signReceipt(wrong, force.signing), { code: "statement-invalid" });
});
