import { pick } from "./draw.ts";
import type { Picture } from "./png.ts";
import type { Random } from "./random.ts";

/** A drawn scene: what it shows, in words, and its picture. */
export interface Scene {
  /** One sentence about the picture, as a person who looks at it would put it. */
  about: string;
  picture: Picture;
}

const COLOURS = {
  red: [196, 48, 43],
  orange: [230, 126, 34],
  yellow: [244, 208, 63],
  green: [39, 134, 78],
  teal: [26, 148, 138],
  blue: [41, 98, 175],
  violet: [113, 67, 158],
  brown: [121, 85, 61],
  white: [248, 248, 245],
  grey: [128, 134, 139],
} as const satisfies Record<string, readonly [number, number, number]>;
type Colour = keyof typeof COLOURS;
const COLOUR_NAMES = Object.keys(COLOURS) as Colour[];

/** Which of three colours (back, middle, front) a place shows; x, y and time run from 0 to 1. */
type Shade = (x: number, y: number, time: number) => 0 | 1 | 2;

/** A wave of whole periods between -1 and 1, made of parabolas: sums and products round alike on every machine. */
function wave(turns: number): number {
  const part = turns - Math.floor(turns);
  return part < 0.5 ? 16 * part * (0.5 - part) : -16 * (part - 0.5) * (1 - part);
}

const inside = (x: number, y: number, cx: number, cy: number, radius: number) =>
  (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius;

interface Kind {
  about: (back: Colour, middle: Colour, front: Colour) => string;
  shade: (a: number, b: number) => Shade;
}

/** What can be drawn. `a` and `b`, from 0 to 1, vary a kind from picture to picture. */
const KINDS: readonly Kind[] = [
  {
    about: (sky, hills, sun) => `A ${sun} sun over ${hills} hills under a ${sky} sky.`,
    shade: (a, b) => (x, y, time) => {
      if (y > 0.62 + 0.12 * wave(x * (1 + 2 * a) + b)) return 1;
      return inside(x, y, 0.2 + 0.6 * b, 0.25 + 0.2 * time, 0.08 + 0.08 * a) ? 2 : 0;
    },
  },
  {
    about: (sky, sea, sail) => `A boat with a ${sail} sail on a ${sea} sea under a ${sky} sky.`,
    shade: (a, b) => (x, y, time) => {
      const mast = 0.25 + 0.5 * b + 0.1 * time;
      if (x > mast && x < mast + 0.02 + (y - 0.3) * (0.4 + 0.4 * a) && y > 0.3 && y < 0.6) return 2;
      return y > 0.66 + 0.02 * wave(x * 6 + a + time) ? 1 : 0;
    },
  },
  {
    about: (wall, first, second) => `${first} and ${second} stripes on a ${wall} ground.`,
    shade: (a, b) => (x, y, time) => {
      const stripe = Math.floor((x * a + y * (1 - a) + 0.1 * time + b) * 12) % 3;
      return stripe === 0 ? 0 : stripe === 1 ? 1 : 2;
    },
  },
  {
    about: (ground, first, second) => `A board of ${first} and ${second} squares on a ${ground} table.`,
    shade: (a, b) => (x, y, time) => {
      const [u, v] = [(x - 0.1) * 10, (y - 0.1) * 10];
      if (u < 0 || v < 0 || u > 8 || v > 8) return 0;
      return (Math.floor(u + a * 8 + time) + Math.floor(v + b * 8)) % 2 === 0 ? 1 : 2;
    },
  },
  {
    about: (ground, outer, inner) => `A ${inner} disc inside ${outer} rings on a ${ground} ground.`,
    shade: (a, b) => (x, y, time) => {
      const [cx, cy] = [0.35 + 0.3 * a, 0.35 + 0.3 * b];
      if (inside(x, y, cx, cy, 0.12 + 0.03 * time)) return 2;
      return [0.2, 0.28, 0.36].some((r) => inside(x, y, cx, cy, r + 0.03) && !inside(x, y, cx, cy, r))
        ? 1
        : 0;
    },
  },
  {
    about: (sky, walls, roof) => `A ${walls} house with a ${roof} roof under a ${sky} sky.`,
    shade: (a, b) => (x, y, time) => {
      const [left, right, eaves] = [0.2 + 0.2 * a, 0.7 + 0.2 * b, 0.5];
      if (y > eaves && y < 0.9 && x > left && x < right)
        return inside(x, y, right - 0.1, eaves + 0.15, 0.04) ? 0 : 1;
      const slope = ((eaves - y) * (right - left)) / 0.5;
      if (y <= eaves && y > 0.25 && x > left - 0.04 + slope && x < right + 0.04 - slope) return 2;
      return inside(x, y, 0.1, 0.15 + 0.1 * time, 0.05) ? 2 : 0;
    },
  },
  {
    about: (sky, tail, kite) => `A ${kite} kite with a ${tail} tail in a ${sky} sky.`,
    shade: (a, b) => (x, y, time) => {
      const [cx, cy] = [0.3 + 0.4 * a, 0.3 + 0.1 * b + 0.1 * time];
      if (Math.abs(x - cx) + Math.abs(y - cy) * 0.7 < 0.12 + 0.04 * b) return 2;
      return y > cy && y < 0.95 && Math.abs(x - cx - 0.06 * wave(y * 3 + b)) < 0.012 ? 1 : 0;
    },
  },
  {
    about: (sky, trunk, crown) => `A tree with a ${crown} crown and a ${trunk} trunk before a ${sky} wall.`,
    shade: (a, b) => (x, y, time) => {
      const cx = 0.3 + 0.4 * a;
      if (inside(x, y, cx + 0.02 * time, 0.35, 0.18 + 0.06 * b)) return 2;
      return Math.abs(x - cx) < 0.03 + 0.02 * b && y > 0.45 && y < 0.92 ? 1 : 0;
    },
  },
];

/**
 * Draws a scene.
 * @param random decides everything that one sees; the same stream gives the same picture
 * @param size pixels across and down, and frames
 * @param copy which copy of the picture this is, 0 to 16,777,215: copies with different numbers never have the same bytes.
 *   `altered` makes it a near duplicate, which looks the same: a little lighter, with one corner marked
 */
export function drawScene(
  random: Random,
  size: { width: number; height: number; frames: number },
  copy: { number: number; altered: boolean },
): Scene {
  const kind = pick(random, KINDS);
  const [back, middle, front] = threeColours(random);
  const shade = kind.shade(random.unit(), random.unit());
  const { width, height } = size;
  const frames = Array.from({ length: size.frames }, (_, frame) => {
    const pixels = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        pixels[y * width + x] = shade((x + 0.5) / width, (y + 0.5) / height, frame / size.frames);
    if (copy.altered) pixels[0] = 3;
    return pixels;
  });
  const step = copy.altered ? 3 : 0;
  const tint = (colour: Colour): [number, number, number] => {
    const [r, g, b] = COLOURS[colour];
    return [r + step, g + step, b + step];
  };
  // The fourth colour is not drawn with, except for an altered copy's corner: it carries the number.
  const mark: [number, number, number] = [
    copy.number & 0xff,
    (copy.number >> 8) & 0xff,
    (copy.number >> 16) & 0xff,
  ];
  return {
    about: sentence(kind.about(back, middle, front)),
    picture: { width, height, palette: [tint(back), tint(middle), tint(front), mark], frames },
  };
}

function threeColours(random: Random): [Colour, Colour, Colour] {
  const first = random.below(COLOUR_NAMES.length);
  const second = (first + 1 + random.below(4)) % COLOUR_NAMES.length;
  const third = (second + 1 + random.below(4)) % COLOUR_NAMES.length;
  const name = (index: number) => COLOUR_NAMES[index] ?? "grey";
  return [name(first), name(second), name(third)];
}

function sentence(text: string): string {
  const worded = text.replaceAll(/\ba (?=orange)/gi, (article) => `${article.trimEnd()}n `);
  return worded.charAt(0).toUpperCase() + worded.slice(1);
}
