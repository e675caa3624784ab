import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { answered, ask, interest, iso, NOW, owner, source } from "../testing/two-forces.ts";
import {
  addStep,
  conflictSchema,
  conflictsIn,
  openConflict,
  overdueConflicts,
  standingOf,
  type Conflict,
  type ConflictStep,
} from "./index.ts";

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
