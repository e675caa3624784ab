import { createHmac } from "node:crypto";
import {
  answerQuery,
  DEFAULT_QUERY_LIMITS,
  fullAllowance,
  makeQueries,
  tokenOf,
  type AskedQuery,
  type Hmac,
  type Holding,
  type Interest,
} from "../deconfliction/index.ts";

/** Noon of an ordinary day, milliseconds since 1970. */
export const NOW = Date.UTC(2026, 10, 22, 12);
export const iso = (at: number) => new Date(at).toISOString();
export const hmac: Hmac = (key, message) => createHmac("sha256", key).update(message).digest();
export const KEY = { year: 2026, key: new Uint8Array(32).fill(7) };
export const owner = { id: "p-1", role: "analyst" };

/** Ids and random bytes that a test can repeat. */
export function source() {
  let count = 0;
  const next = () => (count += 1);
  return {
    newId: () => `00000000-0000-4000-8000-${String(next()).padStart(12, "0")}`,
    randomBytes: () => hmac(new Uint8Array(32), new TextEncoder().encode(`padding ${next()}`)),
  };
}

/** A telephone number of a suspect, or what differs from that. */
export const interest = (parts: Partial<Interest> = {}): Interest => ({
  kind: "phone",
  role: "suspect",
  value: "+447700900123",
  ...parts,
});
/** What force A asks force B. */
export const ask = (interests: readonly Interest[], key = KEY): AskedQuery[] =>
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
/** What force B answers, which holds these. */
export const answered = (value: unknown, held: readonly Interest[], now = NOW, key = KEY) =>
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
