import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Claim, ClaimSource } from "@fairlead/report";
import {
  aboutAddress,
  aboutFile,
  aboutSuspect,
  aFlag,
  ANALYST,
  assessed,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  SENDER,
} from "../testing/index.ts";

/** A station that has checked a provider's attestation itself. */
const STATION: ClaimSource = { kind: "station", id: "example-agency", name: "Example Agency" };

const franked = (
  parts: { verified?: boolean; fullConversation?: boolean } = {},
  source: ClaimSource = STATION,
): Claim => aboutFile({ kind: "franking", verified: true, fullConversation: false, ...parts }, source);

/** Two messages that were sent from behind a carrier's NAT, each with its port and its second. */
const FROM_A_CARRIER = aboutAddress("carrier-nat");
const sending = (days: number, hasPort = true) =>
  exampleEvent({ kind: "send", moment: daysAgo(days), port: hasPort ? 40_123 : undefined });

/** The operator's answer, at the address where the line is. */
const RESOLVED = aboutSuspect(
  {
    kind: "resolution",
    events: 2,
    addressKind: "installation",
    postcode: "LS1 1UR",
    country: "GB",
    corroborated: true,
  },
  ANALYST,
);

/** A report of messages from an encrypted chat, as its user and its provider make it. */
function sufficiencyOf(claims: readonly Claim[], events = [sending(10), sending(14)]) {
  const report = exampleReport({
    persons: [exampleSuspect({ events })],
    evidence: [exampleFile({ kind: "message-bundle" })],
    claims: [aboutFile(aFlag("viewed-in-full"))],
  });
  return assessed({ report, claims: [...claims], context: exampleContext() }).sufficiency;
}

describe("a franked report from an encrypted chat (agency.md 4.2)", () => {
  it("reaches L4 with addresses that were resolved to one subscriber at an installation address", () => {
    const { level, attributes } = sufficiencyOf([franked(), FROM_A_CARRIER, RESOLVED]);
    assert.equal(level, "L4");
    assert.deepEqual(attributes, {
      offence: "O3",
      attribution: "A4",
      place: "P3",
      time: "T3",
      integrity: "I2",
    });
  });

  it("is L3 before anybody has resolved an address, and asks for that", () => {
    const { level, wouldRaise } = sufficiencyOf([franked(), FROM_A_CARRIER]);
    assert.equal(level, "L3");
    assert.deepEqual([wouldRaise[0]?.id, wouldRaise[0]?.expectedLevel], ["resolve-two-events", "L4"]);
  });

  it("without the proof is a user's word, and stays at L2 whatever is known of the subscriber", () => {
    for (const claims of [
      [],
      [franked({}, SENDER)],
      [franked({ verified: false })],
      [franked(), franked({ verified: false })],
    ]) {
      const { level, attributes } = sufficiencyOf([...claims, FROM_A_CARRIER, RESOLVED]);
      assert.deepEqual([level, attributes.offence], ["L2", "O2"]);
    }
  });

  it("does not reach L4 by its proof alone: ports, times and the installation address decide", () => {
    const noPort = [sending(10, false), sending(14, false)];
    assert.equal(sufficiencyOf([franked(), FROM_A_CARRIER], noPort).level, "L2");
    const billing = aboutSuspect(
      { kind: "resolution", events: 2, addressKind: "billing", country: "GB", corroborated: true },
      ANALYST,
    );
    assert.equal(sufficiencyOf([franked(), FROM_A_CARRIER, billing]).level, "L3");
  });

  it("is never weaker with the proof than without, and never above L2 without it", () =>
    fc.assert(
      fc.property(
        fc.subarray([FROM_A_CARRIER, RESOLVED]),
        fc.array(fc.record({ days: fc.integer({ min: 1, max: 300 }), hasPort: fc.boolean() }), {
          maxLength: 3,
        }),
        fc.boolean(),
        (claims, sent, fullConversation) => {
          const events = sent.map(({ days, hasPort }) => sending(days, hasPort));
          const without = sufficiencyOf(claims, events).level;
          assert.ok(without <= "L2", without);
          assert.ok(sufficiencyOf([...claims, franked({ fullConversation })], events).level >= without);
        },
      ),
      { numRuns: 50 },
    ));
});
