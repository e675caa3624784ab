/**
 * Whether somebody may be under 18. Only the year is asked for, so a person counts as young until the end of the year in which they
 * turn 18. An unknown year says nothing.
 */
export function mayBeYoung(birthYear: number | null, now: number): boolean {
  return birthYear !== null && new Date(now).getUTCFullYear() - birthYear <= 18;
}
