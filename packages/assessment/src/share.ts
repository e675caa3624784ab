/** How often something was so, of how many times it could have been. Whole numbers, so that parts add up in any order. */
export interface Share {
  count: number;
  of: number;
}

/** A share with the range in which the true one lies, 19 times of 20. */
export interface Estimate extends Share {
  /** Absent where there was nothing to count: unknown, which is neither 0 nor 1. */
  share?: number;
  low: number;
  high: number;
}

export const NONE: Share = { count: 0, of: 0 };

export function tally(share: Share, isSo: boolean): Share {
  return { count: share.count + Number(isSo), of: share.of + 1 };
}

export function together(a: Share, b: Share): Share {
  return { count: a.count + b.count, of: a.of + b.of };
}

/** The 97.5th percentile of the normal distribution: two tails of 2.5 % each. */
const Z = 1.959_963_984_540_054;

/**
 * The Wilson score interval at 95 % (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
 * the American Statistical Association 22, 1927). Unlike the plain interval it stays within 0 and 1 and is honest about few counts.
 */
export function wilson({ count, of }: Share): Estimate {
  if (of === 0) return { count, of, low: 0, high: 1 };
  const share = count / of;
  const square = Z * Z;
  const centre = (share + square / (2 * of)) / (1 + square / of);
  const half = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  // At the ends the interval touches 0 or 1 exactly; rounding must not say otherwise.
  const low = count === 0 ? 0 : Math.max(0, centre - half);
  const high = count === of ? 1 : Math.min(1, centre + half);
  return { count, of, share, low, high };
}

/** Whether two shares differ for certain: their intervals do not touch. Stricter than a test at 5 %, so an alarm means something. */
export function differs(a: Share, b: Share): boolean {
  const [left, right] = [wilson(a), wilson(b)];
  return a.of > 0 && b.of > 0 && (left.high < right.low || right.high < left.low);
}
