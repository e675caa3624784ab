import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { AttestedMessage, OriginProof } from "../api/shapes.ts";
import {
  isAbout,
  leadWords,
  notProvenWords,
  placesWords,
  provenWords,
  verdictTone,
  verdictWords,
  withheldWords,
} from "./origin-words.ts";

const BUNDLE = "00000000-0000-4000-8000-00000000b001";

function message(part: Partial<AttestedMessage> = {}): AttestedMessage {
  return {
    index: 0,
    seq: "1",
    messageId: "01".repeat(32),
    sender: "mimi://hub.example/u/al",
    device: "a1".repeat(16),
    selected: true,
    verdict: "VERIFIED",
    acceptedAt: "2026-04-25T19:30:00.000Z",
    replaces: [],
    open: [],
    attachments: [],
    ...part,
  };
}

function proof(
  part: Partial<OriginProof> = {},
  attested: Partial<NonNullable<OriginProof["attested"]>> = {},
): OriginProof {
  return {
    attestation: "00000000-0000-4000-8000-00000000a001",
    bundle: BUNDLE,
    state: "proven",
    checkedAt: "2026-04-25T20:00:00.000Z",
    keyIds: [],
    attested: {
      provider: { name: "Kite Chat", domain: "hub.example" },
      madeAt: "2026-04-25T19:59:00.000Z",
      verifier: { version: "0.1.0", build: "test" },
      reportId: "01990000-0000-7000-8000-000000000001",
      roomUri: "mimi://hub.example/r/x",
      reporter: { uri: "mimi://hub.example/u/bo", device: "b0".repeat(16) },
      verdict: "VERIFIED",
      fullConversation: false,
      window: { from: "1", to: "9", firstSeq: "1", headSeq: "12" },
      withheld: {
        count: 3,
        ranges: [
          { from: "3", to: "4" },
          { from: "7", to: "7" },
        ],
      },
      limits: ["authenticity-only", "a-limit-of-tomorrow"],
      steps: [{ step: "V7", result: "passed", detail: "" }],
      messages: [
        message(),
        message({ index: 1, seq: "2" }),
        message({ index: 2, seq: "5", sender: "mimi://hub.example/u/bo", selected: false }),
      ],
      ...attested,
    },
    ...part,
  };
}

suite("a proof of origin in words", () => {
  test("says what is proven, by sender, and only of messages that are", () => {
    const words = provenWords(proof());
    assert.equal(words[0], "mimi://hub.example/u/al sent messages 1 to 2.");
    assert.equal(words[1], "mimi://hub.example/u/bo sent message 5.");
    assert.ok(words.includes("The messages stand in the order in which the provider took them in."));
    const weak = proof({}, { messages: [message({ verdict: "UNVERIFIED" })], steps: [] });
    assert.deepEqual(provenWords(weak), []);
    assert.match(leadWords(proof()), /^The 2 messages that were picked/);
  });

  test("says nothing is proven where the whole of it does not hold, whatever the attestation says", () => {
    for (const state of ["contradicted", "incomplete", "unknown-provider", "unreadable"] as const)
      assert.deepEqual(provenWords(proof({ state, code: "bundle-differs" })), [], state);
  });

  test("says what was kept back in full, and how far the window reaches", () => {
    const [inside = "", outside = ""] = withheldWords(proof());
    assert.equal(inside, "3 messages between message 1 and message 9: 3 to 4, 7.");
    assert.match(outside, /before 1 and after 9/);
    const whole = proof({}, { fullConversation: true, withheld: { count: 0, ranges: [] } });
    assert.deepEqual(withheldWords(whole), ["Nothing between message 1 and message 9."]);
    assert.match(
      provenWords(whole).join(" "),
      /Every message from 1 to 12 is shown. .* the word of the device/,
    );
  });

  test("says neither the order nor that nothing was kept back where the chain or the records do not hold", () => {
    const failed = { step: "V7", result: "failed" as const, code: "chain.gap", detail: "A gap." };
    const broken = proof({}, { steps: [failed], withheld: { count: 0, ranges: [] } });
    assert.match(withheldWords(broken)[0] ?? "", /^Not known/);
    const named = withheldWords(proof({}, { steps: [failed] }));
    assert.match(named[0] ?? "", /^3 messages/);
    assert.match(named[1] ?? "", /^Not known/);
    const unrecorded = proof({}, { messages: [message(), message({ index: 1, seq: "2", open: [failed] })] });
    assert.doesNotMatch(provenWords(unrecorded).join(" "), /order/);
  });

  test("says nothing of what was kept back in a report that could not be read", () => {
    assert.deepEqual(withheldWords(proof({}, { messages: [], steps: [] })), []);
  });

  test("names what failed first, then the limits; one that it does not know by its code", () => {
    const failing = message({
      seq: "5",
      verdict: "UNVERIFIED",
      open: [
        { step: "V4", result: "failed", code: "frank.tag", detail: "It was altered." },
        { step: "V14", result: "failed", code: "verdict.unverified", detail: "A step failed." },
      ],
    });
    assert.deepEqual(notProvenWords(proof({}, { messages: [failing] })), [
      "Message 5: It was altered.",
      "Whether what was written is true.",
      "a-limit-of-tomorrow",
    ]);
  });

  test("every state and code of the station has words of its own", () => {
    const codes = [
      ["not-proven", "not-verified"],
      ["not-proven", "no-device-signature"],
      ["contradicted", "verification-failed"],
      ["contradicted", "signature"],
      ["contradicted", "bundle-differs"],
      ["contradicted", "records-differ"],
      ["incomplete", "bundle-missing"],
      ["incomplete", "records-missing"],
      ["unknown-provider", "key-not-pinned"],
      ["unknown-provider", "other-domain"],
      ["unreadable", "malformed"],
      ["unreadable", "too-large"],
      ["unreadable", "not-as-measured"],
    ] as const;
    const words = codes.map(([state, code]) => leadWords(proof({ state, code })));
    assert.equal(new Set(words).size, codes.length);
    for (const word of words) assert.match(word, /\.$/);
    assert.equal(leadWords(proof({ state: "incomplete", code: "a-code-of-tomorrow" })), "Incomplete");
  });

  test("verdicts stand beside a bundle's messages only if they are about its very bytes", () => {
    assert.equal(isAbout(proof(), BUNDLE), true);
    assert.equal(isAbout(proof(), "other"), false);
    assert.equal(isAbout(proof({ state: "contradicted", code: "bundle-differs" }), BUNDLE), false);
    assert.equal(isAbout(proof({ state: "contradicted", code: "verification-failed" }), BUNDLE), true);
    assert.equal(isAbout(proof({ state: "unknown-provider" }), BUNDLE), false);
  });

  test("what nobody has attested looks neither proven nor failed", () => {
    assert.equal(verdictWords(undefined), "nobody has attested it");
    assert.deepEqual([undefined, message(), message({ verdict: "UNVERIFIED" })].map(verdictTone), [
      "quiet",
      "strong",
      "alert",
    ]);
  });

  test("places that follow each other are one range, also beyond 2^53", () => {
    assert.equal(
      placesWords(["9007199254740994", "9007199254740993", "3"]),
      "3, 9007199254740993 to 9007199254740994",
    );
  });
});
