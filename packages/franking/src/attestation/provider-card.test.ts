import assert from "node:assert/strict";
import { test } from "node:test";
import { parseProviderCard } from "./provider-card.ts";

const key = `fairlead-ed25519:${"0a".repeat(16)}:${"A".repeat(43)}`;
const frankingKey = {
  suite: 1,
  publicKey: "A".repeat(43),
  notBefore: "2026-01-01T00:00:00.000Z",
  notAfter: null,
};

test("a card names its provider and its keys; what a verifier can do without may be left out", () => {
  assert.deepEqual(parseProviderCard({ name: "Kite Chat", domain: "hub.example", keys: [key] }), {
    name: "Kite Chat",
    domain: "hub.example",
    keys: [key],
    frankingKeys: [],
    logKey: null,
    timestampRoots: [],
  });
  const whole = {
    name: "Kite Chat",
    domain: "hub.example:8443",
    keys: [key],
    frankingKeys: [frankingKey],
    logKey: "hub.example+00000000+AAAA",
    timestampRoots: ["MIIB"],
  };
  assert.deepEqual(parseProviderCard(whole), whole);
});

test("a card without a key, with a miscopied one or with a member more is refused with its place", () => {
  const card = { name: "Kite Chat", domain: "hub.example", keys: [key] };
  const spoiled: Array<[unknown, RegExp]> = [
    [{ ...card, keys: [] }, /keys/],
    [{ ...card, keys: [key.slice(0, -1)] }, /keys\.0/],
    [{ ...card, domain: "Hub.example/x" }, /domain/],
    [{ ...card, frankingKeys: [{ ...frankingKey, notBefore: "2026-01-01" }] }, /frankingKeys\.0\.notBefore/],
    [
      { ...card, frankingKeys: [{ ...frankingKey, publicKey: "B".repeat(43) }] },
      /frankingKeys\.0\.publicKey/,
    ],
    [{ ...card, secret: "x" }, /secret/],
    ["card", /whole/],
  ];
  for (const [value, place] of spoiled)
    assert.throws(
      () => parseProviderCard(value),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "attestation.card");
        assert.match(error.message, place);
        return true;
      },
    );
});
