import { chance, logNormal, type Weighted, weighted } from "../draw.ts";
import { type Random, randomStream } from "../random.ts";
import { type Band, type Behaviour, OFFENDING_ACCOUNTS, ORDINARY_ACCOUNTS } from "./behaviour.ts";

/** As `AccountEvent` of @fairlead/assessment: who, what and when. */
export type SimulatedAccountEvent =
  | { kind: "asked"; other: string; band: Band; common: boolean; at: number }
  | { kind: "accepted" | "refused"; other: string; at: number }
  | { kind: "blocked" | "unblocked"; other: string; band: Band; at: number }
  | { kind: "reported"; other: string; band: Band; at: number }
  | { kind: "came-back"; other: string; shares: "device" | "verified-handle"; at: number };

/** One account's ninety days, and what it truly is. */
export interface SimulatedAccount {
  account: string;
  band: Band;
  openedAt: number;
  events: SimulatedAccountEvent[];
  truth: { kind: string; offends: boolean };
}

export interface SimulateAccountsOptions {
  seed: string;
  total: number;
  /** All of them ordinary, or all of them offending: rates at a base rate are made from the two. */
  side: "ordinary" | "offending";
}

export const ACCOUNT_DAYS = 90;
/** The beginning of every account's ninety days: 2026-11-02T00:00:00Z. */
export const ACCOUNTS_FROM = Date.UTC(2026, 10, 2);
const DAY_MS = 24 * 3_600_000;
/** As the hub has it: requests that nobody accepted, at most, and in an account's first day. */
const OPEN_REQUESTS = 20;
const OPEN_REQUESTS_AT_FIRST = 5;
const ASKED_BANDS: ReadonlyArray<Weighted<Band>> = [
  ["under-13", 0.15],
  ["13-15", 0.5],
  ["16-17", 0.35],
];

/** Accounts one by one, each from a stream of its own: the first hundred of a thousand are those of a hundred. */
export function* simulateAccounts({
  seed,
  total,
  side,
}: SimulateAccountsOptions): Generator<SimulatedAccount> {
  const kinds = side === "ordinary" ? ORDINARY_ACCOUNTS : OFFENDING_ACCOUNTS;
  const weights = kinds.map((kind) => [kind, kind.of100k] as const);
  for (let index = 0; index < total; index += 1) {
    const random = randomStream(seed, "account", side, index);
    yield simulateAccount(random, `${side}-${index}`, weighted(random, weights));
  }
}

function simulateAccount(random: Random, account: string, the: Behaviour): SimulatedAccount {
  const band = weighted(random, the.bands);
  const openedAt = ACCOUNTS_FROM - Math.floor(between(random, the.daysOld) * DAY_MS);
  const events = [...asking(random, the, openedAt), ...elsewhere(random, the)];
  if (chance(random, the.comesBack))
    events.push({
      kind: "came-back",
      other: "closed-1",
      shares: chance(random, 0.5) ? "device" : "verified-handle",
      at: ACCOUNTS_FROM + 1,
    });
  events.sort((a, b) => a.at - b.at);
  return { account, band, openedAt, events, truth: { kind: the.kind, offends: the.offends } };
}

function asking(random: Random, the: Behaviour, openedAt: number): SimulatedAccountEvent[] {
  const events: SimulatedAccountEvent[] = [];
  if (chance(random, the.asksNobody)) return events;
  const most = Math.max(1, Math.round(logNormal(random, Math.log(the.asks[0]), the.asks[1])));
  const spanMs = between(random, the.overDays) * DAY_MS;
  const beginMs = random.unit() * (ACCOUNT_DAYS * DAY_MS - spanMs);
  const times = Array.from(
    { length: most },
    () => ACCOUNTS_FROM + Math.floor(beginMs + random.unit() * spanMs),
  );
  times.sort((a, b) => a - b);
  // When each request that was open stopped being so; those that never did count for good.
  const closes: number[] = [];
  for (const [index, at] of times.entries()) {
    const open = closes.filter((until) => until > at).length;
    if (open >= (at - openedAt < DAY_MS ? OPEN_REQUESTS_AT_FIRST : OPEN_REQUESTS)) continue;
    const other = `young-${index}`;
    const common = chance(random, the.common[index * 2 < most ? 0 : 1]);
    const band = weighted(random, ASKED_BANDS);
    events.push({ kind: "asked", other, band, common, at });
    const answer = answerTo(random, the, common);
    const answeredAt = at + Math.floor(logNormal(random, Math.log(6), 1.2) * 3_600_000);
    if (answer !== undefined) events.push({ kind: answer, other, at: answeredAt });
    closes.push(answer === "accepted" ? answeredAt : Number.POSITIVE_INFINITY);
    events.push(...against(random, the, { other, band, from: answer === undefined ? at : answeredAt }));
  }
  return events;
}

function answerTo(random: Random, the: Behaviour, common: boolean): "accepted" | "refused" | undefined {
  const yes = the.accepted * (common ? 1 : the.strangersAccept);
  const draw = random.unit();
  if (draw < yes) return "accepted";
  return draw < yes + the.refused ? "refused" : undefined;
}

function against(
  random: Random,
  the: Behaviour,
  { other, band, from }: { other: string; band: Band; from: number },
): SimulatedAccountEvent[] {
  const events: SimulatedAccountEvent[] = [];
  const at = from + Math.floor(logNormal(random, Math.log(2), 1) * DAY_MS);
  if (chance(random, the.blocked)) {
    events.push({ kind: "blocked", other, band, at });
    if (chance(random, the.takenBack))
      events.push({ kind: "unblocked", other, band, at: at + Math.floor(random.unit() * 10 * DAY_MS) });
  }
  if (chance(random, the.reported)) events.push({ kind: "reported", other, band, at });
  return events;
}

function elsewhere(random: Random, the: Behaviour): SimulatedAccountEvent[] {
  const events: SimulatedAccountEvent[] = [];
  for (const [kind, mean] of [
    ["blocked", the.blockedElsewhere],
    ["reported", the.reportedElsewhere],
  ] as const)
    for (let count = poisson(random, mean), index = 0; index < count; index += 1)
      events.push({
        kind,
        other: `elsewhere-${kind}-${index}`,
        band: weighted(random, ASKED_BANDS),
        at: ACCOUNTS_FROM + Math.floor(random.unit() * ACCOUNT_DAYS * DAY_MS),
      });
  return events;
}

function between(random: Random, [from, to]: readonly [number, number]): number {
  return from + random.unit() * (to - from);
}

/** Knuth's method: the means here are small. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.unit(); product > limit; product *= random.unit()) count += 1;
  return count;
}
