/** An instant in UTC to the second, as a field shows it: `2026-11-22T10:00:00Z`. */
export function wholeSecond(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`;
}
