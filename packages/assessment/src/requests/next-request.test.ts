import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { caseOf, type Case } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import { levelNumber } from "../sufficiency/level.ts";
import { FLAG_REQUESTS, REQUEST_RULES } from "../sufficiency/requests.ts";
import {
  aboutAddress,
  aboutSuspect,
  ANALYST,
  arbitraryEvent,
  arbitraryInput,
  assessed,
  attributableInput,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  TEST_NOW,
  type AssessmentInput,
} from "../testing/index.ts";
import { step } from "./advance.ts";
import { claimsOf } from "./answers.ts";
import { legalRoute } from "./legal-route.ts";
import { nextRequest } from "./next-request.ts";
import {
  answerRecordSchema,
  requestRecordSchema,
  type AnswerRecord,
  type RequestRecord,
} from "./request-record.ts";
import { REQUEST_TEMPLATES } from "./templates.ts";
import { WAYS } from "./ways.ts";

const rules = defaultRuleSet();
const caseFrom = ({ report, claims, context }: AssessmentInput, now = TEST_NOW): Case =>
  caseOf(report, claims, context, rules, now);

/** An upload behind a carrier's shared address, without its port. */
function behindCarrier(parts: Partial<AssessmentInput> = {}): AssessmentInput {
  const { report, context } = attributableInput();
  return {
    report: { ...report, persons: [exampleSuspect({ events: [exampleEvent()] })] },
    claims: [aboutAddress("carrier-nat")],
    context,
    ...parts,
  };
}

function record(rule: string, parts: Partial<RequestRecord> = {}): RequestRecord {
  return requestRecordSchema.parse({
    version: 1,
    id: "11111111-1111-4111-8111-111111111111",
    report: "22222222-2222-4222-8222-222222222222",
    rule,
    ruleVersion: rules.version,
    addressee: { role: WAYS[rule]?.role },
    subject: "A question",
    body: "Please answer.",
    steps: [step("drafted", TEST_NOW, { kind: "person", id: "p-1", role: "officer" })],
    ...parts,
  });
}

function answer(parts: Partial<AnswerRecord>): AnswerRecord {
  return answerRecordSchema.parse({
    version: 1,
    id: "33333333-3333-4333-8333-333333333333",
    request: "11111111-1111-4111-8111-111111111111",
    receivedAt: new Date(TEST_NOW - 3_600_000).toISOString(),
    provider: "Example Chat",
    recordedBy: ANALYST,
    claims: [],
    events: [],
    ...parts,
  });
}

describe("the single best next request", () => {
  it("says whom to ask for what, by which law, until when, and what it would give", () => {
    const { request, binding, level } = nextRequest(caseFrom(behindCarrier()));
    assert.deepEqual([level, binding], ["L2", ["attribution"]]);
    assert.equal(request?.id, "source-port");
    assert.deepEqual(request.addressee, { role: "provider", name: "Example Chat" });
    assert.deepEqual(
      request.routes.map(({ id, answerWithinDays }) => [id, answerWithinDays]),
      [
        ["gb-provider-request", 7],
        ["us-follow-up", undefined],
      ],
    );
    assert.deepEqual(request.clock, { until: "2027-11-13T12:00:00.000Z", ended: false });
    assert.deepEqual(request.expected, {
      attribute: "attribution",
      from: "A2",
      to: "A3",
      levelFrom: "L2",
      levelTo: "L3",
    });
  });

  it("fills its words from the report, with each time as stated and how its zone is known", () => {
    const noZone = exampleEvent({ moment: { raw: "2026-11-12 09:30:05", zone: "none" }, port: 40_000 });
    const input = behindCarrier();
    const report = {
      ...input.report,
      references: [{ kind: "this-report" as const, issuer: "example-platform", value: "CASE-7" }],
      persons: [exampleSuspect({ events: [noZone, exampleEvent()] })],
    };
    const { request } = nextRequest(caseFrom({ ...input, report }));
    assert.equal(request?.subject, "Report CASE-7: request for data");
    assert.match(request.body, /concerns account 1000001 on Example Chat/);
    assert.match(
      request.body,
      /- upload, 2026-11-12 09:30:05 \(zone not stated\), from 192\.0\.2\.7 port 40000/,
    );
    assert.match(request.body, /answer by 2027-11-13 \(UTC\)/);
    assert.doesNotMatch(request.subject + request.body, /\{\w+\}/);
  });

  it("keeps a subject one line long, whatever the sender called its report", () => {
    const input = behindCarrier();
    const value = `7\r\nBcc: a@example.com ${"x".repeat(400)}`.slice(0, 255);
    const references = [{ kind: "this-report" as const, issuer: "example-platform", value }];
    const { request } = nextRequest(caseFrom({ ...input, report: { ...input.report, references } }));
    assert.doesNotMatch(request?.subject ?? "\n", /[\r\n]/);
  });

  it("puts what can still be answered before what is no longer known to be kept", () => {
    // The provider's year is over; the network's is not known, and a view of the file needs nobody's data.
    const input = {
      report: exampleReport({ evidence: [exampleFile()], claims: [] }),
      claims: [aboutAddress("carrier-nat")],
      context: exampleContext({ firstReportedAt: daysAgo(400).raw }),
    };
    const { request, alternatives } = nextRequest(caseFrom(input));
    const ended = [request, ...alternatives].map((each) => each?.clock?.ended === true);
    assert.deepEqual(
      ended,
      ended.toSorted((a, b) => Number(a) - Number(b)),
    );
    assert.ok(ended.includes(true));
  });

  it("offers only what raises a level or closes a gap to the next one, and the best first", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { sufficiency } = assessed(input);
        const { request, alternatives, level } = nextRequest(caseFrom(input));
        const all = [...(request === undefined ? [] : [request]), ...alternatives];
        for (const { expected, body, subject, addressee } of all) {
          const closes = sufficiency.gap[expected.attribute] !== undefined && expected.from < expected.to;
          assert.ok(expected.levelTo > level || closes, JSON.stringify(expected));
          assert.doesNotMatch(subject + body, /\{\w+\}/);
          assert.ok(addressee.role in REQUEST_TEMPLATES);
        }
        const running = all.filter(({ clock }) => clock?.ended !== true);
        const worth = running.map(({ expected }) => levelNumber(expected.levelTo));
        assert.deepEqual(
          worth,
          worth.toSorted((a, b) => b - a),
        );
        if (sufficiency.binding.length > 0)
          assert.ok((request?.expected.levelTo ?? "L0") > level || running.length < all.length);
      }),
    );
  });
});

describe("the law behind requests", () => {
  it("is on file for every question, in both jurisdictions, with a source and a review date", () => {
    for (const { id } of [...REQUEST_RULES, ...FLAG_REQUESTS]) {
      const way = WAYS[id];
      assert.ok(way !== undefined, `${id} has no way`);
      for (const route of [way.routes.GB, way.routes.US])
        if (route !== undefined)
          assert.ok(legalRoute(rules.legalRoutes, route, "2026-11-22") !== undefined, route);
      assert.equal(way.routes.GB === undefined, way.routes.US === undefined);
    }
    for (const { source, reviewBy } of rules.legalRoutes) {
      assert.ok(source.length > 10);
      assert.match(reviewBy, /^\d{4}-\d\d-\d\d$/);
    }
  });

  it("is used only on days on which it holds", () => {
    assert.equal(legalRoute(rules.legalRoutes, "gb-provider-request", "2026-04-06"), undefined);
    assert.equal(legalRoute(rules.legalRoutes, "gb-provider-request", "2026-04-07")?.jurisdiction, "GB");
  });
});

describe("an answer", () => {
  it("raises the level as the request promised, by an event that stands beside the report", () => {
    const input = behindCarrier();
    const { request } = nextRequest(caseFrom(input));
    const complete = answer({
      events: [{ person: exampleSuspect().key, event: exampleEvent({ port: 40_000 }) }],
    });
    const context = { ...input.context, answers: [complete] };
    const { sufficiency } = assessed({ ...input, context });
    assert.equal(sufficiency.level, request?.expected.levelTo);
    assert.equal(sufficiency.attributes.attribution, request?.expected.to);
    const proof = sufficiency.graded.attribution.reasons[0];
    assert.deepEqual(proof?.source, { kind: "sender", name: "Example Chat" });
    assert.equal(proof?.path, "/context/answers/0/events/0/event");
  });

  it("counts for whoever uploaded where it names nobody", () => {
    const input = behindCarrier();
    const context = {
      ...input.context,
      answers: [answer({ events: [{ event: exampleEvent({ port: 40_000 }) }] })],
    };
    assert.equal(assessed({ ...input, context }).sufficiency.level, "L3");
  });

  it("of a provider is the provider's word, of a network operator the word of who recorded it", () => {
    const resolution = {
      about: { kind: "person" as const, key: exampleSuspect().key },
      states: {
        kind: "resolution" as const,
        events: 2,
        addressKind: "installation" as const,
        postcode: "LS1 1UR",
        country: "GB",
        corroborated: true,
      },
    };
    const given = answer({ claims: [resolution] });
    assert.deepEqual(claimsOf(record("source-port"), given)[0]?.source, {
      kind: "sender",
      name: "Example Chat",
    });
    const [claim] = claimsOf(record("resolve-two-events"), given);
    assert.deepEqual(claim, { ...aboutSuspect(resolution.states, ANALYST), madeAt: given.receivedAt });
  });

  it("never takes a level away, and never lifts metadata above L1, whatever events it brings", () => {
    const events = fc.array(arbitraryEvent, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(arbitraryInput, events, fc.boolean(), (input, found, named) => {
        const person = input.report.persons.find(({ role }) => role === "suspect")?.key;
        const given = found.map((event) => ({ event, ...(named && person !== undefined ? { person } : {}) }));
        const context = { ...input.context, answers: [answer({ events: given })] };
        const before = assessed(input).sufficiency;
        const after = assessed({ ...input, context }).sufficiency;
        assert.ok(after.level >= before.level, `${before.level} became ${after.level}`);
        if (after.attributes.offence <= "O1") assert.ok(after.level <= "L1");
      }),
    );
  });

  it("is refused where nobody at this station recorded it", () => {
    const { success } = answerRecordSchema.safeParse({
      ...answer({}),
      recordedBy: { kind: "sender", name: "x" },
    });
    assert.equal(success, false);
  });
});
