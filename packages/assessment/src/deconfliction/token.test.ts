import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Person } from "@fairlead/report";
import { exampleIdentifier, exampleReport, exampleSuspect, exampleVictim } from "../testing/index.ts";
import { hmac, interest, KEY } from "../testing/two-forces.ts";
import { interestOf, interestsOf, tokenOf, yearsOn, type AskingRules, type Interest } from "./index.ts";

const arbitraryInterest: fc.Arbitrary<Interest> = fc.record({
  kind: fc.constantFrom("account" as const, "phone" as const, "email" as const),
  role: fc.constantFrom("suspect" as const, "victim" as const),
  value: fc.stringMatching(/^[a-c"[\],0-2]{1,4}$/),
  platform: fc.constantFrom("example chat", "example photos", undefined),
});

describe("a token", () => {
  it("is HMAC-SHA-256 over protocol, year, kind, role, platform and value", () => {
    const message = '["fairlead/deconfliction/v1",2026,"phone","suspect",null,"+447700900123"]';
    assert.equal(tokenOf(hmac, KEY, interest()), createHmac("sha256", KEY.key).update(message).digest("hex"));
  });

  it("is equal for two stations with one key and one interest, and differs when anything differs", () => {
    fc.assert(
      fc.property(arbitraryInterest, arbitraryInterest, (a, b) => {
        const same =
          JSON.stringify([a.kind, a.role, a.value, a.platform]) ===
          JSON.stringify([b.kind, b.role, b.value, b.platform]);
        assert.equal(tokenOf(hmac, KEY, a) === tokenOf(hmac, KEY, b), same);
      }),
    );
    const other = { year: 2026, key: new Uint8Array(32).fill(8) };
    assert.notEqual(tokenOf(hmac, KEY, interest()), tokenOf(hmac, other, interest()));
    assert.notEqual(tokenOf(hmac, KEY, interest()), tokenOf(hmac, { ...KEY, year: 2027 }, interest()));
    assert.notEqual(tokenOf(hmac, KEY, interest()), tokenOf(hmac, KEY, interest({ role: "victim" })));
  });

  it("is refused under a short key", () => {
    assert.throws(() => tokenOf(hmac, { year: 2026, key: new Uint8Array(16) }, interest()), RangeError);
  });

  it("counts under two years at the turn of a year, and under one otherwise", () => {
    assert.deepEqual(yearsOn("2026-12-30"), [2026]);
    assert.deepEqual(yearsOn("2026-12-31"), [2026, 2027]);
    assert.deepEqual(yearsOn("2027-01-31"), [2027, 2026]);
    assert.deepEqual(yearsOn("2027-02-01"), [2027]);
  });
});

describe("what is asked about", () => {
  const rules: AskingRules = { isListed: () => false, holders: () => 1, mostHolders: 25 };
  const phone = exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" });

  it("is what names one person, of suspects and victims, each once", () => {
    const people = [
      exampleSuspect({
        identifiers: [
          phone,
          phone,
          exampleIdentifier("account", "1000001", { platform: "Example  Chat" }),
          exampleIdentifier("email", "kite@example.com"),
          exampleIdentifier("screen-name", "blue-kite", { platform: "Example Chat" }),
          exampleIdentifier("device", "490154203237518", { label: "IMEI" }),
        ],
      }),
      exampleVictim({ identifiers: [phone] }),
      exampleVictim({ key: "reporter-1" as Person["key"], role: "reporter", identifiers: [phone] }),
    ];
    assert.deepEqual(interestsOf(exampleReport({ persons: people }), rules), [
      { kind: "phone", role: "suspect", value: "+447700900123" },
      { kind: "account", role: "suspect", value: "1000001", platform: "example chat" },
      { kind: "device", role: "suspect", value: "490154203237518" },
      { kind: "phone", role: "victim", value: "+447700900123" },
    ]);
  });

  it("leaves out what is unverified, on a list, common, nobody's or without its platform", () => {
    assert.equal(interestOf("suspect", exampleIdentifier("phone", "+44 7700 900123"), rules), "unverified");
    assert.equal(interestOf("suspect", phone, { ...rules, isListed: () => true }), "listed");
    assert.equal(interestOf("suspect", phone, { ...rules, holders: () => 26 }), "common");
    assert.equal(typeof interestOf("suspect", phone, { ...rules, holders: () => 25 }), "object");
    const nobody = exampleIdentifier("email", "noreply@example.com", { verified: "yes" });
    assert.equal(interestOf("suspect", nobody, rules), "listed");
    assert.equal(interestOf("suspect", exampleIdentifier("account", "1000001"), rules), "no-platform");
    assert.equal(interestOf("contact", phone, rules), "role");
    assert.equal(interestOf("suspect", exampleIdentifier("display-name", "Blue Kite"), rules), "kind");
  });
});
