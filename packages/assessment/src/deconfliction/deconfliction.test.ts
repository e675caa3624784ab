import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Person } from "@fairlead/report";
import { exampleIdentifier, exampleReport, exampleSuspect, exampleVictim } from "../testing/index.ts";
import {
  addStep,
  answerQuery,
  answerSchema,
  askedRecord,
  BATCH,
  conflictSchema,
  conflictsIn,
  DEFAULT_QUERY_LIMITS,
  fullAllowance,
  interestOf,
  interestsOf,
  makeQueries,
  openConflict,
  overdueConflicts,
  overdueQueries,
  queryRecordSchema,
  querySchema,
  spend,
  standingOf,
  tokenOf,
  withAnswer,
  yearsOn,
  type AskedQuery,
  type AskingRules,
  type Conflict,
  type ConflictStep,
  type Hmac,
  type Holding,
  type Interest,
} from "./index.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const iso = (at: number) => new Date(at).toISOString();
const hmac: Hmac = (key, message) => createHmac("sha256", key).update(message).digest();
const KEY = { year: 2026, key: new Uint8Array(32).fill(7) };
const owner = { id: "p-1", role: "analyst" };

/** Ids and random bytes that a test can repeat. */
function source() {
  let count = 0;
  const next = () => (count += 1);
  return {
    newId: () => `00000000-0000-4000-8000-${String(next()).padStart(12, "0")}`,
    randomBytes: () => hmac(new Uint8Array(32), new TextEncoder().encode(`padding ${next()}`)),
  };
}

const interest = (parts: Partial<Interest> = {}): Interest => ({
  kind: "phone",
  role: "suspect",
  value: "+447700900123",
  ...parts,
});
const ask = (interests: readonly Interest[], key = KEY): AskedQuery[] =>
  makeQueries(interests, { from: "force-a", to: "force-b", key, askedAt: iso(NOW) }, { hmac, ...source() });
const holdings = (interests: readonly Interest[], key = KEY) =>
  new Map([
    [
      key.year,
      new Map(
        interests.map((each, index): [string, Holding] => [
          tokenOf(hmac, key, each),
          { desk: "deconfliction@force-b.example", matter: `B-${index}` },
        ]),
      ),
    ],
  ]);
const answered = (value: unknown, held: readonly Interest[], now = NOW, key = KEY) =>
  answerQuery(
    value,
    {
      station: "force-b",
      peer: "force-a",
      holdings: holdings(held, key),
      allowance: fullAllowance(DEFAULT_QUERY_LIMITS, now),
      limits: DEFAULT_QUERY_LIMITS,
      newId: source().newId,
    },
    now,
  );

const arbitraryInterest: fc.Arbitrary<Interest> = fc.record({
  kind: fc.constantFrom("account" as const, "phone" as const, "email" as const),
  role: fc.constantFrom("suspect" as const, "victim" as const),
  value: fc.stringMatching(/^[a-c"[\],0-2]{1,4}$/),
  platform: fc.constantFrom("example chat", "example photos", undefined),
});

describe("a token", () => {
  it("is HMAC-SHA-256 over protocol, year, kind, role, platform and value", () => {
    const message = '["fairlead/deconfliction/v1",2026,"phone","suspect",null,"+447700900123"]';
    assert.equal(tokenOf(hmac, KEY, interest()), createHmac("sha256", KEY.key).update(message).digest("hex"));
  });

  it("is equal for two stations with one key and one interest, and differs when anything differs", () => {
    fc.assert(
      fc.property(arbitraryInterest, arbitraryInterest, (a, b) => {
        const same =
          JSON.stringify([a.kind, a.role, a.value, a.platform]) ===
          JSON.stringify([b.kind, b.role, b.value, b.platform]);
        assert.equal(tokenOf(hmac, KEY, a) === tokenOf(hmac, KEY, b), same);
      }),
    );
    const other = { year: 2026, key: new Uint8Array(32).fill(8) };
    assert.notEqual(tokenOf(hmac, KEY, interest()), tokenOf(hmac, other, interest()));
    assert.notEqual(tokenOf(hmac, KEY, interest()), tokenOf(hmac, { ...KEY, year: 2027 }, interest()));
    assert.notEqual(tokenOf(hmac, KEY, interest()), tokenOf(hmac, KEY, interest({ role: "victim" })));
  });

  it("is refused under a short key", () => {
    assert.throws(() => tokenOf(hmac, { year: 2026, key: new Uint8Array(16) }, interest()), RangeError);
  });

  it("counts under two years at the turn of a year, and under one otherwise", () => {
    assert.deepEqual(yearsOn("2026-12-30"), [2026]);
    assert.deepEqual(yearsOn("2026-12-31"), [2026, 2027]);
    assert.deepEqual(yearsOn("2027-01-31"), [2027, 2026]);
    assert.deepEqual(yearsOn("2027-02-01"), [2027]);
  });
});

describe("what is asked about", () => {
  const rules: AskingRules = { isListed: () => false, holders: () => 1, mostHolders: 25 };
  const phone = exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" });

  it("is what names one person, of suspects and victims, each once", () => {
    const people = [
      exampleSuspect({
        identifiers: [
          phone,
          phone,
          exampleIdentifier("account", "1000001", { platform: "Example  Chat" }),
          exampleIdentifier("email", "kite@example.com"),
          exampleIdentifier("screen-name", "blue-kite", { platform: "Example Chat" }),
          exampleIdentifier("device", "490154203237518", { label: "IMEI" }),
        ],
      }),
      exampleVictim({ identifiers: [phone] }),
      exampleVictim({ key: "reporter-1" as Person["key"], role: "reporter", identifiers: [phone] }),
    ];
    assert.deepEqual(interestsOf(exampleReport({ persons: people }), rules), [
      { kind: "phone", role: "suspect", value: "+447700900123" },
      { kind: "account", role: "suspect", value: "1000001", platform: "example chat" },
      { kind: "device", role: "suspect", value: "490154203237518" },
      { kind: "phone", role: "victim", value: "+447700900123" },
    ]);
  });

  it("leaves out what is unverified, on a list, common, nobody's or without its platform", () => {
    assert.equal(interestOf("suspect", exampleIdentifier("phone", "+44 7700 900123"), rules), "unverified");
    assert.equal(interestOf("suspect", phone, { ...rules, isListed: () => true }), "listed");
    assert.equal(interestOf("suspect", phone, { ...rules, holders: () => 26 }), "common");
    assert.equal(typeof interestOf("suspect", phone, { ...rules, holders: () => 25 }), "object");
    const nobody = exampleIdentifier("email", "noreply@example.com", { verified: "yes" });
    assert.equal(interestOf("suspect", nobody, rules), "listed");
    assert.equal(interestOf("suspect", exampleIdentifier("account", "1000001"), rules), "no-platform");
    assert.equal(interestOf("contact", phone, rules), "role");
    assert.equal(interestOf("suspect", exampleIdentifier("display-name", "Blue Kite"), rules), "kind");
  });
});

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

describe("the limit on queries", () => {
  it("lets no more through in any time than the burst and what has come since", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3_600_000, max: 7_200_000 }), { maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (gaps, burst, perDay) => {
          const limits = { burst, perDay };
          let allowance = fullAllowance(limits, NOW);
          let [now, latest, through] = [NOW, NOW, 0];
          for (const gap of gaps) {
            now += gap;
            latest = Math.max(latest, now);
            const spent = spend(allowance, now, limits);
            ({ allowance } = spent);
            if (spent.answer) through += 1;
            else assert.ok(spent.retryAt > now);
          }
          assert.ok(through <= burst + ((latest - NOW) * perDay) / 86_400_000 + 1e-6);
        },
      ),
    );
  });

  it("makes asking for a country's telephone numbers take centuries", () => {
    const years = 500_000_000 / (DEFAULT_QUERY_LIMITS.perDay * BATCH) / 365;
    assert.ok(years > 500, String(years));
  });

  it("answers again when it said that it would", () => {
    const limits = { burst: 1, perDay: 24 };
    const first = spend(fullAllowance(limits, NOW), NOW, limits);
    const second = spend(first.allowance, NOW, limits);
    assert.ok(!second.answer);
    assert.equal(second.retryAt, NOW + 3_600_000);
    assert.equal(spend(second.allowance, second.retryAt - 1000, limits).answer, false);
    assert.equal(spend(second.allowance, second.retryAt, limits).answer, true);
  });

  it("refuses with the time of the next try, and counts a query that was malformed", () => {
    const limits = { burst: 1, perDay: 24 };
    const here = { station: "force-b", peer: "force-a", holdings: new Map(), limits, newId: source().newId };
    const bad = answerQuery("nonsense", { ...here, allowance: fullAllowance(limits, NOW) }, NOW);
    assert.deepEqual([bad.kind, bad.allowance.left], ["refused", 0]);
    const again = answerQuery("nonsense", { ...here, allowance: bad.allowance }, NOW);
    assert.equal(again.kind === "refused" ? again.why : "", "too-many");
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

describe("a conflict", () => {
  const opened = (): Conflict =>
    openConflict(
      { side: "was-asked", peer: "force-a", query: source().newId(), reference: source().newId() },
      { matter: "B-1", owner, hours: 48, newId: source().newId },
      NOW,
    );
  const by = { by: { id: "p-2", role: "lead" } };

  it("has an owner and a deadline from the first moment, and pauses work", () => {
    const conflict = opened();
    assert.ok(conflictSchema.safeParse(conflict).success);
    assert.deepEqual(standingOf(conflict, NOW), {
      state: "open",
      owner,
      deadline: iso(NOW + 48 * 3_600_000),
      overdue: false,
      paused: true,
    });
  });

  it("is opened for what was meant only, whatever the peer says about padding", () => {
    const [asked] = ask([interest()]);
    assert.ok(asked);
    const result = answered(asked.query, []);
    assert.ok(result.kind === "answered");
    const contact = { station: "force-b", desk: "desk@force-b.example", reference: source().newId() };
    const all = {
      ...result.answer,
      results: asked.query.tokens.map((token) => ({ hit: true as const, token, contact })),
    };
    const opening = () => ({ matter: "A-1", owner, hours: 24, newId: source().newId });
    assert.equal(conflictsIn(asked, all, opening, NOW).length, 1);
    assert.deepEqual(conflictsIn(asked, { ...all, from: "force-c" }, opening, NOW), []);
    assert.deepEqual(conflictsIn(asked, { ...all, query: contact.reference }, opening, NOW), []);
  });

  it("that nobody releases is overdue from its deadline on, for ever", () => {
    const conflict = opened();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hours) => {
        const now = NOW + hours * 3_600_000;
        assert.equal(standingOf(conflict, now).overdue, hours >= 48);
        assert.equal(overdueConflicts([conflict], now).length, hours >= 48 ? 1 : 0);
      }),
    );
  });

  it("ends by a person's release and by nothing else, keeps every step, and pauses work until then", () => {
    const stepAt = fc.integer({ min: 0, max: 300 }).map((hours) => iso(NOW + hours * 3_600_000));
    const steps: fc.Arbitrary<ConflictStep> = fc.oneof(
      stepAt.map((at): ConflictStep => ({ kind: "contacted", at, ...by })),
      stepAt.map(
        (at): ConflictStep => ({ kind: "handed-over", to: { id: "p-3", role: "officer" }, at, ...by }),
      ),
      fc
        .tuple(stepAt, stepAt)
        .map(([at, until]): ConflictStep => ({ kind: "extended", until, at, ...by, note: "they are away" })),
      fc
        .tuple(
          stepAt,
          fc.constantFrom("we-continue" as const, "they-continue" as const, "not-the-same" as const),
        )
        .map(
          ([at, how]): ConflictStep => ({ kind: "released", how, at, ...by, note: "agreed by telephone" }),
        ),
    );
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (list) => {
        let conflict = opened();
        for (const next of list) {
          const before = structuredClone(conflict);
          const result = addStep(conflict, next);
          assert.deepEqual(conflict, before);
          if ("refused" in result) continue;
          assert.deepEqual(result.conflict.steps.slice(0, -1), before.steps);
          assert.ok(standingOf(before, NOW).state !== "released");
          ({ conflict } = result);
        }
        assert.ok(conflictSchema.safeParse(conflict).success);
        const last = conflict.steps.at(-1);
        const standing = standingOf(conflict, NOW + 1_000 * 3_600_000);
        assert.equal(standing.state === "released", last?.kind === "released");
        assert.equal(standing.overdue, last?.kind !== "released");
        const leftToThem = last?.kind === "released" && last.how === "they-continue";
        assert.equal(standing.paused, last?.kind !== "released" || leftToThem);
        assert.ok(conflict.steps.filter(({ kind }) => kind === "extended").length <= 3);
      }),
    );
  });

  it("cannot be filled with steps until nobody can end it", () => {
    let conflict = opened();
    for (let i = 0; i < 150; i += 1) {
      const result = addStep(conflict, { kind: "contacted", at: iso(NOW + i), ...by });
      if ("conflict" in result) ({ conflict } = result);
      else assert.equal(result.refused, "too-many-steps");
    }
    const end = addStep(conflict, {
      kind: "released",
      how: "together",
      at: iso(NOW + 999),
      ...by,
      note: "one team",
    });
    assert.ok("conflict" in end && standingOf(end.conflict, NOW).state === "released");
  });

  it("is refused a step before its last one, and a deadline that comes sooner", () => {
    const conflict = opened();
    const refused = (step: ConflictStep) => {
      const result = addStep(conflict, step);
      return "refused" in result ? result.refused : undefined;
    };
    assert.equal(refused({ kind: "contacted", at: iso(NOW - 1), ...by }), "before-the-last-step");
    assert.equal(
      refused({ kind: "extended", at: iso(NOW), until: iso(NOW + 3_600_000), ...by, note: "soon" }),
      "shorter-deadline",
    );
  });
});
