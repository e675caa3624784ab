import assert from "node:assert/strict";
import { test } from "node:test";
import { holdToPromise } from "./conformance.ts";
import { nodeCrypto } from "./node.ts";
import { webCrypto } from "./web.ts";

holdToPromise("WebCrypto", webCrypto());

test("WebCrypto takes bytes that another thread shares", async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set(new TextEncoder().encode("abc"));
  assert.deepEqual(
    await webCrypto().sha256(shared),
    await webCrypto().sha256(new TextEncoder().encode("abc")),
  );
});

test("what is hashed here and what is handed to WebCrypto come out alike", async () => {
  const web = webCrypto();
  const key = nodeCrypto.random(16);
  for (const length of [0, 1, 55, 64, 16_383, 16_384, 16_385, 100_000]) {
    // A view into the middle of other bytes.
    const data = nodeCrypto.random(length + 9).subarray(5, length + 5);
    assert.deepEqual(await web.sha256(data), nodeCrypto.sha256(data), `${length} bytes`);
    assert.deepEqual(await web.hmac(key, data), nodeCrypto.hmac(key, data), `${length} bytes`);
  }
});
