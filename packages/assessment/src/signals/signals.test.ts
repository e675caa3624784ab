import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ageBandOf } from "./age-band.ts";
import { checkSignalRules } from "./check-rules.ts";
import { defaultSignalRules } from "./default-rules.ts";
import type { AccountEvent, AccountHistory } from "./event.ts";
import { measure } from "./measure.ts";
import { actionsOf, needsText } from "./rule.ts";
import { signalsOf } from "./signal.ts";

const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2026, 11, 1, 12);
const daysAgo = (days: number) => NOW - days * DAY_MS;

function asks(
  count: number,
  { common = false, at = daysAgo(3), band = "13-15" as const } = {},
): AccountEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: "asked" as const,
    other: `young-${index}`,
    band,
    common,
    at: at + index,
  }));
}
const answers = (kind: "accepted" | "refused", from: number, to: number): AccountEvent[] =>
  Array.from({ length: to - from }, (_, index) => ({ kind, other: `young-${from + index}`, at: daysAgo(2) }));
const against = (kind: "blocked" | "reported", ...which: number[]): AccountEvent[] =>
  which.map((number) => ({ kind, other: `young-${number}`, band: "13-15" as const, at: daysAgo(1) }));
const account = (events: AccountEvent[], more: Partial<AccountHistory> = {}): AccountHistory => ({
  account: "one",
  band: "adult",
  openedAt: daysAgo(100),
  events,
  ...more,
});
const rulesOf = (history: AccountHistory) =>
  signalsOf(history, NOW, defaultSignalRules).map(({ rule }) => rule);

describe("signals of an account", () => {
  it("show many young strangers who decline, and name every request that was counted", () => {
    const [signal, ...more] = signalsOf(
      account([...asks(12), ...answers("refused", 0, 9), ...answers("accepted", 9, 12)]),
      NOW,
      defaultSignalRules,
    );
    assert.equal(signal?.rule, "many-declined");
    assert.deepEqual(more, []);
    assert.deepEqual(
      signal.met.map((met) => [met.measure, met.value, met.events.length]),
      [
        ["strangers", 12, 12],
        ["declined-share", 0.75, 9],
      ],
    );
    assert.deepEqual(signal.actions, ["friction"]);
    assert.ok(signal.lookAlikes.includes("shop"));
  });

  it("go by the clock, in whatever order the history is told", () => {
    const strangersFirst = [...asks(12), ...asks(12, { common: true, at: daysAgo(2) })];
    const told = account([...strangersFirst, ...answers("refused", 0, 12)]);
    const backwards = { ...told, events: told.events.toReversed() };
    assert.deepEqual(rulesOf(told), ["many-declined"]);
    assert.deepEqual(rulesOf(backwards), ["many-declined"]);
  });

  it("are none for a coach whose team says yes, and none for a family, however large", () => {
    assert.deepEqual(rulesOf(account([...asks(30), ...answers("accepted", 0, 28)])), []);
    assert.deepEqual(rulesOf(account([...asks(30, { common: true }), ...answers("refused", 0, 30)])), []);
  });

  it("count silence as declined after a week and not before", () => {
    assert.deepEqual(rulesOf(account(asks(12, { at: daysAgo(6) }))), []);
    assert.deepEqual(rulesOf(account(asks(12, { at: daysAgo(8) }))), ["many-declined"]);
  });

  it("count a block that was taken back no more, and say that it was", () => {
    const events = [...asks(12), ...answers("refused", 0, 9), ...against("blocked", 0, 1, 2)];
    assert.ok(rulesOf(account(events)).includes("asks-and-blocked"));
    const back: AccountEvent = { kind: "unblocked", other: "young-0", band: "13-15", at: daysAgo(0.5) };
    assert.ok(!rulesOf(account([...events, back])).includes("asks-and-blocked"));
    const [signal] = signalsOf(account([...events, back]), NOW, defaultSignalRules);
    assert.deepEqual(signal?.counter, [{ what: "blocks-taken-back", value: 1 }]);
  });

  it("count an account once, however often it blocks or reports", () => {
    const { blockers, reporters } = measure(
      account([...against("blocked", 1, 1, 1), ...against("reported", 2, 2)]),
      {
        now: NOW,
        windowDays: 7,
        silentDays: 7,
      },
    );
    assert.deepEqual([blockers.value, reporters.value], [1, 1]);
  });

  it("look at people by the age they gave only where the rule says so: whoever claims to be young is not out of reach", () => {
    const events = [...asks(12), ...answers("refused", 0, 9), ...against("blocked", 0, 1, 2)];
    assert.deepEqual(rulesOf(account(events, { band: "16-17" })), ["asks-and-blocked"]);
  });

  it("are not made by blocks and reports alone: two people who quarrel have friends who take sides", () => {
    assert.deepEqual(
      rulesOf(account([...against("blocked", 1, 2, 3, 4, 5, 6), ...against("reported", 1, 2, 3)])),
      [],
    );
  });
});

describe("what a rule may lead to", () => {
  it("is friction alone once a threshold is other than the one that was measured", () => {
    const rule = defaultSignalRules.rules.find(({ id }) => id === "reported-twice");
    assert.ok(rule !== undefined);
    const right = { ...rule, measured: { atOneIn: 10_000, share: 0.95, low: 0.9, of: needsText(rule) } };
    assert.deepEqual(actionsOf(right, defaultSignalRules), ["friction", "notice", "review"]);
    const looser = { ...right, needs: right.needs.map((need) => ({ ...need, atLeast: 1 })) };
    assert.deepEqual(actionsOf(looser, defaultSignalRules), ["friction"]);
    const measuredElsewhere = { ...right, measured: { ...right.measured, atOneIn: 100 } };
    assert.deepEqual(actionsOf(measuredElsewhere, defaultSignalRules), ["friction"]);
  });

  it("is more than friction only for rules that were right often enough at one in 10,000", () => {
    for (const rule of defaultSignalRules.rules)
      for (const action of actionsOf(rule, defaultSignalRules))
        if (action !== "friction") assert.ok(rule.measured.low >= defaultSignalRules.floors[action], rule.id);
    const beyond = defaultSignalRules.rules.map((rule) => actionsOf(rule, defaultSignalRules).slice(1));
    assert.deepEqual(beyond, [[], [], [], ["review"], ["notice", "review"], ["notice", "review", "hide"]]);
  });
});

describe("the table of rules", () => {
  it("has nothing wrong with it until a day of review has passed", () => {
    assert.deepEqual(checkSignalRules(defaultSignalRules, NOW), []);
    const later = checkSignalRules(defaultSignalRules, Date.UTC(2028, 0, 1));
    assert.equal(later.length, defaultSignalRules.rules.length);
  });

  it("is refused where a rule would hold for everybody or looks back further than events are kept", () => {
    const [first] = defaultSignalRules.rules;
    assert.ok(first !== undefined);
    const told = (rule: typeof first) =>
      checkSignalRules({ ...defaultSignalRules, rules: [rule] }, NOW).map(({ message }) => message);
    assert.deepEqual(told({ ...first, needs: [{ measure: "days-old", atMost: 30 }] }), [
      "no need asks for anything to have happened",
    ]);
    assert.deepEqual(told({ ...first, windowDays: 400 }), ["its window is longer than events are kept"]);
  });
});

describe("an age band", () => {
  it("is the youngest that the year allows, and a missing year says nothing", () => {
    const at = Date.UTC(2026, 5, 1);
    assert.equal(ageBandOf(2008, at), "16-17");
    assert.equal(ageBandOf(2007, at), "adult");
    assert.equal(ageBandOf(2013, at), "under-13");
    assert.equal(ageBandOf(null, at), "unknown");
  });
});
