import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatVerifyingKey,
  parseVerifyingKey,
  signingKeyFromPem,
  generateSigningKey,
  verifyEnvelope,
} from "@fairlead/sealing";
import { nodeCrypto } from "../crypto/node.ts";
import type { FrankingError } from "../error.ts";
import { makeWorld } from "../verify/testing/world.ts";
import { verifyBundle } from "../verify/verify-bundle.ts";
import {
  ed25519Key,
  ed25519Signer,
  readAttestation,
  signAttestation,
  verifyAttestation,
} from "./envelope.ts";
import { attestationOf } from "./make.ts";
import { type Attestation, ATTESTATION_PAYLOAD_TYPE } from "./types.ts";

async function made(): Promise<Attestation> {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  for (let seq = 1; seq <= 4; seq += 1)
    await world.say(seq % 2 === 1 ? al : bo, `Kite number ${seq} is blue.`);
  const bundle = await world.report(bo, { selected: [3] });
  const input = await world.input(bo, bundle);
  return attestationOf({
    bundle,
    handedInBy: bundle.reporter,
    roomUri: bundle.roomUri,
    bundleSha256: nodeCrypto.sha256(input.signed.bundle),
    recordsSha256: nodeCrypto.sha256(Uint8Array.of(1)),
    provider: { name: "Kite Chat", domain: "hub.example" },
    verdict: await verifyBundle(input),
    verifier: { version: "0.1.0", build: "test" },
    at: 1_777_150_000_000,
  });
}

const refused = (code: string) => (error: FrankingError) => error.code === code;

test("an attestation comes back from its envelope under the key that signed it, and under no other", async () => {
  const attestation = await made();
  const seed = nodeCrypto.random(32);
  const signer = await ed25519Signer(nodeCrypto, seed);
  const envelope: unknown = JSON.parse(JSON.stringify(await signAttestation(attestation, [signer])));
  const key = await ed25519Key(nodeCrypto, nodeCrypto.publicKeyOf(seed));
  assert.deepEqual(await verifyAttestation(envelope, [key]), { attestation, signers: [key.keyId] });
  assert.deepEqual(readAttestation(envelope), attestation);
  const stranger = await ed25519Key(nodeCrypto, nodeCrypto.publicKeyOf(nodeCrypto.random(32)));
  await assert.rejects(verifyAttestation(envelope, [stranger]), refused("attestation.untrusted"));
  await assert.rejects(
    verifyAttestation(envelope, [{ ...stranger, keyId: key.keyId }]),
    refused("attestation.untrusted"),
  );
});

test("the envelope is DSSE: whoever verifies packages here verifies attestations with the same code", async () => {
  const signing = generateSigningKey();
  const { keyId } = signing.verifyingKey;
  const envelope = await signAttestation(await made(), [
    { keyId, sign: async (message) => await signing.sign(message) },
  ]);
  const pinned = parseVerifyingKey(formatVerifyingKey(signingKeyFromPem(signing.toPem()).verifyingKey));
  assert.deepEqual(verifyEnvelope(envelope, [pinned], ATTESTATION_PAYLOAD_TYPE).signers, [keyId]);
});

test("a body that was altered, or is spelt in another way, is refused", async () => {
  const seed = nodeCrypto.random(32);
  const signer = await ed25519Signer(nodeCrypto, seed);
  const key = await ed25519Key(nodeCrypto, nodeCrypto.publicKeyOf(seed));
  const envelope = await signAttestation(await made(), [signer]);
  const text = Buffer.from(envelope.payload, "base64").toString("utf8");
  const altered = {
    ...envelope,
    payload: Buffer.from(text.replace('"VERIFIED"', '"UNVERIFIED"')).toString("base64"),
  };
  await assert.rejects(verifyAttestation(altered, [key]), refused("attestation.untrusted"));
  const spaced = Buffer.from(JSON.stringify(JSON.parse(text), null, 1)).toString("base64");
  assert.throws(() => readAttestation({ ...envelope, payload: spaced }), refused("attestation.malformed"));
  await assert.rejects(
    verifyAttestation({ ...envelope, payloadType: "text/plain" }, [key]),
    refused("attestation.malformed"),
  );
  await assert.rejects(verifyAttestation("no envelope", [key]), refused("attestation.malformed"));
});

test("a signature by a second key that stands beside the first does no harm to whoever knows only one", async () => {
  const seed = nodeCrypto.random(32);
  const first = await ed25519Signer(nodeCrypto, seed);
  const second = { keyId: "ab".repeat(16), sign: () => nodeCrypto.random(3309) };
  const envelope = await signAttestation(await made(), [second, first]);
  const key = await ed25519Key(nodeCrypto, nodeCrypto.publicKeyOf(seed));
  assert.deepEqual((await verifyAttestation(envelope, [key])).signers, [first.keyId]);
});
