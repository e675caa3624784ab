import type { Random } from "../random.ts";

/** A smooth field between -1 and 1; x and y run from 0 to 1. */
export type Field = (x: number, y: number) => number;

/**
 * Hills and valleys of three sizes, each half as high as the one before. Sums and products only: they round alike on every machine.
 * @param cells of the largest, along a side
 */
export function hills(random: Random, cells: number): Field {
  const layers = [1, 2, 4].map((finer) => ({ field: lattice(random, cells * finer), height: 1 / finer }));
  return (x, y) => layers.reduce((sum, { field, height }) => sum + height * field(x, y), 0) / 1.75;
}

function lattice(random: Random, cells: number): Field {
  const row = cells + 1;
  const knots = Float64Array.from({ length: row * row }, () => 2 * random.unit() - 1);
  return (x, y) => {
    const [left, top] = [
      Math.min(Math.floor(x * cells), cells - 1),
      Math.min(Math.floor(y * cells), cells - 1),
    ];
    const [across, down] = [eased(x * cells - left), eased(y * cells - top)];
    const at = top * row + left;
    const upper = mixed(knots[at] ?? 0, knots[at + 1] ?? 0, across);
    const lower = mixed(knots[at + row] ?? 0, knots[at + row + 1] ?? 0, across);
    return mixed(upper, lower, down);
  };
}

function eased(part: number): number {
  return part * part * (3 - 2 * part);
}

export function mixed(one: number, other: number, part: number): number {
  return one + (other - one) * part;
}
