/** The old value where it says the same as the new one, all the way down, so that a page sees only what changed. */
export function keepSame<T>(before: T | undefined, now: T): T {
  return before !== undefined && isSame(before, now) ? before : now;
}

/** The same for each entry of a list by its key, then for the list. */
export function keepEach<T>(
  before: readonly T[] | undefined,
  now: readonly T[],
  keyOf: (one: T) => string,
): readonly T[] {
  if (before === undefined) return now;
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const kept = now.map((one) => keepSame(known.get(keyOf(one)), one));
  return kept.length === before.length && kept.every((one, at) => one === before[at]) ? before : kept;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && isSame(value, b.get(key)));
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, at) => isSame(one, b[at]))
    );
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
}
