import { pick } from "../draw.ts";
import type { Random } from "../random.ts";

/** A thing in a picture: where it may be, and what of it shows at a place, 0 (nothing) to 1. Places run from 0 to 1. */
export interface Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly shows: (x: number, y: number) => number;
}

/** Tells what shows of a thing by how far a place is from its middle, along and across, in halves of its size. */
type Form = (along: number, across: number) => number;

const FORMS: ReadonlyArray<(a: number) => Form> = [
  () => (u, v) => (u * u + v * v < 1 ? 1 : 0),
  (a) => (u, v) => {
    const from = u * u + v * v;
    return from < 1 && from > 0.2 + 0.4 * a ? 1 : 0;
  },
  () => (u, v) => (Math.abs(u) < 1 && Math.abs(v) < 1 ? 1 : 0),
  () => (u, v) => (Math.abs(v) < 1 && u > -1 && u < Math.abs(v) * -2 + 1 ? 1 : 0),
  (a) => (u, v) => {
    if (Math.abs(u) >= 1 || Math.abs(v) >= 1) return 0;
    return Math.floor((u + 1) * (2 + 3 * a)) % 2 === 0 ? 1 : 0.25;
  },
  (a) => (u, v) => {
    if (Math.abs(u) >= 1 || Math.abs(v) >= 1) return 0;
    const cells = 2 + Math.floor(3 * a);
    return (Math.floor((u + 1) * cells) + Math.floor((v + 1) * cells)) % 2 === 0 ? 1 : 0.2;
  },
];

/** Any of the forms, of any size, anywhere, at any angle. */
export function anyShape(random: Random): Shape {
  const form = pick(random, FORMS)(random.unit());
  const [x, y] = [random.unit(), random.unit()];
  const [long, wide] = [0.05 + 0.22 * random.unit(), 0.04 + 0.16 * random.unit()];
  const [across, down] = [2 * random.unit() - 1, 2 * random.unit() - 1];
  const length = Math.sqrt(across * across + down * down);
  const [cos, sin] = length < 0.01 ? [1, 0] : [across / length, down / length];
  const reach = long + wide;
  return {
    left: x - reach,
    top: y - reach,
    right: x + reach,
    bottom: y + reach,
    shows: (px, py) => {
      const [dx, dy] = [px - x, py - y];
      return form((dx * cos + dy * sin) / long, (dy * cos - dx * sin) / wide);
    },
  };
}
