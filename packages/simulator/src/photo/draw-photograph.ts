import { type Random, randomStream } from "../random.ts";
import { hills, mixed } from "./noise.ts";
import { anyShape } from "./shape.ts";

/** Pixels in rows, each red, green and blue. */
export interface Photograph {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

type Colour = readonly [number, number, number];

/** How many things stand in a picture, and how much its grain moves a pixel either way. */
const THINGS = { least: 10, more: 14 } as const;
const GRAIN = 4;

/**
 * A made-up photograph: light over rolling ground, things of any form on it, grain over all. Nothing in it is anything; it has as much
 * in it as a photograph has, so that what recognises photographs can be tried on it. The same seed and number give the same bytes.
 *
 * @param size pixels across and down, at least 64 each
 */
export function drawPhotograph(
  seed: string,
  number: number,
  { width, height }: { width: number; height: number },
): Photograph {
  const random = randomStream(seed, "photograph", number);
  const pixels = new Uint8Array(width * height * 3);
  paintGround(random, { width, height, pixels });
  for (let left = THINGS.least + random.below(THINGS.more); left > 0; left -= 1)
    paintThing(random, { width, height, pixels });
  for (let at = 0; at < pixels.length; at += 3) {
    const grain = (random.word() % (2 * GRAIN + 1)) - GRAIN;
    for (let channel = 0; channel < 3; channel += 1)
      pixels[at + channel] = inByte((pixels[at + channel] ?? 0) + grain);
  }
  return { width, height, pixels };
}

function paintGround(random: Random, { width, height, pixels }: Photograph): void {
  const [above, below] = [anyColour(random), anyColour(random)];
  const field = hills(random, 3 + random.below(4));
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const rise = 55 * field(x / width, y / height);
      for (let channel = 0; channel < 3; channel += 1, at += 1)
        pixels[at] = inByte(mixed(above[channel] ?? 0, below[channel] ?? 0, y / height) + rise);
    }
}

/** One thing, lighter on one side than on the other. */
function paintThing(random: Random, { width, height, pixels }: Photograph): void {
  const shape = anyShape(random);
  const colour = anyColour(random);
  const [slopeX, slopeY] = [120 * (random.unit() - 0.5), 120 * (random.unit() - 0.5)];
  const [firstX, lastX] = [
    Math.max(0, Math.floor(shape.left * width)),
    Math.min(width, Math.ceil(shape.right * width)),
  ];
  const [firstY, lastY] = [
    Math.max(0, Math.floor(shape.top * height)),
    Math.min(height, Math.ceil(shape.bottom * height)),
  ];
  for (let y = firstY; y < lastY; y += 1)
    for (let x = firstX; x < lastX; x += 1) {
      const part = shape.shows((x + 0.5) / width, (y + 0.5) / height);
      if (part === 0) continue;
      const light = slopeX * (x / width - shape.left) + slopeY * (y / height - shape.top);
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        pixels[at + channel] = inByte(mixed(pixels[at + channel] ?? 0, (colour[channel] ?? 0) + light, part));
    }
}

function anyColour(random: Random): Colour {
  return [random.below(256), random.below(256), random.below(256)];
}

function inByte(value: number): number {
  return Math.max(0, Math.min(255, Math.floor(value + 0.5)));
}
