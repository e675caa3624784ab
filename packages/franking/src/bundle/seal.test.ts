import assert from "node:assert/strict";
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
