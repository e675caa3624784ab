/** @param share from 0 to 1. @returns the smallest value that at least that share of all does not exceed; 0 of none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** To a whole number of thousandths. */
export function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
