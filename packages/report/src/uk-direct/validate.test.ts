import assert from "node:assert/strict";
import { test } from "node:test";
import { arbitraryPoorInput, exampleReport, TEST_NOW } from "@fairlead/assessment/testing";
import * as fc from "fast-check";
import { identifier } from "../normalise.ts";
import { ukFromReport } from "./from-report.ts";
import type { UkReport } from "./document.ts";
import { UK_ITEM_IDS } from "./law.ts";
import { ukProblemsOf, validateUkReport } from "./validate.ts";

const by = { kind: "sender" as const, name: "Example Provider" };
const suspect = "suspect-1" as UkReport["people"][number]["key"];
const noFile = "99999999-9999-4999-8999-999999999999" as never;

/** A report that every rule is content with. */
function good(): UkReport {
  const report = exampleReport();
  const [person] = report.persons;
  assert.ok(person);
  const events = person.events.map((event) => ({ ...event, port: 40_001 }));
  return ukFromReport(
    { ...report, persons: [{ ...person, events }] },
    {
      madeAt: TEST_NOW,
      provider: { id: "example-provider", name: "Example Provider" },
      reference: { issuer: "Example Provider", value: "r-1" },
      priority: { level: "P2", why: "A storm is coming." },
      reporter: { firstName: "Ada", lastName: "Example", email: "ada@example.com" },
      notHeld: Object.fromEntries(UK_ITEM_IDS.map((id) => [id, {}])),
      links: [{ basis: "place", evidence: "It was shared in Leeds." }],
      declaration: true,
    },
  ).document;
}

function withItem<Id extends keyof UkReport["items"]>(
  report: UkReport,
  id: Id,
  item: UkReport["items"][Id],
): UkReport {
  return { ...report, items: { ...report.items, [id]: item } };
}

const connection = (event: object): UkReport["items"]["upload-connection"] => ({
  state: "held",
  by,
  value: { files: [], people: [{ person: suspect, event: event as never }] },
});
const address = { kind: "upload", ip: { raw: "192.0.2.7", address: "192.0.2.7" } };
const at = { raw: "2026-11-01T10:00:00Z", at: "2026-11-01T10:00:00Z", zone: "stated", offset: "Z" };

/** For each rule: a report that breaks it, where, and how heavy that is. The good report breaks none. */
const breaking: ReadonlyArray<[code: string, path: string, weight: "refuses" | "remark", report: UkReport]> =
  [
    ["uk.priority.no-reason", "/priority/why", "refuses", { ...good(), priority: { level: "P2" } }],
    ["uk.priority.no-reason", "/priority/why", "refuses", { ...good(), priority: { level: "P1" } }],
    [
      "uk.link.none",
      "/links",
      "refuses",
      { ...good(), links: [], provider: { ...good().provider, established: "elsewhere" } },
    ],
    [
      "uk.link.no-evidence",
      "/links/0/evidence",
      "refuses",
      { ...good(), links: [{ basis: "place", evidence: " " }] },
    ],
    [
      "uk.reporter.missing",
      "/items/reporting-person",
      "refuses",
      withItem(good(), "reporting-person", { state: "not-held", by }),
    ],
    [
      "uk.reporter.missing",
      "/items/reporting-person",
      "refuses",
      { ...good(), people: good().people.map(({ firstName: _f, lastName: _l, ...person }) => person) },
    ],
    [
      "uk.content.not-asked",
      "/items/detected-content",
      "refuses",
      withItem(good(), "detected-content", { state: "not-asked", by }),
    ],
    ["uk.declaration.missing", "/declaration", "refuses", { ...good(), declaration: false }],
    [
      "uk.declaration.missing",
      "/declaration",
      "remark",
      { ...good(), declaration: false, priority: { level: "P1", why: "A storm." } },
    ],
    [
      "uk.declaration.not-asked",
      "/items/exif",
      "refuses",
      withItem(good(), "exif", { state: "not-asked", by }),
    ],
    [
      "uk.item.empty",
      "/items/username",
      "refuses",
      withItem(good(), "username", { state: "held", by, value: [] }),
    ],
    [
      "uk.item.empty",
      "/items/phone-verified-on",
      "refuses",
      withItem(good(), "phone-verified-on", { state: "held", by }),
    ],
    [
      "uk.person.unknown",
      "/items/identity-documents/value/0/person",
      "refuses",
      withItem(good(), "identity-documents", {
        state: "held",
        by,
        value: [{ person: "victim-9" as never, words: "A library card." }],
      }),
    ],
    [
      "uk.file.unknown",
      "/items/original-hash/value/0/file",
      "refuses",
      withItem(good(), "original-hash", {
        state: "held",
        by,
        value: [{ file: noFile, hash: { algorithm: "MD5", value: "0".repeat(32) } }],
      }),
    ],
    [
      "uk.connection.no-port",
      "/items/upload-connection/value/people/0/event/port",
      "remark",
      withItem(withItem(good(), "upload-connection", connection({ ...address, moment: at })), "upload-port", {
        state: "not-held",
        by,
      }),
    ],
    [
      "uk.connection.no-certain-time",
      "/items/upload-connection/value/people/0/event/moment",
      "remark",
      withItem(
        withItem(good(), "upload-connection", connection({ ...address, port: 40_001 })),
        "upload-connection-time",
        { state: "not-held", by },
      ),
    ],
    [
      "uk.login.too-old",
      "/items/login-connections/value/0/event/moment",
      "remark",
      withItem(good(), "login-connections", {
        state: "held",
        by,
        value: [
          {
            person: suspect,
            event: {
              kind: "login",
              moment: {
                raw: "2026-01-01T00:00:00Z",
                at: "2026-01-01T00:00:00Z",
                zone: "stated",
                offset: "Z",
              },
            },
          },
        ],
      }),
    ],
  ];

test("the good report breaks no rule", () => {
  assert.deepEqual(ukProblemsOf(good(), TEST_NOW), []);
  assert.equal(validateUkReport(good(), TEST_NOW).ok, true);
});

for (const [code, path, weight, report] of breaking)
  test(`${code} is found at ${path} and ${weight === "refuses" ? "refuses the report" : "is remarked on"}`, () => {
    const found = ukProblemsOf(report, TEST_NOW);
    assert.deepEqual(
      found.map((problem) => [problem.code, problem.path, problem.weight]),
      [[code, path, weight]],
    );
    assert.ok(found.every(({ message, remedy }) => message !== "" && remedy !== ""));
    const checked = validateUkReport(report, TEST_NOW);
    assert.equal(checked.ok, weight === "remark");
  });

test("a phone's date of verification is held where one of its numbers has it", () => {
  const phone = identifier("phone", "+44 7700 900123", {
    verified: "yes",
    verifiedAt: { raw: "2026-01-01T00:00:00Z", at: "2026-01-01T00:00:00Z", zone: "stated", offset: "Z" },
  });
  assert.ok(phone);
  const report = withItem(
    withItem(good(), "phone", { state: "held", by, value: [{ person: suspect, identifier: phone }] }),
    "phone-verified-on",
    { state: "held", by },
  );
  assert.deepEqual(ukProblemsOf(report, TEST_NOW), []);
});

test("a declaration needs no word about the port of an address that is not there", () => {
  const report = withItem(
    withItem(withItem(good(), "upload-connection", { state: "not-held", by }), "upload-port", {
      state: "not-asked",
      by,
    }),
    "upload-connection-time",
    { state: "not-asked", by },
  );
  assert.deepEqual(ukProblemsOf(report, TEST_NOW), []);
});

test("a value of another form is refused with where and how, and a report of any kind is answered", () => {
  const checked = validateUkReport({ ...good(), priority: { level: "P9" } }, TEST_NOW);
  assert.ok(!checked.ok);
  assert.deepEqual(
    checked.problems.map(({ code, path, weight }) => [code, path, weight]),
    [["uk.shape.invalid-value", "/priority/level", "refuses"]],
  );
  fc.assert(fc.property(fc.anything(), (value) => !validateUkReport(value, TEST_NOW).ok));
});

test("a report that nobody added to is refused for what nobody said, never for what the profile made of it", () => {
  const expected = new Set([
    "uk.reporter.missing",
    "uk.content.not-asked",
    "uk.declaration.missing",
    "uk.connection.no-port",
    "uk.connection.no-certain-time",
  ]);
  fc.assert(
    fc.property(arbitraryPoorInput, ({ report }) => {
      const { document } = ukFromReport(report, {
        madeAt: TEST_NOW,
        reference: { issuer: "Example Platform", value: "r-1" },
      });
      for (const { code } of ukProblemsOf(document, TEST_NOW)) assert.ok(expected.has(code), code);
    }),
  );
});
