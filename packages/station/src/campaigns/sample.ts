/**
 * How many of so many copies somebody must look at before all are closed: if one in ten of them were something else, a sample of this
 * size drawn by lot would show none of them with a chance below 1 in 20. For many copies that is ln(1/20) / ln(9/10), 29 (sampling for
 * attributes with acceptance at zero; ISO 2859-2's idea of a limiting quality of 10 %).
 */
export function sampleSize(copies: number): number {
  const bad = Math.ceil(copies * BAD_SHARE);
  let unseen = 1;
  for (let drawn = 0; drawn < copies; drawn += 1) {
    if (unseen < MISS) return drawn;
    unseen *= Math.max(0, copies - bad - drawn) / (copies - drawn);
  }
  return copies;
}

const BAD_SHARE = 0.1;
const MISS = 0.05;

/**
 * Draws so many of a list by lot.
 * @param random whole numbers from 0 below its argument
 */
export function draw<Item>(items: readonly Item[], size: number, random: (below: number) => number): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < size && left.length > 0) drawn.push(...left.splice(random(left.length), 1));
  return drawn;
}
