import { parseArgs } from "node:util";
import {
  actionsOf,
  defaultSignalRules,
  needsText,
  SAFETY_ACTIONS,
  type SignalId,
  signalsOf,
  type SignalRules,
  wilson,
} from "@fairlead/assessment";
import { ACCOUNT_DAYS, ACCOUNTS_FROM, simulateAccounts, type SimulatedAccount } from "../src/index.ts";

// npm run bench -- signals [--json] [--ordinary N] [--offending N] [--seeds A,B]: the rules for account signals against the simulator's
// truth, over ninety days in which each account is looked at whenever it did something. Rates of the two sides are measured apart and put
// together at base rates: where one account in 10,000 offends, precision is what it is because of the ordinary ones.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    ordinary: { type: "string", default: "300000" },
    offending: { type: "string", default: "3000" },
    seeds: { type: "string", default: "measure-1,measure-2,measure-3" },
  },
});
const [ordinary, offending] = [Number(values.ordinary), Number(values.offending)];
const seeds = values.seeds.split(",");
if (!(ordinary > 0 && offending > 0)) {
  process.stderr.write(
    "usage: npm run bench -- signals [--json] [--ordinary N] [--offending N] [--seeds A,B]\n",
  );
  process.exit(2);
}
const BASE_RATES = [100, 1000, 10_000] as const;
const DAY_MS = 24 * 3_600_000;

/** How many of each side were pointed to: by a rule, or by an action. */
interface Tally {
  total: number;
  found: number;
  byKind: Map<string, { total: number; found: number }>;
}
type Sides = Record<"ordinary" | "offending", Tally>;

function emptySides(): Sides {
  const empty = (): Tally => ({ total: 0, found: 0, byKind: new Map() });
  return { ordinary: empty(), offending: empty() };
}

function count(tally: Tally, { truth }: SimulatedAccount, isFound: boolean): void {
  const kind = tally.byKind.get(truth.kind) ?? { total: 0, found: 0 };
  tally.byKind.set(truth.kind, { total: kind.total + 1, found: kind.found + Number(isFound) });
  tally.total += 1;
  tally.found += Number(isFound);
}

/** The rules that hold on any of the days on which something happened, or on which an unanswered request began to count. */
function everHeld(one: SimulatedAccount, rules: SignalRules): Set<SignalId> {
  const days = new Set<number>();
  for (const { kind, at } of one.events) {
    days.add(dayOf(at));
    if (kind === "asked") days.add(dayOf(at + rules.silentDays * DAY_MS));
  }
  const held = new Set<SignalId>();
  for (const day of days)
    if (day < ACCOUNT_DAYS)
      for (const { rule } of signalsOf(one, ACCOUNTS_FROM + (day + 1) * DAY_MS, rules)) held.add(rule);
  return held;
}

function dayOf(at: number): number {
  return Math.floor((at - ACCOUNTS_FROM) / DAY_MS);
}

const rules = defaultSignalRules;
const byRule = new Map(rules.rules.map((rule) => [rule.id, emptySides()]));
const byAction = new Map(SAFETY_ACTIONS.map((action) => [action, emptySides()]));
for (const seed of seeds)
  for (const side of ["ordinary", "offending"] as const)
    for (const one of simulateAccounts({ seed, side, total: side === "ordinary" ? ordinary : offending })) {
      const held = everHeld(one, rules);
      for (const rule of rules.rules) count(byRule.get(rule.id)?.[side] as Tally, one, held.has(rule.id));
      for (const action of SAFETY_ACTIONS) {
        const acts = rules.rules.some((rule) => held.has(rule.id) && actionsOf(rule, rules).includes(action));
        count(byAction.get(action)?.[side] as Tally, one, acts);
      }
    }

/** Of those pointed to, the share that offends where one account in `oneIn` does; `low` takes the worse end of both intervals. */
function precisionAt(oneIn: number, { ordinary: wrong, offending: right }: Sides) {
  const of = (hit: number, miss: number) => (hit === 0 ? 0 : hit / (hit + (oneIn - 1) * miss));
  const [hit, miss] = [wilson(shareOf(right)), wilson(shareOf(wrong))];
  return { oneIn, precision: round(of(hit.share ?? 0, miss.share ?? 0)), low: round(of(hit.low, miss.high)) };
}

function figures(sides: Sides) {
  const wrong = wilson(shareOf(sides.ordinary));
  return {
    recall: round(wilson(shareOf(sides.offending)).share ?? 0),
    falsePer100k: round(100_000 * (wrong.share ?? 0)),
    falsePer100kHigh: round(100_000 * wrong.high),
    precision: BASE_RATES.map((oneIn) => precisionAt(oneIn, sides)),
    recallByKind: sharesByKind(sides.offending),
    falseByKind: sharesByKind(sides.ordinary),
  };
}

function shareOf({ found, total }: Tally) {
  return { count: found, of: total };
}

function sharesByKind({ byKind }: Tally): Record<string, number> {
  return Object.fromEntries([...byKind].map(([kind, { found, total }]) => [kind, round(found / total)]));
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

const result = {
  name: "signals",
  unit: "share of accounts in ninety days",
  rulesVersion: rules.version,
  accounts: { ordinary: ordinary * seeds.length, offending: offending * seeds.length, seeds },
  rules: rules.rules.map((rule) => ({
    rule: rule.id,
    of: needsText(rule),
    acts: actionsOf(rule, rules),
    ...figures(byRule.get(rule.id) as Sides),
  })),
  actions: SAFETY_ACTIONS.map((action) => ({ action, ...figures(byAction.get(action) as Sides) })),
};
process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);

/** What a rule's table says of its precision must not be more than what was measured here, and no action may fall below its floor. */
const short = rules.rules.flatMap((rule) => {
  const { low } = precisionAt(rules.floorsAtOneIn, byRule.get(rule.id) as Sides);
  return actionsOf(rule, rules).flatMap((action) =>
    action !== "friction" && low < rules.floors[action]
      ? [`${rule.id} may lead to ${action} and its precision is at least ${low} only`]
      : [],
  );
});
for (const text of short) process.stderr.write(`signals: ${text}\n`);
process.exitCode = short.length === 0 ? 0 : 1;
