import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { encodeCbor } from "../cbor/cbor.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { webCrypto } from "../crypto/web.ts";
import { LABELS, signWithLabel } from "../wire/sign-with-label.ts";
import { bundles } from "./arbitrary-testing.ts";
import { decodeSignedBundle, encodeSignedBundle, signBundle, verifyBundleSignature } from "./sign.ts";

const key = nodeCrypto.random(32);
const publicKey = nodeCrypto.publicKeyOf(key);

test("a signed report comes back as it was, and its signature holds for its device and its bytes alone", async () => {
  await fc.assert(
    fc.asyncProperty(bundles, fc.nat(), async (bundle, place) => {
      const signed = await signBundle(nodeCrypto, key, bundle);
      assert.deepEqual(decodeSignedBundle(encodeSignedBundle(signed)), signed);
      assert.ok(await verifyBundleSignature(nodeCrypto, publicKey, signed));
      assert.ok(await verifyBundleSignature(webCrypto(), publicKey, signed));
      const at = place % signed.bundle.length;
      const altered = signed.bundle.with(at, (signed.bundle[at] ?? 0) ^ 1);
      assert.ok(!(await verifyBundleSignature(nodeCrypto, publicKey, { ...signed, bundle: altered })));
      const stranger = nodeCrypto.publicKeyOf(nodeCrypto.random(32));
      assert.ok(!(await verifyBundleSignature(nodeCrypto, stranger, signed)));
    }),
    { numRuns: 20 },
  );
});

test("a signature that the device made for anything else is none on a report", async () => {
  const [bundle] = fc.sample(bundles, 1);
  assert.ok(bundle !== undefined);
  const signed = await signBundle(nodeCrypto, key, bundle);
  for (const label of Object.values(LABELS).filter((one) => one !== LABELS.report)) {
    const signature = await signWithLabel(nodeCrypto, key, label, signed.bundle);
    assert.ok(!(await verifyBundleSignature(nodeCrypto, publicKey, { ...signed, signature })), label);
  }
  const bare = nodeCrypto.sign(key, signed.bundle);
  assert.ok(!(await verifyBundleSignature(nodeCrypto, publicKey, { ...signed, signature: bare })));
});

test("what is not a report's bytes with 64 bytes of signature is refused", () => {
  for (const value of [
    [new Uint8Array(1)],
    [new Uint8Array(1), new Uint8Array(63)],
    [new Uint8Array(1), new Uint8Array(65)],
    ["text", new Uint8Array(64)],
    [new Uint8Array(1), new Uint8Array(64), null],
    new Map([[1, new Uint8Array(1)]]),
  ])
    assert.throws(() => decodeSignedBundle(encodeCbor(value)), { code: "bundle.malformed" });
  assert.throws(() => decodeSignedBundle(new Uint8Array()), { code: "wire.cbor-malformed" });
});
