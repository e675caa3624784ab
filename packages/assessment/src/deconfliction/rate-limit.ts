/** How many queries one peer may have answered. */
export interface QueryLimits {
  /** Queries at once, after a quiet time. */
  burst: number;
  /** Queries a day, in the long run. */
  perDay: number;
}

/**
 * 40 queries of 64 tokens are 2,560 a day: more than the persons that a national agency refers (1,700 a week, agency.md 2.2), and so
 * few that a peer which wanted to ask for every mobile number of the country, 500 million, would need five hundred years.
 */
export const DEFAULT_QUERY_LIMITS: QueryLimits = { burst: 40, perDay: 40 };

/** What one peer has used. Plain JSON, kept by the answering station for each peer. */
export interface QueryAllowance {
  /** Queries that may be answered at `at`; a fraction counts towards the next. */
  left: number;
  /** Milliseconds since 1970. */
  at: number;
}

export function fullAllowance(limits: QueryLimits, now: number): QueryAllowance {
  return { left: limits.burst, at: now };
}

const DAY_MS = 86_400_000;

/**
 * Takes one query from a peer's allowance (a bucket that fills evenly). Padding counts, because nobody can tell it from the rest; so
 * does a query that was refused for its form, or refusals would be free to try.
 * @returns the allowance that is left, and whether to answer; if not, when to ask again (milliseconds since 1970)
 */
export function spend(
  allowance: QueryAllowance,
  now: number,
  limits: QueryLimits,
):
  | { answer: true; allowance: QueryAllowance }
  | { answer: false; allowance: QueryAllowance; retryAt: number } {
  // A clock that was set back gives nothing, and takes nothing either.
  const since = Math.max(0, now - allowance.at);
  const left = Math.min(limits.burst, allowance.left + (since * limits.perDay) / DAY_MS);
  const at = Math.max(now, allowance.at);
  if (left >= 1) return { answer: true, allowance: { left: left - 1, at } };
  const retryAt = at + Math.ceil(((1 - left) * DAY_MS) / limits.perDay);
  return { answer: false, allowance: { left, at }, retryAt };
}
