import type { Weighted } from "../draw.ts";

export type Band = "under-13" | "13-15" | "16-17" | "adult" | "unknown";

/**
 * How accounts of one kind go about asking young people whether they may write to them, in plain numbers: how many, how fast, how they
 * are answered. Nothing is said by anybody. Every number is chosen; nobody publishes them.
 */
export interface Behaviour {
  kind: string;
  offends: boolean;
  /** Of 100,000 accounts of its side (ordinary, or offending) so many are of this kind. */
  of100k: number;
  bands: ReadonlyArray<Weighted<Band>>;
  /** Age of the account at the beginning, days: from, to. */
  daysOld: readonly [number, number];
  /** Share that asks nobody young at all. */
  asksNobody: number;
  /** Median and spread (of the logarithm) of how many young people are asked. */
  asks: readonly [median: number, sigma: number];
  /** Over how many days they are asked: from, to. */
  overDays: readonly [number, number];
  /** Share of those asked with whom there is a contact in common, at first and once half of them have been asked. */
  common: readonly [first: number, later: number];
  /** Shares of those asked who say yes, and who say no. The others do not answer. Of strangers so many times fewer say yes. */
  accepted: number;
  refused: number;
  strangersAccept: number;
  /** Shares of those asked who block and who report; of those who block, so many take it back. */
  blocked: number;
  reported: number;
  takenBack: number;
  /** Blocks and reports by young people who were not asked: out of groups. Means. */
  blockedElsewhere: number;
  reportedElsewhere: number;
  /** Share that comes back after a closing, on a device or with a handle that the closed account had. */
  comesBack: number;
}

const ADULT: Behaviour["bands"] = [
  ["adult", 0.9],
  ["unknown", 0.1],
];
const YOUNG: Behaviour["bands"] = [
  ["under-13", 0.1],
  ["13-15", 0.5],
  ["16-17", 0.4],
];
const ORDINARY = {
  offends: false,
  bands: ADULT,
  daysOld: [0, 1500],
  asksNobody: 0,
  strangersAccept: 0.8,
  takenBack: 0.2,
  blockedElsewhere: 0,
  reportedElsewhere: 0,
  comesBack: 0.0002,
} as const;

export const ORDINARY_ACCOUNTS: readonly Behaviour[] = [
  {
    ...ORDINARY,
    kind: "adult",
    of100k: 66_480,
    asksNobody: 0.8,
    asks: [1.5, 0.6],
    overDays: [1, 90],
    common: [0.6, 0.7],
    accepted: 0.8,
    refused: 0.05,
    blocked: 0.008,
    reported: 0.0002,
    blockedElsewhere: 0.004,
    reportedElsewhere: 0.0003,
  },
  {
    ...ORDINARY,
    kind: "family",
    of100k: 9000,
    asks: [4, 0.5],
    overDays: [1, 60],
    common: [0.55, 0.85],
    accepted: 0.95,
    refused: 0.01,
    blocked: 0.012,
    reported: 0.0002,
  },
  {
    ...ORDINARY,
    kind: "teenager",
    of100k: 19_000,
    bands: YOUNG,
    asks: [9, 0.8],
    overDays: [5, 90],
    common: [0.7, 0.85],
    accepted: 0.8,
    refused: 0.06,
    blocked: 0.02,
    reported: 0.001,
    blockedElsewhere: 0.15,
    reportedElsewhere: 0.006,
  },
  {
    ...ORDINARY,
    kind: "popular-teenager",
    of100k: 1500,
    bands: YOUNG,
    asks: [70, 0.6],
    overDays: [30, 90],
    common: [0.55, 0.8],
    accepted: 0.82,
    refused: 0.05,
    blocked: 0.02,
    reported: 0.002,
    blockedElsewhere: 1,
    reportedElsewhere: 0.06,
  },
  {
    ...ORDINARY,
    kind: "quarrelsome-teenager",
    of100k: 900,
    bands: YOUNG,
    asks: [20, 0.8],
    overDays: [10, 90],
    common: [0.7, 0.8],
    accepted: 0.55,
    refused: 0.2,
    blocked: 0.12,
    reported: 0.02,
    blockedElsewhere: 2.5,
    reportedElsewhere: 0.4,
  },
  {
    ...ORDINARY,
    kind: "newcomer",
    of100k: 600,
    bands: [
      ["adult", 0.3],
      ["13-15", 0.4],
      ["16-17", 0.3],
    ],
    daysOld: [0, 30],
    asks: [14, 0.5],
    overDays: [2, 21],
    common: [0.2, 0.75],
    accepted: 0.75,
    refused: 0.08,
    blocked: 0.02,
    reported: 0.001,
  },
  {
    ...ORDINARY,
    kind: "coach",
    of100k: 900,
    asks: [18, 0.5],
    overDays: [1, 14],
    common: [0.15, 0.8],
    accepted: 0.93,
    refused: 0.02,
    strangersAccept: 0.95,
    blocked: 0.008,
    reported: 0.0005,
  },
  {
    ...ORDINARY,
    kind: "teacher",
    of100k: 600,
    asks: [40, 0.6],
    overDays: [2, 40],
    common: [0.2, 0.75],
    accepted: 0.9,
    refused: 0.03,
    strangersAccept: 0.95,
    blocked: 0.012,
    reported: 0.0008,
  },
  {
    ...ORDINARY,
    kind: "tutor",
    of100k: 250,
    asks: [9, 0.7],
    overDays: [10, 90],
    common: [0.25, 0.4],
    accepted: 0.6,
    refused: 0.12,
    blocked: 0.03,
    reported: 0.002,
  },
  {
    ...ORDINARY,
    kind: "shop",
    of100k: 350,
    daysOld: [0, 900],
    asks: [16, 0.9],
    overDays: [7, 90],
    common: [0.1, 0.25],
    accepted: 0.5,
    refused: 0.2,
    blocked: 0.06,
    reported: 0.003,
  },
  {
    ...ORDINARY,
    kind: "community",
    of100k: 150,
    asks: [90, 0.8],
    overDays: [20, 90],
    common: [0.3, 0.7],
    accepted: 0.75,
    refused: 0.07,
    blocked: 0.025,
    reported: 0.002,
    blockedElsewhere: 3,
    reportedElsewhere: 0.15,
  },
  {
    ...ORDINARY,
    kind: "charity",
    of100k: 80,
    asks: [25, 0.7],
    overDays: [7, 60],
    common: [0.1, 0.3],
    accepted: 0.4,
    refused: 0.2,
    blocked: 0.05,
    reported: 0.004,
  },
  {
    ...ORDINARY,
    kind: "advertiser",
    of100k: 190,
    bands: [
      ["adult", 0.6],
      ["unknown", 0.3],
      ["16-17", 0.1],
    ],
    daysOld: [0, 40],
    asks: [120, 1],
    overDays: [1, 10],
    common: [0, 0.02],
    accepted: 0.12,
    refused: 0.25,
    blocked: 0.15,
    reported: 0.004,
    comesBack: 0.03,
  },
];

const OFFENDING = {
  offends: true,
  daysOld: [0, 500],
  asksNobody: 0,
  strangersAccept: 0.85,
  takenBack: 0.05,
  blockedElsewhere: 0,
  reportedElsewhere: 0,
  comesBack: 0.05,
} as const;

export const OFFENDING_ACCOUNTS: readonly Behaviour[] = [
  {
    ...OFFENDING,
    kind: "fast",
    of100k: 25_000,
    bands: ADULT,
    daysOld: [0, 60],
    asks: [50, 0.6],
    overDays: [1, 14],
    common: [0, 0.1],
    accepted: 0.25,
    refused: 0.25,
    blocked: 0.12,
    reported: 0.03,
  },
  {
    ...OFFENDING,
    kind: "patient",
    of100k: 25_000,
    bands: ADULT,
    asks: [20, 0.5],
    overDays: [40, 90],
    common: [0.05, 0.35],
    accepted: 0.45,
    refused: 0.15,
    blocked: 0.09,
    reported: 0.025,
  },
  {
    ...OFFENDING,
    kind: "says-is-young",
    of100k: 25_000,
    bands: YOUNG,
    daysOld: [0, 120],
    asks: [35, 0.6],
    overDays: [5, 60],
    common: [0.05, 0.45],
    accepted: 0.55,
    refused: 0.12,
    blocked: 0.1,
    reported: 0.03,
  },
  {
    ...OFFENDING,
    kind: "through-a-group",
    of100k: 10_000,
    bands: ADULT,
    asks: [12, 0.5],
    overDays: [10, 60],
    common: [0.9, 0.95],
    accepted: 0.6,
    refused: 0.1,
    blocked: 0.1,
    reported: 0.03,
    blockedElsewhere: 0.5,
    reportedElsewhere: 0.15,
  },
  {
    ...OFFENDING,
    kind: "few",
    of100k: 15_000,
    bands: ADULT,
    asks: [2, 0.4],
    overDays: [5, 90],
    common: [0.3, 0.4],
    accepted: 0.6,
    refused: 0.1,
    blocked: 0.08,
    reported: 0.03,
  },
];
