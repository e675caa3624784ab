import type { Weighted } from "../draw.ts";
import type { Habit } from "../profile.ts";
import { WORLD_2022 } from "../world-2022.ts";
import { LARGE_SENDERS, PUBLISHED, type LargeSender, type PublishedYear } from "./published.ts";
import type { Surface, YearPlatform, YearProfile } from "./year-profile.ts";

/** What does not change from year to year about a sender. Small ones share what the large ones leave, as in 2022. */
interface Sender {
  name: string;
  main: Habit;
  viewedShare: number;
  localTime?: true;
  thinShare: number;
  surfaces: ReadonlyArray<Weighted<Surface>>;
}

const chats: Sender["surfaces"] = [
  ["message", 0.65],
  ["group", 0.15],
  ["public", 0.15],
  ["account", 0.05],
];
const posts: Sender["surfaces"] = [
  ["message", 0.2],
  ["group", 0.1],
  ["public", 0.6],
  ["account", 0.1],
];
const store: Sender["surfaces"] = [
  ["cloud", 0.85],
  ["message", 0.1],
  ["account", 0.05],
];

const LARGE: Readonly<Record<LargeSender, Sender>> = {
  "example-social": {
    name: "Example Social",
    main: "good",
    viewedShare: 0.8,
    thinShare: 0.02,
    surfaces: chats,
  },
  "example-pictures": {
    name: "Example Pictures",
    main: "never-ticks-meme",
    viewedShare: 0.7,
    thinShare: 0.02,
    surfaces: chats,
  },
  "example-messenger": {
    name: "Example Messenger",
    main: "over-ticks-viewed",
    viewedShare: 0.5,
    thinShare: 0.02,
    // It has always been encrypted from end to end: what it sees are profiles, groups and what users report.
    surfaces: [
      ["account", 0.4],
      ["group", 0.4],
      ["message", 0.2],
    ],
  },
  "example-storage": {
    name: "Example Storage",
    main: "good",
    viewedShare: 0.6,
    thinShare: 0.02,
    surfaces: store,
  },
  "example-stories": {
    name: "Example Stories",
    main: "good",
    viewedShare: 0.7,
    localTime: true,
    thinShare: 0.02,
    surfaces: chats,
  },
  "example-clips": {
    name: "Example Clips",
    main: "good",
    viewedShare: 0.9,
    thinShare: 0.02,
    surfaces: posts,
  },
  "example-rooms": {
    name: "Example Rooms",
    main: "no-time-zone",
    viewedShare: 0.6,
    thinShare: 0.02,
    surfaces: chats,
  },
  "example-bird": {
    name: "Example Bird",
    main: "login-ip-only",
    viewedShare: 0.5,
    thinShare: 0.02,
    surfaces: posts,
  },
};

/** Small senders, with their part of what the large ones leave (percent of all reports of 2022). */
const SMALL: ReadonlyArray<readonly [string, number, Sender]> = [
  [
    "example-roulette",
    1.9,
    { name: "Example Roulette", main: "login-ip-only", viewedShare: 0.4, thinShare: 0.3, surfaces: chats },
  ],
  [
    "example-office",
    0.34,
    { name: "Example Office", main: "hash-only", viewedShare: 0.4, thinShare: 0.3, surfaces: store },
  ],
  [
    "example-board",
    0.2,
    {
      name: "Example Board",
      main: "good",
      viewedShare: 0.6,
      localTime: true,
      thinShare: 0.3,
      surfaces: posts,
    },
  ],
  [
    "example-shop",
    0.17,
    { name: "Example Shop", main: "hash-only", viewedShare: 0.4, thinShare: 0.3, surfaces: store },
  ],
  [
    "example-forum",
    0.16,
    { name: "Example Forum", main: "never-ticks-meme", viewedShare: 0.7, thinShare: 0.3, surfaces: posts },
  ],
  [
    "example-others",
    1.37,
    {
      name: "Example Others",
      main: "no-time-zone",
      viewedShare: 0.5,
      localTime: true,
      thinShare: 0.3,
      surfaces: posts,
    },
  ],
];

/** The family of platforms of which it was published how many reports rest on behaviour. */
const FAMILY: ReadonlySet<string> = new Set(LARGE_SENDERS.slice(0, 3));

function habitsOf(id: string, main: Habit, row: PublishedYear): YearPlatform["habits"] {
  // Stanford, 2024: a platform first sent only the addresses of logins; our choice is that this was commoner before 2022.
  const rest = row.year < 2022 ? 0.5 : 0.4;
  const other = main === "good" ? "never-ticks-meme" : "good";
  const logins = row.year < 2022 ? 0.25 : 0.15;
  const content: Array<[Habit, number]> = [
    [main, 1 - rest],
    [other, rest * (0.75 - logins)],
    ["login-ip-only", rest * logins],
    ["no-time-zone", rest * 0.15],
    ["hash-only", rest * 0.1],
  ];
  const behaviour = FAMILY.has(id) ? row.behaviourShare : row.behaviourShare / 10;
  return [
    ...content.map(([habit, share]): Weighted<Habit> => [habit, share * (1 - behaviour)]),
    ["behaviour-only", behaviour],
  ];
}

function platformsOf(row: PublishedYear): YearPlatform[] {
  const large = LARGE_SENDERS.map((id) => [id, row.senders[id], LARGE[id]] as const);
  const named = large.reduce((sum, [, reports]) => sum + reports, 0);
  const left = row.total - row.trainingData - named;
  const parts = SMALL.reduce((sum, [, part]) => sum + part, 0);
  const all = [...large, ...SMALL.map(([id, part, sender]) => [id, (left * part) / parts, sender] as const)];
  return all.map(([id, reports, { name, main, viewedShare, localTime, thinShare, surfaces }]) => ({
    id,
    name,
    habits: habitsOf(id, main, row),
    viewedShare,
    localTime: localTime ?? false,
    share: reports / (row.total - row.trainingData),
    thinShare,
    surfaces,
  }));
}

/** The countries of 2022 with the year's share of the United Kingdom and of the unknown; the others keep their proportions. */
function countriesOf(row: PublishedYear): YearProfile["countries"] {
  const known = WORLD_2022.block.flatMap(({ kinds }) => kinds.flatMap(({ countries }) => countries));
  const others = known.filter(([country]) => country !== null && country !== "GB");
  const sum = others.reduce((all, [, weight]) => all + weight, 0);
  const kingdom = row.unitedKingdom / row.total;
  return [
    ["GB", kingdom],
    [null, row.unknownCountry],
    ...others.map(
      ([country, weight]): Weighted<string | null> => [
        country,
        (weight / sum) * (1 - kingdom - row.unknownCountry),
      ],
    ),
  ];
}

/** Logarithm's mean that gives so many files a report; fitted over 2.8 to 4.2 for a deviation of 0.7, right to a hundredth. */
function muFor(files: number): number {
  return 0.793 + 1.0167 * (Math.log(files) - 1.0456);
}

const SIGMA = 0.7;
/** Meta, 2021: copies of six videos were over half of what was reported in October and November 2020. Other years: our choice. */
const HEAD_SHARE = 0.55;
const HEAD_MONTHS: Readonly<Record<number, readonly [string, string]>> = {
  2019: ["2019-03-01", "2019-04-30"],
  2020: ["2020-10-01", "2020-11-30"],
  2021: ["2021-05-01", "2021-06-30"],
  2022: ["2022-02-01", "2022-03-31"],
  2023: ["2023-08-01", "2023-09-30"],
  2024: ["2024-04-01", "2024-05-31"],
  2025: ["2025-06-01", "2025-07-31"],
};
/** 2020 (NCMEC): 29.0 percent of videos new by their bytes, 11.8 to the eye; elsewhere the shares of 2022. */
const FRESH_VIDEO_2020 = { fresh: 0.29, altered: 1 - 0.118 / 0.29 };

function itemsOf(row: PublishedYear, head: YearPlatform): YearProfile["items"] {
  const { fresh, altered, viral } = WORLD_2022.catalogue;
  const video = row.year === 2020 ? FRESH_VIDEO_2020 : { fresh: fresh.video, altered: altered.video };
  const [from, to] = HEAD_MONTHS[row.year] ?? [`${row.year}-05-01`, `${row.year}-06-30`];
  return {
    // Viral days and the head are videos, so fewer of the others are, and those must be newer for the year to come out right.
    fresh: {
      photo: fresh.photo,
      video: (video.fresh * VIDEO_SHARE) / (VIDEO_SHARE - everybodys(head)),
      other: fresh.other,
    },
    altered: { photo: altered.photo, video: video.altered, other: 0 },
    viral,
    known: 0.5,
    viralItems: 2_000,
    knownItems: 2_000_000,
    head: { platform: head.id, from, to, share: HEAD_SHARE },
    perceptualShare: 0.3,
  };
}

/** Six days of three to ten times the ordinary number: about 8 percent of a year's reports, of which one file in three. */
const VIRAL_DAYS = { count: 6, least: 3, most: 10 };
const VIRAL_DAYS_SHARE = 0.0285;
const VIDEO_SHARE = 0.427;

/** Share of all files that are an item of a viral day or of the head. */
function everybodys(head: YearPlatform): number {
  return VIRAL_DAYS_SHARE + (head.share * 2 * HEAD_SHARE) / 12;
}

function profileOf(row: PublishedYear): YearProfile {
  const platforms = platformsOf(row);
  const [head] = platforms;
  if (head === undefined) throw new RangeError(`no sender is published for ${row.year}`);
  const behaviour = platforms.reduce(
    (sum, { share, habits }) =>
      sum + share * (habits.find(([habit]) => habit === "behaviour-only")?.[1] ?? 0),
    0,
  );
  const { enticement, behaviourIsEnticement } = enticementOf(row, behaviour);
  const trafficking = row.trafficking / row.total;
  const rest = WORLD_2022.incidents.filter(
    ([kind]) => kind !== "enticement" && kind !== "trafficking" && kind !== "abuse-material",
  );
  const small = rest.reduce((sum, [, percent]) => sum + percent / 100, 0);
  const conduct = enticement + trafficking;
  return {
    id: `year-${row.year}`,
    year: row.year,
    total: row.total,
    platforms,
    countries: countriesOf(row),
    incidents: [
      ["abuse-material", 1 - enticement - trafficking - small],
      ["enticement", enticement],
      ["trafficking", trafficking],
      ...rest.map(([kind, percent]): Weighted<typeof kind> => [kind, percent / 100]),
    ],
    behaviourIsEnticement,
    intents: WORLD_2022.intents,
    files: {
      ...WORLD_2022.files,
      kinds: WORLD_2022.files.kinds.map(([kind, share]) => [
        kind,
        kind === "video" ? share - everybodys(head) : share,
      ]),
      // What comes without a file leaves more for the others.
      mu: muFor(row.filesPerReport / ((1 - behaviour) * (1 - 0.03 - conduct * 0.57))),
      sigma: SIGMA,
    },
    items: itemsOf(row, head),
    people: { zipf: 2, most: 500 },
    accounts: ACCOUNTS,
    networks: WORLD_2022.networks,
    addresses: {
      ipv6Share: 0.45,
      homesPerAddress: 3,
      carrierUsers: { least: 2, most: 3.5 },
      mostCrowded: 5_000,
    },
    portShare: WORLD_2022.portShare,
    age: WORLD_2022.age,
    urgent: { r1: row.escalatedShare, r2: WORLD_2022.urgent.r2 },
    declaredShare: 0.05,
    errorShare: WORLD_2022.errorShare,
    listedShare: WORLD_2022.listedShare,
    repeats: { amendment: 0.014, secondInlet: 0.014, retraction: 0.002 },
    viralDays: VIRAL_DAYS,
    dump:
      row.trainingData === 0
        ? null
        : {
            platform: "example-models",
            // When it was handed in was not published: eleven days, one a month, our choice.
            days: Array.from(
              { length: 11 },
              (_, month) => `${row.year}-${String(month + 1).padStart(2, "0")}-12`,
            ),
            share: row.trainingData / row.total,
          },
  };
}

/**
 * How the year's reports of enticement are shared out between those with content and those of behaviour alone. In 2022 two of five
 * rested on behaviour, with one report in two hundred of behaviour; where behaviour is much more, three of five.
 */
function enticementOf(
  row: PublishedYear,
  behaviour: number,
): { enticement: number; behaviourIsEnticement: number } {
  const all = row.enticement / row.total;
  const alone = behaviour === 0 ? 0 : Math.min(0.6 * all, behaviour);
  return {
    enticement: (all - alone) / (1 - behaviour),
    behaviourIsEnticement: behaviour === 0 ? 0 : alone / behaviour,
  };
}

/**
 * Accounts of one person. Nobody publishes how many people come back under another name, nor what gives them away: our choice, set
 * before anything was measured with it, so that two of three further accounts can be found by a verified handle or a sender's word.
 */
const ACCOUNTS: YearProfile["accounts"] = {
  elsewhere: 0.25,
  manyPlatforms: 0.3,
  aliases: 0.3,
  mostAliases: 12,
  firstAccount: 0.75,
  ownMail: { first: 0.9, further: 0.55 },
  mailVerified: 0.8,
  phone: 0.5,
  phoneVerified: 0.7,
  device: { first: 0.25, further: 0.2 },
  payment: { first: 0.05, further: 0.04 },
  households: { share: 0.06, device: 0.2, payment: 0.5, mail: 0.03 },
  namesEarlier: 0.25,
};

/** The years that can be simulated, from what was published about each. */
export const yearProfiles: ReadonlyMap<number, YearProfile> = new Map(
  PUBLISHED.map((row) => [row.year, profileOf(row)]),
);
