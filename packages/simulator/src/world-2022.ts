import type { Weighted } from "./draw.ts";
import { ERROR_KINDS, type Habit, type Platform, type Profile } from "./profile.ts";

const habits = (main: Habit, share: number): ReadonlyArray<Weighted<Habit>> => [
  [main, share],
  [main === "good" ? "never-ticks-meme" : "good", (1 - share) * 0.6],
  ["login-ip-only", (1 - share) * 0.15],
  ["no-time-zone", (1 - share) * 0.15],
  ["hash-only", (1 - share) * 0.1],
];

function platform(id: string, main: Habit, viewedShare: number, localTime = false): Platform {
  const name = `Example ${id.slice("example-".length).replace(/^./, (first) => first.toUpperCase())}`;
  return { id, name, habits: habits(main, 0.6), viewedShare, localTime };
}

/**
 * The shares of 2022, by shape: no platform of the stream is a real one. Percent of all reports (NCMEC, reports by
 * electronic service provider 2022; transcribed by apparebit/intransparent, CC BY 4.0).
 */
const PLATFORMS: Profile["platforms"] = [
  [platform("example-social", "good", 0.8), 66.02],
  [platform("example-pictures", "never-ticks-meme", 0.7), 15.62],
  [platform("example-storage", "good", 0.6), 6.78],
  [platform("example-messenger", "over-ticks-viewed", 0.5), 3.17],
  [platform("example-roulette", "login-ip-only", 0.4), 1.9],
  [platform("example-stories", "good", 0.7, true), 1.72],
  [platform("example-clips", "good", 0.9), 0.9],
  [platform("example-rooms", "no-time-zone", 0.6), 0.53],
  [platform("example-office", "hash-only", 0.4), 0.34],
  [platform("example-bird", "login-ip-only", 0.5), 0.31],
  [platform("example-board", "good", 0.6, true), 0.2],
  [platform("example-shop", "hash-only", 0.4), 0.17],
  [platform("example-forum", "never-ticks-meme", 0.7), 0.16],
  [platform("example-others", "no-time-zone", 0.5, true), 1.37],
];

/**
 * Where people are, in percent of all reports (NCMEC, reports by country 2022, same transcription). The United States, the
 * unknown and the United Kingdom have their published shares; the other countries named here share what is left by their counts
 * in thousands.
 */
const US_SHARE = 5.99;
const UNKNOWN_SHARE = 4.09;
const GB_SHARE = 0.99;
const THOUSANDS: ReadonlyArray<readonly [string, number]> = [
  ["IN", 5675],
  ["PH", 2576],
  ["BD", 2145],
  ["PK", 2060],
  ["ID", 1878],
  ["VN", 957],
  ["IQ", 906],
  ["MX", 816],
  ["DZ", 731],
  ["CO", 648],
  ["BR", 611],
  ["SA", 603],
  ["TH", 526],
  ["EG", 431],
  ["VE", 301],
  ["TR", 276],
  ["FR", 227],
  ["DE", 138],
];
const thousands = THOUSANDS.reduce((sum, [, count]) => sum + count, 0);
const COUNTRIES: ReadonlyArray<Weighted<string | null>> = [
  ["US", US_SHARE],
  [null, UNKNOWN_SHARE],
  ["GB", GB_SHARE],
  ...THOUSANDS.map(
    ([country, count]): Weighted<string | null> => [
      country,
      ((100 - US_SHARE - UNKNOWN_SHARE - GB_SHARE) * count) / thousands,
    ],
  ),
];

/** The world's stream of 2022. README.md names the source of each number; those without one are our choice. */
export const WORLD_2022: Profile = {
  id: "world-2022",
  platforms: PLATFORMS,
  block: [
    {
      count: 1,
      kinds: [
        {
          name: "any",
          countries: COUNTRIES,
          declaredShare: 0.05,
          resolvable: false,
          namelessShare: 0.04,
          errors: ERROR_KINDS,
        },
      ],
    },
  ],
  incidents: [
    ["abuse-material", 99.508],
    ["enticement", 0.251],
    ["obscene-to-child", 0.111],
    ["trafficking", 0.057],
    ["contact-abuse", 0.04],
    ["misleading-words", 0.023],
    ["misleading-domain", 0.006],
    ["travel", 0.003],
  ],
  behaviourShare: 0.4,
  intents: [
    ["viral-or-outrage", 0.45],
    ["teen-peer", 0.15],
    ["spam", 0.05],
    ["unknown", 0.1],
    ["trading", 0.17],
    ["producing", 0.03],
    ["contact", 0.05],
  ],
  files: {
    kinds: [
      ["photo", 0.559],
      ["video", 0.427],
      ["other", 0.014],
    ],
    mu: 0.793,
    sigma: 0.7,
    most: 200,
    none: { material: 0.03, conduct: 0.6 },
  },
  catalogue: {
    fresh: { photo: 0.535, video: 0.449, other: 0.9 },
    altered: { photo: 0.29, video: 0.51, other: 0 },
    viral: 0.4,
  },
  people: { fresh: 0.35, most: 500 },
  networks: { carrierNat: 0.5, vpn: 0.1 },
  portShare: 0.1,
  age: { mu: 1.18, sigma: 1.73, most: 700 },
  urgent: { r1: 0.005, r2: 0.05 },
  errorShare: 0.01,
  listedShare: 0.3,
  duplicateShare: 0.03,
  review: "stated",
  zoneless: "field",
};
