import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrankingError } from "../error.ts";
import { attestationSchema, parseAttestation } from "./schema.ts";
import type { Attestation } from "./types.ts";

const REPORT = "01990000-0000-7000-8000-000000000001";
const attestation: Attestation = {
  version: 1,
  reportId: REPORT,
  subject: { bundleSha256: "a".repeat(64), recordsSha256: "b".repeat(64) },
  provider: { name: "Kite Chat", domain: "hub.example" },
  roomUri: "mimi://hub.example/r/AAAAAAAAAAAAAAAAAAAAAA",
  reporter: { uri: "mimi://hub.example/u/bo", deviceId: "0c".repeat(16) },
  verdict: {
    reportId: REPORT,
    verdict: "VERIFIED",
    steps: [{ step: "V1", result: "passed", detail: "The bundle is in the form of its schema." }],
    items: [
      {
        index: 0,
        roomSeq: "18446744073709551615",
        messageId: "01".repeat(32),
        senderUri: "mimi://hub.example/u/al",
        deviceId: "0a".repeat(16),
        selected: true,
        verdict: "VERIFIED",
        steps: [
          { step: "V8", result: "not-checked", code: "no-log-key", detail: "No key of a log is pinned." },
        ],
        acceptedAt: "1777145400000",
        existedBy: null,
        seen: "3",
        replaces: [],
        attachments: [
          { root: "c".repeat(64), mode: "full", result: "opened-and-bound", sha256: "d".repeat(64), size: 7 },
          { root: "e".repeat(64), mode: "hash-only", result: "committed-not-seen" },
        ],
      },
    ],
    withheld: ["4"],
    window: { from: "1", to: "5", firstSeq: "1", headSeq: "9" },
    fullConversation: false,
  },
  frankKids: [202604],
  limits: ["account-not-person", "a-limit-of-tomorrow"],
  verifier: { version: "0.1.0", build: "test" },
  madeAt: "2026-04-25T19:30:00.000Z",
};

test("an attestation is read back as it was, limits of newer verifiers included", () => {
  assert.deepEqual(parseAttestation(JSON.parse(JSON.stringify(attestation))), attestation);
});

test("whatever is missing, more, or of another form is refused without being quoted", () => {
  const spoiled: Array<[string, unknown]> = [
    ["nothing", null],
    ["another version", { ...attestation, version: 2 }],
    ["a member more", { ...attestation, text: "The kite is blue" }],
    [
      "a hash in capitals",
      { ...attestation, subject: { ...attestation.subject, bundleSha256: "A".repeat(64) } },
    ],
    ["a time without its zone", { ...attestation, madeAt: "2026-04-25T19:30:00.000" }],
    [
      "a number past 64 bits' digits",
      { ...attestation, verdict: { ...attestation.verdict, withheld: ["1".repeat(21)] } },
    ],
    [
      "a number with a leading zero",
      { ...attestation, verdict: { ...attestation.verdict, withheld: ["04"] } },
    ],
    ["a limit in prose", { ...attestation, limits: ["The kite is blue"] }],
    ["a verdict on another report", { ...attestation, reportId: "01990000-0000-7000-8000-000000000002" }],
  ];
  for (const [what, value] of spoiled)
    assert.throws(
      () => parseAttestation(value),
      (error: FrankingError) => error.code === "attestation.malformed" && !error.message.includes("kite"),
      what,
    );
});

test("the schema takes its own result unchanged, as what is signed must be", () => {
  assert.deepEqual(attestationSchema.parse(attestationSchema.parse(attestation)), attestation);
});
