import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { answered, ask, interest, NOW, owner, source } from "../testing/two-forces.ts";
import {
  answerSchema,
  BATCH,
  conflictsIn,
  querySchema,
  askedRecord,
  overdueQueries,
  queryRecordSchema,
  withAnswer,
} from "./index.ts";

describe("a query", () => {
  it("always has 64 tokens, sorted, so that neither number nor order of interests shows", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(10_000), { maxLength: 150 }), (numbers) => {
        const queries = ask(numbers.map((n) => interest({ value: `+44${n}` })));
        assert.equal(queries.length, Math.ceil(numbers.length / BATCH));
        for (const { query } of queries) assert.ok(querySchema.safeParse(query).success);
        assert.equal(
          queries.reduce((sum, { interests }) => sum + interests.size, 0),
          numbers.length,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("is made of nothing but its tokens: no value stands in it", () => {
    const [asked] = ask([interest()]);
    assert.ok(asked);
    assert.ok(!JSON.stringify(asked.query).includes("7700900123"));
    assert.deepEqual(Object.keys(asked.query).sort(), [
      "askedAt",
      "from",
      "id",
      "to",
      "tokens",
      "version",
      "year",
    ]);
  });
});

describe("an answer", () => {
  it("says hit or no hit for each token, with a contact for a hit and nothing else", () => {
    const held = [interest(), interest({ kind: "email", value: "kite@example.com" })];
    const [asked] = ask([interest(), interest({ value: "+447700900456" })]);
    assert.ok(asked);
    const result = answered(asked.query, held);
    assert.equal(result.kind, "answered");
    if (result.kind !== "answered") return;
    assert.ok(answerSchema.safeParse(result.answer).success);
    assert.deepEqual(
      result.hits.map(({ matter, peer }) => [matter, peer]),
      [["B-0", "force-a"]],
    );
    const hits = result.answer.results.filter(({ hit }) => hit);
    assert.equal(hits.length, 1);
    assert.deepEqual(Object.keys(hits[0] ?? {}).sort(), ["contact", "hit", "token"]);
    assert.ok(!JSON.stringify(result.answer).includes("B-0"));
  });

  it("finds exactly what both stations have, whoever asks and in whatever order", () => {
    const some = fc.uniqueArray(fc.nat(40), { maxLength: 30 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const of = (numbers: readonly number[]) => numbers.map((n) => interest({ value: `+44${n}` }));
        const common = new Set(a.filter((n) => b.includes(n)).map((n) => `+44${n}`));
        const found = ask(of(a)).flatMap((asked) => {
          const result = answered(asked.query, of(b));
          assert.ok(result.kind === "answered");
          const opening = () => ({ matter: "A-1", owner, hours: 24, newId: source().newId });
          assert.equal(conflictsIn(asked, result.answer, opening, NOW).length, result.hits.length);
          return result.hits.map(({ token }) => asked.interests.get(token)?.value);
        });
        assert.deepEqual(new Set(found), common);
      }),
      { numRuns: 40 },
    );
  });

  it("is refused to another addressee, for another peer's name, in another form and under a year that does not count", () => {
    const [asked] = ask([interest()]);
    assert.ok(asked);
    const why = (value: unknown, now = NOW) => {
      const result = answered(value, [interest()], now);
      return result.kind === "refused" ? result.why : result.kind;
    };
    assert.equal(why({ ...asked.query, to: "force-c" }), "addressee");
    assert.equal(why({ ...asked.query, from: "force-c" }), "peer");
    assert.equal(why({ ...asked.query, tokens: asked.query.tokens.slice(1) }), "form");
    assert.equal(why({ ...asked.query, tokens: asked.query.tokens.toReversed() }), "form");
    assert.equal(why("nonsense"), "form");
    assert.equal(why({ ...asked.query, year: 2025 }), "year");
    assert.equal(why(asked.query, Date.UTC(2027, 0, 31)), "answered");
    assert.equal(why(asked.query, Date.UTC(2027, 1, 1)), "year");
  });
});

describe("the record of a query", () => {
  it("has an owner and a time by which an answer is due, and shows when none came", () => {
    const [asked] = ask([interest()]);
    assert.ok(asked);
    const record = askedRecord(asked, { owner, hours: 24, matters: ["A-1", "A-1"] });
    assert.ok(queryRecordSchema.safeParse(record).success);
    assert.deepEqual(overdueQueries([record], NOW + 86_399_999), []);
    assert.deepEqual(overdueQueries([record], NOW + 86_400_000), [record]);
    const result = answered(asked.query, [interest()]);
    assert.ok(result.kind === "answered");
    const done = withAnswer(record, asked, result.answer);
    assert.deepEqual([done.hits?.length, overdueQueries([done], NOW + 86_400_000 * 9)], [1, []]);
    assert.equal(withAnswer(record, asked, { ...result.answer, from: "force-c" }), record);
  });
});
