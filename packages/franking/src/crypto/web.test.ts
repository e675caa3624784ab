import assert from "node:assert/strict";
import { test } from "node:test";
import { holdToPromise } from "./conformance.ts";
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
