import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleEvent, exampleFile, exampleReport, TEST_NOW } from "@fairlead/assessment/testing";
import { identifier } from "../normalise.ts";
import type { Person } from "../person.ts";
import type { Report } from "../report.ts";
import { ukFromReport } from "./from-report.ts";
import { UK_ITEM_IDS } from "./law.ts";
import { ukToReport } from "./to-report.ts";

const upload = {
  raw: "2026-11-01T10:00:00Z",
  at: "2026-11-01T10:00:00Z",
  zone: "stated" as const,
  offset: "Z",
};

function handle(...parts: Parameters<typeof identifier>) {
  const made = identifier(...parts);
  assert.ok(made);
  return made;
}

function person(key: string, role: Person["role"], parts: Partial<Person> = {}): Person {
  return { key: key as Person["key"], role, identifiers: [], events: [], places: [], ...parts };
}

/** A report that has something for every item that the internal report has a place for, in the order in which it comes back. */
function whole(channel: Report["incident"]["channel"]): Report {
  return exampleReport({
    references: [
      { kind: "this-report", issuer: "Example Platform", value: "r-1" },
      { kind: "case", issuer: "Example Platform", value: "c-1" },
      { kind: "prior-report", issuer: "Example Agency", value: "UKDR-2026-0000001" },
    ],
    incident: {
      type: "abuse-material",
      occurred: upload,
      occurredMeaning: "when it was uploaded",
      platform: "Example Chat",
      ...(channel === undefined ? {} : { channel }),
    },
    persons: [
      person("reporter-1", "reporter", {
        firstName: "Ada",
        lastName: "Example",
        identifiers: [handle("email", "ada@example.com", {}), handle("phone", "+44 7700 900123", {})],
      }),
      person("suspect-1", "suspect", {
        ageYears: 40,
        identifiers: [
          handle("account", "1000001", { platform: "Example Chat" }),
          handle("email", "kite@example.com", {}),
          handle("email", "spare@example.com", { label: "recovery" }),
          handle("phone", "+44 7700 900456", { verified: "yes", verifiedAt: upload }),
          handle("profile-url", "https://chat.example.com/blue-kite", {}),
          handle("payment", "tok_example_1", {}),
          handle("group", "kite-flyers", {}),
        ],
        events: [exampleEvent({ kind: "upload", port: 40_001 }), exampleEvent({ kind: "login" })],
        places: [{ basis: "declared", addressKind: "billing", city: "Leeds", verified: "no" }],
      }),
      person("associated-1", "associated", {
        associatedWith: { key: "suspect-1" as Person["key"], how: "linked" },
        identifiers: [handle("account", "1000002", { platform: "Example Chat" })],
      }),
    ],
    evidence: [
      exampleFile({
        name: "lighthouse.png",
        location: "https://chat.example.com/lighthouse.png",
        uploadedAt: upload,
        declaredHashes: [{ algorithm: "MD5", value: "0".repeat(32) }],
        events: [exampleEvent({ kind: "upload", port: 40_002 })],
        details: [{ group: "EXIF", name: "Model", value: "Example Camera" }],
      }),
    ],
    statements: [{ topic: "chat", text: "Kites over a hill." }],
    claims: [
      {
        about: { kind: "evidence", id: exampleFile().id },
        source: { kind: "sender", name: "Example Platform" },
        states: { kind: "flag", flag: "viewed-in-full", value: true },
      },
    ],
  });
}

for (const channel of [
  { kind: "web-page" as const, urls: ["https://chat.example.com/lighthouse"] },
  { kind: "chat" as const, client: "Example Chat", room: "kites" },
  undefined,
])
  test(`a report that has every item comes back whole, with the channel ${channel?.kind ?? "unknown"}`, () => {
    const report = whole(channel);
    const { document, left } = ukFromReport(report, { madeAt: TEST_NOW });
    assert.deepEqual(left, []);
    const silent = UK_ITEM_IDS.filter((id) => document.items[id].state !== "held");
    assert.deepEqual(silent, ["identity-documents"], "the internal report has no place for them");
    const { statements, ...back } = ukToReport(document);
    const { statements: stated, ...sent } = report;
    assert.deepEqual(back, sent);
    assert.deepEqual(statements.slice(0, 1), stated);
  });
