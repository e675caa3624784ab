import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { canonicalJson } from "./canonical.ts";
import { momentOf } from "./moment.ts";
import { momentsOf, pointer, validateReport } from "./validate.ts";
import type { Report } from "./report.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const EARLIER = momentOf(NOW - 3_600_000);
const LATER = momentOf(NOW + 3_600_000);
const EVIDENCE = "4f9a5c1e-7f1d-4a57-9d0c-2f1f6a3b8c9d";

/** A report that uses every kind of member once; a change makes it wrong in one place. */
function sample(): Report {
  const report = {
    version: 1,
    sender: { kind: "platform", id: "example", name: "Example Platform" },
    references: [{ kind: "case", issuer: "Example Platform", value: "EP-1", person: "suspect-1" }],
    incident: {
      type: "abuse-material",
      occurred: EARLIER,
      channel: { kind: "offline", places: [place()] },
    },
    persons: [
      {
        key: "suspect-1",
        role: "suspect",
        identifiers: [
          {
            kind: "phone",
            value: "+447700900123",
            raw: "07700 900123",
            normalised: true,
            verified: "yes",
            verifiedAt: EARLIER,
          },
        ],
        events: [
          { kind: "login", moment: EARLIER, ip: { raw: "192.0.2.1", address: "192.0.2.1" }, port: 4711 },
        ],
        places: [place()],
      },
      {
        key: "associated-1",
        role: "associated",
        identifiers: [],
        events: [],
        places: [],
        associatedWith: { key: "suspect-1", how: "billing" },
      },
    ],
    evidence: [
      {
        id: EVIDENCE,
        kind: "file",
        declaredHashes: [],
        uploadedAt: EARLIER,
        relevance: "reported",
        events: [{ kind: "upload", moment: EARLIER }],
        details: [],
      },
    ],
    claims: [
      claim({ kind: "evidence", id: EVIDENCE }, { kind: "flag", flag: "viral", value: true }),
      claim(
        { kind: "person", key: "suspect-1" },
        {
          kind: "account-disabled",
          permanent: true,
          value: true,
          disabledAt: EARLIER,
          userNotifiedAt: EARLIER,
        },
      ),
    ],
    statements: [{ topic: "note", text: "A red kite over a hill.", person: "suspect-1", evidence: EVIDENCE }],
  };
  return structuredClone(report) as unknown as Report;
}

function place() {
  return { basis: "declared", addressKind: "home", verified: "no", country: "GB", moment: EARLIER };
}

function claim(about: unknown, states: unknown) {
  return { about, source: { kind: "sender", name: "Example Platform" }, states };
}

function problemsOf(value: unknown): Array<{ code: string; path: string }> {
  const result = validateReport(value, NOW);
  return result.ok ? [] : result.problems.map(({ code, path }) => ({ code, path }));
}

/** The value at a JSON Pointer (RFC 6901 section 4), or a failure where there is none. */
function at(value: unknown, path: string): unknown {
  let here = value;
  for (const step of path.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    assert.ok(
      typeof here === "object" && here !== null && Object.hasOwn(here, key),
      `${path} leads nowhere at ${key}`,
    );
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

function put(value: unknown, path: string, what: unknown): void {
  const cut = path.lastIndexOf("/");
  (at(value, path.slice(0, cut)) as Record<string, unknown>)[path.slice(cut + 1)] = what;
}

test("a whole report is valid and comes back unaltered", () => {
  const report = sample();
  const before = canonicalJson(report);
  const result = validateReport(report, NOW);
  assert.deepEqual(result.ok ? canonicalJson(result.report) : result.problems, before);
});

test("a key that names nobody in the report is reported where it stands", () => {
  for (const path of [
    "/claims/1/about/key",
    "/statements/0/person",
    "/references/0/person",
    "/persons/1/associatedWith/key",
  ]) {
    const report = sample();
    put(report, path, "victim-9");
    assert.deepEqual(problemsOf(report), [{ code: "key.dangling", path }]);
  }
  for (const path of ["/claims/0/about/id", "/statements/0/evidence"]) {
    const report = sample();
    put(report, path, "4f9a5c1e-7f1d-4a57-9d0c-000000000000");
    assert.deepEqual(problemsOf(report), [{ code: "key.dangling", path }]);
  }
});

test("a key that is used twice is reported at its second use, also where only the case of a UUID differs", () => {
  const persons = sample();
  put(persons, "/persons/1/key", "suspect-1");
  assert.deepEqual(problemsOf(persons), [{ code: "key.repeated", path: "/persons/1/key" }]);
  const evidence = sample();
  const first = evidence.evidence[0];
  assert.ok(first);
  put(evidence, "/evidence/1", { ...first, id: EVIDENCE.toUpperCase() });
  assert.deepEqual(problemsOf(evidence), [{ code: "key.repeated", path: "/evidence/1/id" }]);
});

test("a time that has not happened yet is reported wherever a report can hold one", () => {
  const paths = momentsOf(sample()).map(({ path }) => path);
  assert.equal(paths.length, 9);
  for (const path of paths) {
    const report = sample();
    put(report, path, LATER);
    assert.deepEqual(problemsOf(report), [{ code: "moment.future", path }]);
  }
});

test("a time in a peer-to-peer channel counts too, and a plan to enable an account again does not", () => {
  const peer = sample();
  put(peer, "/incident/channel", { kind: "peer-to-peer", events: [{ kind: "upload", moment: LATER }] });
  assert.deepEqual(problemsOf(peer), [{ code: "moment.future", path: "/incident/channel/events/0/moment" }]);
  const plan = sample();
  put(plan, "/claims/1/states/reenabledAt", LATER);
  assert.deepEqual(problemsOf(plan), []);
});

test("a clock may run a minute ahead, and a time without a zone is not called future", () => {
  const ahead = sample();
  put(ahead, "/incident/occurred", momentOf(NOW + 60_000));
  assert.deepEqual(problemsOf(ahead), []);
  put(ahead, "/incident/occurred", momentOf(NOW + 60_001));
  assert.equal(problemsOf(ahead).length, 1);
  put(ahead, "/incident/occurred", { raw: "2999-01-01T00:00:00", zone: "none" });
  assert.deepEqual(problemsOf(ahead), []);
});

test("two suspects need a report that is marked as batched", () => {
  const report = sample();
  put(report, "/persons/1", { key: "suspect-2", role: "suspect", identifiers: [], events: [], places: [] });
  assert.deepEqual(problemsOf(report), [{ code: "persons.one-suspect", path: "/persons" }]);
  const mark = (value: boolean) =>
    put(report, "/claims/2", claim({ kind: "report" }, { kind: "flag", flag: "batched", value }));
  mark(false);
  assert.deepEqual(problemsOf(report), [{ code: "persons.one-suspect", path: "/persons" }]);
  mark(true);
  assert.deepEqual(problemsOf(report), []);
});

test("text that no store can hold is reported where it stands", () => {
  for (const text of ["nul \u0000 inside", "half \ud800 pair", "\udc00"]) {
    const report = sample();
    put(report, "/statements/0/text", text);
    assert.deepEqual(problemsOf(report), [{ code: "text.unstorable", path: "/statements/0/text" }]);
  }
});

test("every part that is missing, unknown or of the wrong shape is reported at a place that exists or should", () => {
  for (const [path, value, code] of [
    ["/version", 2, "shape.invalid-value"],
    ["/sender/kind", "machine", "shape.invalid-value"],
    ["/incident/type", "other", "shape.invalid-value"],
    ["/persons/0/identifiers/0/value", "", "shape.too-small"],
    ["/persons/0/events/0/port", 70_000, "shape.too-big"],
    ["/evidence/0/id", "1", "shape.invalid-format"],
    ["/claims/0/states/kind", "hunch", "shape.invalid-union"],
    ["/statements", "none", "shape.invalid-type"],
  ] as const) {
    const report = sample();
    put(report, path, value);
    assert.deepEqual(problemsOf(report), [{ code, path }], path);
  }
  const unknown = sample();
  put(unknown, "/persons/0/colour", "red");
  assert.deepEqual(problemsOf(unknown), [{ code: "shape.unrecognized-keys", path: "/persons/0" }]);
});

test("every problem says what is wrong and what to do", () => {
  const report = sample();
  put(report, "/claims/1/about/key", "victim-9");
  put(report, "/incident/occurred", LATER);
  const result = validateReport(report, NOW);
  assert.equal(result.ok, false);
  for (const problem of result.ok ? [] : result.problems) {
    assert.match(problem.message, /\.$/);
    assert.match(problem.remedy, /\.$/);
  }
});

test("a pointer escapes as RFC 6901 section 3 says", () => {
  assert.equal(pointer(["a/b", "m~n", 0, ""]), "/a~1b/m~0n/0/");
  assert.equal(pointer([]), "");
});

test("nothing that JSON can say makes the validation throw, and its pointers lead somewhere", () => {
  const parts = fc.constantFrom(
    "sender",
    "incident",
    "persons",
    "evidence",
    "claims",
    "statements",
    "references",
  );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), parts, (value, part) => {
      assert.equal(validateReport(value, NOW).ok, false);
      const report = { ...sample(), [part]: value };
      for (const { path, code } of problemsOf(report)) {
        // A member that is missing has a place too: its parent exists.
        const parent = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
        if (code.startsWith("shape.")) at(report, parent);
        else at(report, path);
      }
    }),
    { numRuns: 200 },
  );
});

test("nothing else that JavaScript can say makes the validation throw either", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      assert.equal(validateReport(value, NOW).ok, false);
      validateReport({ ...sample(), persons: [value] }, NOW);
    }),
    { numRuns: 200 },
  );
});

test("a key that reaches for a prototype is refused by name and touches nothing", () => {
  const text = JSON.stringify(sample());
  for (const hostile of [
    text.replace("{", '{"__proto__":{"polluted":1},'),
    text.replace("{", '{"constructor":{"prototype":{"polluted":1}},'),
    text.replace('"sender":{', '"sender":{"__proto__":{"polluted":1},'),
    text.replace('"persons":[{', '"persons":[{"__proto__":{"polluted":1},'),
  ]) {
    assert.deepEqual(
      problemsOf(JSON.parse(hostile)).map(({ code }) => code),
      ["shape.unrecognized-keys"],
    );
    assert.equal("polluted" in {}, false);
  }
});
