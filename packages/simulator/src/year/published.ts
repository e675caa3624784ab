/**
 * What was published about each year, as numbers. Each row names where its numbers come from:
 * P  reports by electronic service provider, NCMEC, as transcribed by apparebit/intransparent (data under CC BY 4.0)
 * C  CyberTipline reports of NCMEC for the year
 * M  Meta's transparency centre, quarterly
 * U  UK-linked reports, NCMEC by country (same transcription as P); 2023 from memory of the NCMEC list
 * -  nothing was published that we know: carried over from the nearest year, which is our choice
 */
export interface PublishedYear {
  year: number;
  /** P. Reports of the year. */
  total: number;
  /** P. Reports of the largest senders, under the names that the simulator gives them. */
  senders: Readonly<Record<LargeSender, number>>;
  /** C. Reports of online enticement; 2025: twice the first half. */
  enticement: number;
  /** C. Reports of trafficking. */
  trafficking: number;
  /** C. Files a report. */
  filesPerReport: number;
  /** U. Reports about people in the United Kingdom. */
  unitedKingdom: number;
  /** Share of reports whose country nobody knows (P by country; 2024: too thin to be routed). */
  unknownCountry: number;
  /** Reports that were escalated (C 2023: 63,892; - elsewhere the same share). */
  escalatedShare: number;
  /** M. Share of the reports of the largest family of platforms that rest on how an account behaves. */
  behaviourShare: number;
  /** P. Reports about training data, by one sender, with nothing about where it came from. */
  trainingData: number;
}

export const LARGE_SENDERS = [
  "example-social",
  "example-pictures",
  "example-messenger",
  "example-storage",
  "example-stories",
  "example-clips",
  "example-rooms",
  "example-bird",
] as const;
export type LargeSender = (typeof LARGE_SENDERS)[number];

/** Before 2021 one number was published for a family of three platforms: shared out as in 2021, our choice. */
function family(total: number): Pick<PublishedYear["senders"], (typeof LARGE_SENDERS)[0 | 1 | 2]> {
  const [social, pictures, messenger] = [22_118_952, 3_393_654, 1_372_696];
  const all = social + pictures + messenger;
  return {
    "example-social": (total * social) / all,
    "example-pictures": (total * pictures) / all,
    "example-messenger": (total * messenger) / all,
  };
}

const ESCALATED_2023 = 63_892 / 36_210_368;

export const PUBLISHED: readonly PublishedYear[] = [
  {
    year: 2019,
    total: 16_987_361,
    senders: {
      ...family(15_884_511),
      "example-storage": 449_283,
      "example-stories": 82_030,
      "example-clips": 596,
      "example-rooms": 19_480,
      "example-bird": 45_726,
    },
    // From memory of the CyberTipline pages of 2019 to 2021, as are the numbers of trafficking: check before you quote them.
    enticement: 19_174,
    trafficking: 11_798,
    filesPerReport: 4.07,
    unitedKingdom: 74_330,
    unknownCountry: 0.012,
    escalatedShare: ESCALATED_2023,
    behaviourShare: 0,
    trainingData: 0,
  },
  {
    year: 2020,
    total: 21_751_085,
    senders: {
      ...family(20_307_216),
      "example-storage": 546_704,
      "example-stories": 144_095,
      "example-clips": 22_692,
      "example-rooms": 15_324,
      "example-bird": 65_062,
    },
    enticement: 37_872,
    trafficking: 15_879,
    filesPerReport: 3.01,
    unitedKingdom: 75_578,
    unknownCountry: 0.012,
    escalatedShare: ESCALATED_2023,
    behaviourShare: 0,
    trainingData: 0,
  },
  {
    year: 2021,
    total: 29_397_681,
    senders: {
      "example-social": 22_118_952,
      "example-pictures": 3_393_654,
      "example-messenger": 1_372_696,
      "example-storage": 875_783,
      "example-stories": 512_522,
      "example-clips": 154_618,
      "example-rooms": 29_606,
      "example-bird": 86_666,
    },
    enticement: 44_155,
    trafficking: 16_032,
    filesPerReport: 2.89,
    unitedKingdom: 97_727,
    unknownCountry: 0.0409,
    escalatedShare: ESCALATED_2023,
    behaviourShare: 0,
    trainingData: 0,
  },
  {
    year: 2022,
    total: 32_059_029,
    senders: {
      "example-social": 21_165_208,
      "example-pictures": 5_007_902,
      "example-messenger": 1_017_555,
      "example-storage": 2_174_548,
      "example-stories": 551_086,
      "example-clips": 288_125,
      "example-rooms": 169_800,
      "example-bird": 98_050,
    },
    enticement: 80_524,
    trafficking: 18_336,
    filesPerReport: 2.76,
    unitedKingdom: 316_900,
    unknownCountry: 0.0409,
    escalatedShare: ESCALATED_2023,
    behaviourShare: 0.005,
    trainingData: 0,
  },
  {
    year: 2023,
    total: 36_210_368,
    senders: {
      "example-social": 17_838_422,
      "example-pictures": 11_430_007,
      "example-messenger": 1_389_618,
      "example-storage": 1_470_958,
      "example-stories": 713_055,
      "example-clips": 590_376,
      "example-rooms": 339_412,
      // Two entries of one sender, which changed its name in the year.
      "example-bird": 597_087 + 273_416,
    },
    enticement: 186_819,
    trafficking: 20_700,
    filesPerReport: 2.9,
    unitedKingdom: 178_648,
    unknownCountry: 0.0409,
    escalatedShare: ESCALATED_2023,
    // Second quarter: 48,000 of 3.7 million.
    behaviourShare: 0.013,
    trainingData: 0,
  },
  {
    year: 2024,
    total: 20_512_803,
    senders: {
      "example-social": 8_590_357,
      "example-pictures": 3_320_008,
      "example-messenger": 1_851_086,
      "example-storage": 1_175_084,
      "example-stories": 1_174_698,
      "example-clips": 1_359_806,
      "example-rooms": 241_354,
      "example-bird": 686_176,
    },
    enticement: 546_000,
    trafficking: 26_823,
    filesPerReport: 3.07,
    // - the share of 2023
    unitedKingdom: 101_200,
    unknownCountry: 0.08,
    escalatedShare: ESCALATED_2023,
    // - half way between the published quarters of 2023 and 2025
    behaviourShare: 0.13,
    trainingData: 0,
  },
  {
    year: 2025,
    total: 21_351_493,
    senders: {
      "example-social": 4_907_710,
      "example-pictures": 3_673_045,
      "example-messenger": 2_355_302,
      "example-storage": 1_461_378,
      "example-stories": 752_031,
      "example-clips": 3_623_177,
      "example-rooms": 489_782,
      "example-bird": 816_611,
    },
    enticement: 2 * 518_720,
    trafficking: 2 * 62_891,
    filesPerReport: 2.89,
    unitedKingdom: 105_300,
    unknownCountry: 0.08,
    escalatedShare: ESCALATED_2023,
    // Second quarter: 528,000 of more than 2 million.
    behaviourShare: 0.26,
    trainingData: 1_105_405,
  },
];
