/**
 * A function whose answer for an object is kept as long as the object is. For objects that nobody changes: the library's states,
 * and byte strings inside of them.
 */
export function remembered<T extends object, R extends readonly unknown[], V>(
  make: (from: T, ...rest: R) => V,
): (from: T, ...rest: R) => V {
  const known = new WeakMap<T, V>();
  return (from, ...rest) => {
    const before = known.get(from);
    if (before !== undefined) return before;
    const now = make(from, ...rest);
    known.set(from, now);
    return now;
  };
}
