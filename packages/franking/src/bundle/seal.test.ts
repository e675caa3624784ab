import assert from "node:assert/strict";
import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import { test } from "node:test";
import { nodeCrypto } from "../crypto/node.ts";
import type { FrankingError } from "../error.ts";
import { generateVerifierKey, openAsVerifier, sealForVerifier } from "./seal.ts";

const report = new TextEncoder().encode("The kite is blue.");
const aad = new TextEncoder().encode("01990000-0000-7000-8000-000000000001");

test("a sealed report opens with the verifier's key and its own number, and with nothing else", async () => {
  const keys = await generateVerifierKey();
  const sealed = await sealForVerifier(keys.publicKey, report, aad);
  assert.deepEqual(await openAsVerifier(keys.privateKey, sealed, aad), report);
  assert.equal(Buffer.from(sealed).includes("kite"), false);
  const refused = (code: string) => (error: FrankingError) => error.code === code;
  const stranger = await generateVerifierKey();
  await assert.rejects(openAsVerifier(stranger.privateKey, sealed, aad), refused("seal.not-ours"));
  await assert.rejects(openAsVerifier(keys.privateKey, sealed, Uint8Array.of(1)), refused("seal.not-ours"));
  await assert.rejects(
    openAsVerifier(keys.privateKey, sealed.subarray(0, 20), aad),
    refused("seal.malformed"),
  );
  await assert.rejects(openAsVerifier(keys.privateKey, sealed.with(0, 9), aad), refused("seal.suite"));
  for (const at of [1, 33, sealed.length - 1])
    await assert.rejects(
      openAsVerifier(keys.privateKey, sealed.with(at, (sealed[at] ?? 0) ^ 1), aad),
      refused("seal.not-ours"),
    );
});

test("bytes that are a view on a larger buffer are taken for what they are", async () => {
  const { publicKey, privateKey } = await generateVerifierKey();
  const view = (bytes: Uint8Array) => Buffer.concat([Buffer.alloc(9), bytes]).subarray(9);
  const sealed = await sealForVerifier(view(publicKey), view(report), view(aad));
  assert.deepEqual(await openAsVerifier(view(privateKey), view(sealed), view(aad)), report);
});

test("sealing the same report twice gives nothing to compare", async () => {
  const { publicKey } = await generateVerifierKey();
  assert.notDeepEqual(
    await sealForVerifier(publicKey, report, aad),
    await sealForVerifier(publicKey, report, aad),
  );
  await assert.rejects(
    sealForVerifier(nodeCrypto.random(31), report, aad),
    (error: FrankingError) => error.code === "seal.key",
  );
});

test("what is sealed is RFC 9180's base mode, opened here with node:crypto alone", async () => {
  const { privateKey, publicKey } = await generateVerifierKey();
  const sealed = await sealForVerifier(publicKey, report, aad);
  const [enc, ciphertext] = [sealed.subarray(1, 33), sealed.subarray(33)];
  const own = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), privateKey]),
    format: "der",
    type: "pkcs8",
  });
  const ephemeral = createPublicKey({
    key: Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), enc]),
    format: "der",
    type: "spki",
  });
  // Section 4.1: DHKEM(X25519, HKDF-SHA256), KEM 0x0020; section 5.1: KDF 0x0001, AEAD 0x0002.
  const kem = labelled(Buffer.from("KEM\u0000\u0020"));
  const dh = diffieHellman({ privateKey: own, publicKey: ephemeral });
  const shared = kem.expand(
    kem.extract("", "eae_prk", dh),
    "shared_secret",
    Buffer.concat([enc, publicKey]),
    32,
  );
  const hpke = labelled(Buffer.from("HPKE\u0000\u0020\u0000\u0001\u0000\u0002"));
  const info = Buffer.from("fairlead report to verifier v1");
  const context = Buffer.concat([
    Uint8Array.of(0),
    hpke.extract("", "psk_id_hash", Buffer.alloc(0)),
    hpke.extract("", "info_hash", info),
  ]);
  const secret = hpke.extract(shared, "secret", Buffer.alloc(0));
  const key = hpke.expand(secret, "key", context, 32);
  const nonce = hpke.expand(secret, "base_nonce", context, 12);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  decipher.setAAD(aad).setAuthTag(ciphertext.subarray(-16));
  const opened = Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()]);
  assert.deepEqual(new Uint8Array(opened), report);
});

/** RFC 9180, section 4: LabeledExtract and LabeledExpand over HKDF-SHA256. */
function labelled(suite: Buffer) {
  const hmac = (key: Uint8Array | string, ...parts: readonly Uint8Array[]) =>
    createHmac("sha256", key).update(Buffer.concat(parts)).digest();
  const label = (name: string) => Buffer.concat([Buffer.from("HPKE-v1"), suite, Buffer.from(name)]);
  return {
    extract: (salt: Uint8Array | string, name: string, ikm: Uint8Array) => hmac(salt, label(name), ikm),
    expand: (prk: Uint8Array, name: string, info: Uint8Array, length: number) =>
      hmac(prk, Uint8Array.of(0, length), label(name), info, Uint8Array.of(1)).subarray(0, length),
  };
}

test("a private key of another form is refused as a key, not as a report", async () => {
  const { publicKey } = await generateVerifierKey();
  const sealed = await sealForVerifier(publicKey, report, aad);
  await assert.rejects(
    openAsVerifier(new Uint8Array(31), sealed, aad),
    (error: FrankingError) => error.code === "seal.key",
  );
});
