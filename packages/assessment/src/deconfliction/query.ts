import { z } from "zod";
import { hexOf, tokenOf, tokenSchema, type Hmac, type Interest, type Token, type YearKey } from "./token.ts";

/**
 * Tokens in every query, however many are meant: with less, the rest are random and cannot be told from the others. So neither the
 * peer nor anybody on the way learns how many people a station looks at.
 */
export const BATCH = 64;

const stationSchema = z.string().min(1).max(64);

/** A question from one station to another: which of these do you have an interest in? */
export const querySchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  from: stationSchema,
  to: stationSchema,
  year: z.int().min(2000).max(9999),
  askedAt: z.iso.datetime(),
  /** Sorted, each once, so that their order says nothing. */
  tokens: z
    .array(tokenSchema)
    .length(BATCH)
    .refine((tokens) => tokens.every((token, i) => i === 0 || (tokens[i - 1] ?? "") < token), {
      message: "tokens are sorted and each stands there once",
    }),
});
export type Query = z.infer<typeof querySchema>;

/** Where to turn after a hit: a role's mailbox and a number to name there. Nothing about what the interest is. */
export const contactSchema = z.strictObject({
  station: stationSchema,
  /** Such as `deconfliction@force.example`; a team, because people go on leave. */
  desk: z.string().min(3).max(255),
  /** The other station's number of this hit; it means nothing elsewhere. */
  reference: z.uuid(),
});
export type Contact = z.infer<typeof contactSchema>;

/** One result for each token of the query, so that the number of hits does not show in the length of the list. */
export const answerSchema = z.strictObject({
  version: z.literal(1),
  query: z.uuid(),
  from: stationSchema,
  to: stationSchema,
  answeredAt: z.iso.datetime(),
  results: z
    .array(
      z.discriminatedUnion("hit", [
        z.strictObject({ hit: z.literal(false), token: tokenSchema }),
        z.strictObject({ hit: z.literal(true), token: tokenSchema, contact: contactSchema }),
      ]),
    )
    .length(BATCH),
});
export type Answer = z.infer<typeof answerSchema>;

/** A query with what only its asker knows: which token is which interest. The rest are padding. */
export interface AskedQuery {
  query: Query;
  interests: ReadonlyMap<Token, Interest>;
}

/** What making a query needs from outside. */
export interface Asking {
  hmac: Hmac;
  /** 32 bytes from the system's random source, each time it is called. */
  randomBytes: () => Uint8Array;
  newId: () => string;
}

/**
 * Queries about some interests, in batches of 64.
 * @param askedAt UTC, ISO 8601
 */
export function makeQueries(
  interests: readonly Interest[],
  to: { from: string; to: string; key: YearKey; askedAt: string },
  asking: Asking,
): AskedQuery[] {
  const byToken = new Map(interests.map((interest) => [tokenOf(asking.hmac, to.key, interest), interest]));
  const all = [...byToken];
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, batch) => {
    const meant = new Map(all.slice(batch * BATCH, (batch + 1) * BATCH));
    const tokens = new Set(meant.keys());
    while (tokens.size < BATCH) tokens.add(hexOf(asking.randomBytes()));
    const query: Query = {
      version: 1,
      id: asking.newId(),
      from: to.from,
      to: to.to,
      year: to.key.year,
      askedAt: to.askedAt,
      tokens: [...tokens].sort(),
    };
    return { query, interests: meant };
  });
}
