import { spend, type QueryAllowance, type QueryLimits } from "./rate-limit.ts";
import { querySchema, type Answer, type Query } from "./query.ts";
import { yearsOn, type Token } from "./token.ts";

/** An interest of the answering station: who to turn to for it, and what it stands for there. */
export interface Holding {
  /** A role's mailbox. */
  desk: string;
  /** The station's own number of the matter; it does not leave the station. */
  matter: string;
}

/** The interests of a station under the keys that it shares with one peer: `tokenOf` each, for each year that counts. */
export type Holdings = ReadonlyMap<number, ReadonlyMap<Token, Holding>>;

/** A hit as the answering station keeps it. */
export interface Hit {
  reference: string;
  token: Token;
  matter: string;
  peer: string;
  query: string;
}

export type Refusal = "form" | "addressee" | "peer" | "year" | "too-many";

export type Answering =
  | { kind: "answered"; answer: Answer; hits: Hit[]; allowance: QueryAllowance }
  | { kind: "refused"; why: Refusal; allowance: QueryAllowance; retryAt?: number };

/**
 * Answers a peer's query: hit or no hit for each token, and on a hit the contact; nothing about what the interest is, how strong, how
 * old or of whom. Each hit is also known here from now on, so that both sides have it in their logs.
 *
 * Log the query and its hits before the answer is sent (`openConflict`): an answer that nobody recorded is a leak.
 * @param value what came over the wire from a peer whose signature was verified
 * @param now milliseconds since 1970
 */
export function answerQuery(
  value: unknown,
  here: {
    station: string;
    peer: string;
    holdings: Holdings;
    allowance: QueryAllowance;
    limits: QueryLimits;
    newId: () => string;
  },
  now: number,
): Answering {
  const spent = spend(here.allowance, now, here.limits);
  const { allowance } = spent;
  if (!spent.answer) return { kind: "refused", why: "too-many", allowance, retryAt: spent.retryAt };
  const parsed = querySchema.safeParse(value);
  if (!parsed.success) return { kind: "refused", why: "form", allowance };
  const query: Query = parsed.data;
  if (query.to !== here.station) return { kind: "refused", why: "addressee", allowance };
  if (query.from !== here.peer) return { kind: "refused", why: "peer", allowance };
  const answeredAt = new Date(now).toISOString();
  const held = here.holdings.get(query.year);
  if (!yearsOn(answeredAt.slice(0, 10)).includes(query.year) || held === undefined)
    return { kind: "refused", why: "year", allowance };
  const hits: Hit[] = [];
  const results = query.tokens.map((token): Answer["results"][number] => {
    const holding = held.get(token);
    if (holding === undefined) return { hit: false, token };
    const reference = here.newId();
    hits.push({ reference, token, matter: holding.matter, peer: query.from, query: query.id });
    return { hit: true, token, contact: { station: here.station, desk: holding.desk, reference } };
  });
  const answer: Answer = {
    version: 1,
    query: query.id,
    from: here.station,
    to: query.from,
    answeredAt,
    results,
  };
  return { kind: "answered", answer, hits, allowance };
}
