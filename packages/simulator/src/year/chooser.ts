import type { Weighted } from "../draw.ts";

/** A choice among weighted values by one draw from 0 up to 1, with the sums made once. */
export function chooser<T>(choices: ReadonlyArray<Weighted<T>>): (draw: number) => T {
  const ends = new Float64Array(choices.length);
  let sum = 0;
  choices.forEach(([, weight], index) => {
    sum += weight;
    ends[index] = sum;
  });
  const values = choices.map(([value]) => value);
  const last = values.at(-1);
  if (values.length === 0 || sum <= 0) throw new RangeError("chooser: nothing has a weight");
  return (draw) => {
    const at = draw * sum;
    let index = 0;
    while (index < values.length - 1 && (ends[index] ?? 0) <= at) index += 1;
    return values[index] ?? (last as T);
  };
}
