const DIGITS = 65_536;

/** The places of the ids in ascending order of the ids, equal ones in the order they have. */
export function orderOf(ids: Uint32Array): Uint32Array {
  const order = Uint32Array.from({ length: ids.length }, (_, place) => place);
  if (ids.every((id, place) => place === 0 || (ids[place - 1] ?? 0) <= id)) return order;
  return byDigit(byDigit(order, ids, 0), ids, 16);
}

/** One pass of a radix sort, by the 16 bits from `shift` on. */
function byDigit(order: Uint32Array, ids: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(DIGITS + 1);
  for (const id of ids) {
    const digit = (id >>> shift) & (DIGITS - 1);
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  }
  for (let digit = 1; digit <= DIGITS; digit++)
    starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (const place of order) {
    const digit = ((ids[place] ?? 0) >>> shift) & (DIGITS - 1);
    const to = starts[digit] ?? 0;
    sorted[to] = place;
    starts[digit] = to + 1;
  }
  return sorted;
}
