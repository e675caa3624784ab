import assert from "node:assert/strict";
import { test } from "node:test";
import { eventSchema } from "./event.ts";
import { evidenceSchema } from "./evidence.ts";

const item = {
  id: "4f9a5c1e-7f1d-4a57-9d0c-2f1f6a3b8c9d",
  kind: "file",
  declaredHashes: [{ algorithm: "MD5", value: "d41d8cd98f00b204e9800998ecf8427e" }],
  relevance: "reported",
  events: [],
  details: [],
};
const received = { size: 0, sha256: "a".repeat(64), sha1: "b".repeat(40), md5: "c".repeat(32) };

test("evidence without received bytes is a description or a hash, and is valid", () => {
  assert.equal(evidenceSchema.safeParse(item).success, true);
  assert.equal(evidenceSchema.safeParse({ ...item, received }).success, true);
});

test("measured hashes are lower-case hexadecimal of the right length, and sizes are whole", () => {
  for (const change of [
    { sha256: "A".repeat(64) },
    { sha256: "a".repeat(63) },
    { md5: "g".repeat(32) },
    { sha1: "b".repeat(64) },
    { size: -1 },
    { size: 1.5 },
  ])
    assert.equal(evidenceSchema.safeParse({ ...item, received: { ...received, ...change } }).success, false);
});

test("an event's port is one that a connection can come from", () => {
  for (const port of [1, 443, 65_535])
    assert.equal(eventSchema.safeParse({ kind: "upload", port }).success, true);
  for (const port of [0, -1, 65_536, 1.5, "443"])
    assert.equal(eventSchema.safeParse({ kind: "upload", port }).success, false);
});

test("an event's address is canonical or absent, and what was stated is kept beside it", () => {
  const parses = (ip: unknown) => eventSchema.safeParse({ kind: "login", ip }).success;
  assert.equal(parses({ raw: "192.0.2.1", address: "192.0.2.1" }), true);
  assert.equal(parses({ raw: "::ffff:192.0.2.1", address: "192.0.2.1" }), true);
  assert.equal(parses({ raw: "not an address" }), true);
  assert.equal(parses({ raw: "192.0.2.010", address: "192.0.2.010" }), false);
  assert.equal(parses({ address: "192.0.2.1" }), false);
});
