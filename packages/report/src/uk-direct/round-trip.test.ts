import assert from "node:assert/strict";
import { test } from "node:test";
import { arbitraryPoorInput, exampleFile, exampleReport, TEST_NOW } from "@fairlead/assessment/testing";
import * as fc from "fast-check";
import { canonicalJson } from "../canonical.ts";
import { identifier } from "../normalise.ts";
import type { Report } from "../report.ts";
import { validateReport } from "../validate.ts";
import { ukReportSchema } from "./document.ts";
import { ukFromReport, type UkChoices } from "./from-report.ts";
import { UK_ITEM_IDS, UK_ITEMS, UK_LINKS, UK_PRIORITIES } from "./law.ts";
import { remainder } from "./taken.ts";
import { held, ukToReport } from "./to-report.ts";

const provider = { id: "example-provider", name: "Example Provider" };
const made: UkChoices = {
  madeAt: TEST_NOW,
  provider,
  reference: { issuer: "Example Provider", value: "r-1" },
};

/** What a person may have said at the form. */
const choices: fc.Arbitrary<UkChoices> = fc
  .record({
    established: fc.constantFrom("uk" as const, "elsewhere" as const),
    level: fc.constantFrom(...UK_PRIORITIES),
    why: fc.constantFrom("A child is out in a storm.", "Two lines\nof words"),
    links: fc.subarray([...UK_LINKS]),
    declaration: fc.boolean(),
    follows: fc.constantFrom("UKDR-2026-0000007", undefined),
    notHeld: fc.subarray([...UK_ITEM_IDS]),
    note: fc.constantFrom("We keep no ports.\nNot since spring.", undefined),
    words: fc.subarray(["A member of staff saw it.", "A list of kites matched."]),
    reporter: fc.boolean(),
  })
  .map(({ level, why, links, follows, notHeld, note, words, reporter, ...rest }) => ({
    ...made,
    ...rest,
    priority: { level, why },
    ...(follows === undefined ? {} : { follows }),
    links: links.map((basis) => ({ basis, evidence: "The weather says so." })),
    notHeld: Object.fromEntries(notHeld.map((id) => [id, note === undefined ? {} : { note }])),
    howDetected: words,
    identityDocuments: words,
    by: { kind: "person" as const, id: "p-1", role: "reviewer" },
    ...(reporter ? { reporter: { firstName: "Ada", lastName: "Example", email: "ada@example.com" } } : {}),
  }));

/** The parts of a report without what no item asks for, in an order that does not depend on how they were given. */
function partsHeld(report: Report, left: readonly string[]): string[] {
  const gone = new Set(left);
  const keep = <Part>(parts: readonly Part[], path: string): Part[] =>
    parts.filter((_part, index) => !gone.has(`${path}/${index}`));
  return [
    ...keep(report.references, "/references").map((part) => ["reference", part]),
    ["incident", report.incident],
    ...report.persons.flatMap(({ identifiers, events, places, ...core }, p) => [
      ["person", core],
      ...keep(identifiers, `/persons/${p}/identifiers`).map((part) => [core.key, part]),
      ...keep(events, `/persons/${p}/events`).map((part) => [core.key, part]),
      ...keep(places, `/persons/${p}/places`).map((part) => [core.key, part]),
    ]),
    ...report.evidence.flatMap((item, index) =>
      gone.has(`/evidence/${index}`)
        ? []
        : [["evidence", { ...item, details: keep(item.details, `/evidence/${index}/details`) }]],
    ),
    ...keep(report.claims, "/claims").map((part) => ["claim", part]),
    ...keep(report.statements, "/statements").map((part) => ["statement", part]),
  ]
    .map((part) => canonicalJson(part))
    .sort();
}

test("internal report, UK report, internal report: nothing that the profile holds is lost", () => {
  fc.assert(
    fc.property(arbitraryPoorInput, ({ report }) => {
      const { document, left } = ukFromReport(report, made);
      const back = new Set(partsHeld(ukToReport(ukReportSchema.parse(document)), []));
      for (const part of partsHeld(report, left)) assert.ok(back.has(part), `lost: ${part}`);
    }),
  );
});

test("a UK report that was made an internal report makes the same UK report again, whoever said what of it", () => {
  fc.assert(
    fc.property(arbitraryPoorInput, choices, ({ report }, chosen) => {
      const { document } = ukFromReport(report, chosen);
      const again = ukFromReport(ukToReport(document), { madeAt: TEST_NOW });
      assert.deepEqual(again.document, document);
      assert.deepEqual(again.left, []);
    }),
  );
});

test("what a UK report makes is a valid internal report, wherever it was made of one", () => {
  fc.assert(
    fc.property(arbitraryPoorInput, choices, ({ report }, chosen) => {
      const checked = validateReport(ukToReport(ukFromReport(report, chosen).document), TEST_NOW);
      // A claim or statement that names what the profile has no place for is left behind with it.
      assert.ok(
        checked.ok || checked.problems.every(({ code }) => code === "persons.one-suspect"),
        JSON.stringify(checked),
      );
    }),
  );
});

test("what the profile has no place for is named, part by part", () => {
  const device = identifier("device", "490154203237518", { label: "IMEI" });
  assert.ok(device);
  const report = exampleReport();
  const [suspect] = report.persons;
  assert.ok(suspect);
  const { left } = ukFromReport(
    {
      ...report,
      persons: [{ ...suspect, identifiers: [...suspect.identifiers, device] }],
      statements: [{ topic: "bio", text: "Flies kites." }],
    },
    made,
  );
  assert.deepEqual(left, ["/persons/0/identifiers/1", "/statements/0"]);
  assert.deepEqual(remainder(exampleReport({ evidence: [] }), new Set()), [
    "/persons/0/identifiers/0",
    "/persons/0/events/0",
  ]);
});

test("silence is not asked, a look that found nothing is not held with who looked, and a value is held", () => {
  const by = { kind: "person" as const, id: "p-1", role: "reviewer" };
  const { items } = ukFromReport(exampleReport(), {
    ...made,
    by,
    notHeld: { "recovery-email": { note: "None was ever given." }, username: {} },
  }).document;
  assert.deepEqual(items["recovery-email"], { state: "not-held", by, note: "None was ever given." });
  assert.equal(items.phone.state, "not-asked");
  assert.equal(items.username.state, "held", "nobody can say that what is there is not held");
  assert.equal(items["upload-connection"].state, "held");
  assert.equal(items["upload-port"].state, "not-asked");
});

test("P1 is a claim of the provider that asks for haste, P2 and P3 are its words only", () => {
  const haste = (level: "P1" | "P2" | "P3") =>
    ukToReport(
      ukFromReport(exampleReport(), { ...made, priority: { level, why: "A storm is near." } }).document,
    ).claims;
  assert.deepEqual(haste("P1"), [
    {
      about: { kind: "report" },
      source: { kind: "sender", name: "Example Provider" },
      states: { kind: "escalation", text: "A storm is near." },
    },
  ]);
  assert.deepEqual(haste("P2"), []);
  assert.deepEqual(haste("P3"), []);
});

test("a sender's own call for haste is P1 unless a person chooses otherwise, and then it stays behind by name", () => {
  const report = exampleReport({
    claims: [
      {
        about: { kind: "report" },
        source: { kind: "sender", name: "Example Platform" },
        states: { kind: "escalation", text: "A storm is near." },
      },
    ],
  });
  const own = { ...made, provider: { id: "example-platform", name: "Example Platform" } };
  const byItself = ukFromReport(report, own);
  assert.deepEqual(byItself.document.priority, { level: "P1", why: "A storm is near." });
  assert.deepEqual(byItself.left, []);
  const chosen = ukFromReport(report, { ...own, priority: { level: "P3" } });
  assert.deepEqual(chosen.left, ["/claims/0"]);
});

test("logins of the three months before are asked for, and one whose time is not certain is among them", () => {
  const login = (raw: string, zone: "stated" | "none") => ({
    kind: "login" as const,
    ip: { raw: "192.0.2.7", address: "192.0.2.7" },
    moment: zone === "none" ? { raw, zone } : { raw, at: raw, zone, offset: "Z" },
  });
  const [suspect] = exampleReport().persons;
  assert.ok(suspect);
  const { document, left } = ukFromReport(
    exampleReport({
      persons: [
        {
          ...suspect,
          events: [
            login("2026-08-22T12:00:00Z", "stated"),
            login("2026-08-22T11:59:59Z", "stated"),
            login("2025-01-01T00:00:00", "none"),
          ],
        },
      ],
    }),
    made,
  );
  assert.equal(held(document.items["login-connections"])?.length, 2);
  assert.deepEqual(left, ["/persons/0/events/1"]);
});

test("the document of another wire is no content, and neither are claims about it", () => {
  const { document, left } = ukFromReport(
    exampleReport({
      evidence: [exampleFile({ kind: "wire-document" })],
      claims: [
        {
          about: { kind: "evidence", id: exampleFile().id },
          source: { kind: "sender", name: "Example Platform" },
          states: { kind: "flag", flag: "viewed-in-full", value: true },
        },
      ],
    }),
    made,
  );
  assert.equal(document.items["detected-content"].state, "not-asked");
  assert.deepEqual(left, ["/evidence/0", "/claims/0"]);
});

test("every item of the schedule is in the document once, with its provision and its place in the internal report", () => {
  assert.deepEqual(
    UK_ITEMS.map(({ id }) => id),
    [...UK_ITEM_IDS],
  );
  assert.deepEqual(Object.keys(ukReportSchema.shape.items.shape).sort(), [...UK_ITEM_IDS].sort());
  for (const { provision, internal } of UK_ITEMS) {
    assert.match(provision, /SI 2026\/268/);
    assert.ok(internal.length > 0);
  }
});
