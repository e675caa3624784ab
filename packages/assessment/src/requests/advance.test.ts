import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { TEST_NOW } from "../testing/index.ts";
import { advance, isOverdue, REQUEST_MOVES, requestChangesAt, stateAt, step } from "./advance.ts";
import { requestRecordSchema, REQUEST_STATES, type Actor, type RequestRecord } from "./request-record.ts";

const OFFICER: Actor = { kind: "person", id: "p-1", role: "officer" };
const ANSWER = "99999999-9999-4999-8999-999999999999";
const HOUR = 3_600_000;

const drafted = (parts: Partial<RequestRecord> = {}): RequestRecord =>
  requestRecordSchema.parse({
    version: 1,
    id: "11111111-1111-4111-8111-111111111111",
    report: "22222222-2222-4222-8222-222222222222",
    rule: "source-port",
    ruleVersion: "1",
    addressee: { role: "provider", name: "Example Chat" },
    subject: "Report 7",
    body: "Please send us the source port.",
    steps: [step("drafted", TEST_NOW, OFFICER)],
    ...parts,
  });

const arbitraryStep = fc
  .record({
    to: fc.constantFrom(...REQUEST_STATES),
    hours: fc.integer({ min: -2, max: 40 }),
    answered: fc.boolean(),
  })
  .map(({ to, hours, answered }) =>
    step(to, TEST_NOW + hours * HOUR, OFFICER, answered ? { answer: ANSWER } : {}),
  );
const arbitrarySteps = fc.array(arbitraryStep, { maxLength: 12 });
const arbitraryEnd = fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined });

function walked(steps: readonly ReturnType<typeof step>[], ends?: number): RequestRecord {
  const answerableUntil =
    ends === undefined ? {} : { answerableUntil: new Date(TEST_NOW + ends * HOUR).toISOString() };
  return steps.reduce((record, each) => {
    const advanced = advance(record, each);
    return advanced.ok ? advanced.record : record;
  }, drafted(answerableUntil));
}

describe("a request on its way", () => {
  it("goes from draft to sent to an answer in parts", () => {
    const record = walked([
      step("sent", TEST_NOW + HOUR, OFFICER),
      step("answered-in-part", TEST_NOW + 2 * HOUR, OFFICER, { answer: ANSWER }),
      step("answered", TEST_NOW + 3 * HOUR, OFFICER, { answer: ANSWER }),
    ]);
    assert.deepEqual(
      record.steps.map(({ to }) => to),
      ["drafted", "sent", "answered-in-part", "answered"],
    );
  });

  it("cannot be answered before it is sent, says why, and what it can become", () => {
    const refused = advance(drafted(), step("answered", TEST_NOW, OFFICER, { answer: ANSWER }));
    assert.equal(refused.ok, false);
    assert.equal(!refused.ok && refused.problem.code, "request.not-possible");
    assert.match((!refused.ok && refused.problem.remedy) || "", /sent, withdrawn, lapsed/);
  });

  it("takes no answer that nobody recorded", () => {
    const sent = walked([step("sent", TEST_NOW, OFFICER)]);
    const refused = advance(sent, step("answered", TEST_NOW, OFFICER));
    assert.equal(!refused.ok && refused.problem.code, "request.no-answer");
  });

  it("lapses by the clock alone, and still takes a late answer", () => {
    const sent = walked([step("sent", TEST_NOW, OFFICER)], 10);
    assert.equal(requestChangesAt(sent, TEST_NOW), TEST_NOW + 10 * HOUR);
    assert.equal(stateAt(sent, TEST_NOW + 10 * HOUR - 1), "sent");
    assert.equal(stateAt(sent, TEST_NOW + 10 * HOUR), "lapsed");
    const late = advance(sent, step("answered", TEST_NOW + 20 * HOUR, OFFICER, { answer: ANSWER }));
    assert.equal(late.ok && stateAt(late.record, TEST_NOW + 30 * HOUR), "answered");
  });

  it("is not called lapsed while it can be answered", () => {
    const sent = walked([step("sent", TEST_NOW, OFFICER)], 10);
    const early = advance(sent, step("lapsed", TEST_NOW + 9 * HOUR, OFFICER));
    assert.equal(!early.ok && early.problem.code, "request.not-lapsed");
    const never = advance(walked([step("sent", TEST_NOW, OFFICER)]), step("lapsed", TEST_NOW, OFFICER));
    assert.equal(!never.ok && never.problem.code, "request.not-lapsed");
  });

  it("is overdue when the law's days are over and it still waits", () => {
    const answerBy = new Date(TEST_NOW + 7 * 24 * HOUR).toISOString();
    const record = { ...walked([step("sent", TEST_NOW, OFFICER)]), answerBy };
    assert.equal(isOverdue(record, TEST_NOW + 7 * 24 * HOUR), false);
    assert.equal(isOverdue(record, TEST_NOW + 7 * 24 * HOUR + 1), true);
    assert.equal(isOverdue({ ...drafted(), answerBy }, TEST_NOW + 8 * 24 * HOUR), false);
  });
});

describe("any steps whatever", () => {
  it("lead only where the table of moves leads, in the order of time, and never change what was", () => {
    fc.assert(
      fc.property(arbitrarySteps, arbitraryEnd, (steps, ends) => {
        let record = walked([], ends);
        for (const each of steps) {
          const before = structuredClone(record);
          const from = record.steps.at(-1)!;
          const advanced = advance(record, each);
          assert.deepEqual(record, before);
          if (!advanced.ok) continue;
          assert.deepEqual(advanced.record, { ...before, steps: [...before.steps, each] });
          assert.ok(REQUEST_MOVES[from.to].includes(each.to));
          assert.ok(each.at >= from.at);
          record = advanced.record;
        }
        assert.ok(requestRecordSchema.safeParse(record).success);
      }),
    );
  });

  it("leave an ended request as it ended", () => {
    fc.assert(
      fc.property(arbitrarySteps, arbitraryStep, (steps, more) => {
        const record = walked(steps);
        const last = record.steps.at(-1)!.to;
        if (!["answered", "refused", "withdrawn"].includes(last)) return;
        const advanced = advance(record, more);
        assert.equal(!advanced.ok && advanced.problem.code, "request.ended");
        assert.equal(stateAt(record, TEST_NOW + 1000 * HOUR), last);
      }),
    );
  });

  it("show the same lapse whether or not somebody records it, and change by the clock only when said", () => {
    fc.assert(
      fc.property(arbitrarySteps, arbitraryEnd, fc.integer({ min: 40, max: 100 }), (steps, ends, hours) => {
        const record = walked(steps, ends);
        const now = TEST_NOW + hours * HOUR;
        const recorded = advance(record, step("lapsed", now, OFFICER));
        if (recorded.ok) assert.equal(stateAt(record, now), stateAt(recorded.record, now));
        const from = Date.parse(record.steps.at(-1)!.at);
        const changes = requestChangesAt(record, from);
        const until = changes === undefined ? now : changes - 1;
        assert.equal(stateAt(record, from), stateAt(record, Math.max(from, until)));
        if (changes !== undefined) assert.notEqual(stateAt(record, changes), stateAt(record, changes - 1));
      }),
    );
  });
});
