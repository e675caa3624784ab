import { ERROR_KINDS, type Habit, type Profile, type Slot } from "./profile.ts";

const UK: Slot["countries"] = [["GB", 1]];
const ABROAD: Slot["countries"] = [
  ["US", 3],
  ["DE", 2],
  ["FR", 2],
  ["IN", 1],
  ["PH", 1],
];
const UNKNOWN: Slot["countries"] = [[null, 1]];

/** Errors that leave times and addresses as they are, so that an answer to an enquiry stays right. */
const HARMLESS = [
  "generative-ai-mis-set",
  "viewed-mis-set",
  "lookalike-name",
  "injection-text",
  "duplicate",
] as const;

const RESOLVED: Slot = {
  name: "resolved",
  countries: UK,
  habits: [
    ["good", 8],
    ["never-ticks-meme", 2],
    ["over-ticks-viewed", 1],
  ],
  declaredShare: 0.1,
  resolvable: true,
  namelessShare: 0,
  errors: HARMLESS,
};

const DECLARED: Slot = {
  name: "declared",
  countries: UK,
  habits: [
    ["good", 4],
    ["login-ip-only", 3],
    ["no-time-zone", 2],
    ["never-ticks-meme", 1],
  ],
  declaredShare: 1,
  resolvable: false,
  namelessShare: 0,
  errors: ERROR_KINDS,
};

function beyondReach(name: string, countries: Slot["countries"], habit: Habit, namelessShare: number): Slot {
  return {
    name,
    countries,
    habits: [[habit, 1]],
    declaredShare: 0,
    resolvable: false,
    namelessShare,
    errors: ["lookalike-name", "injection-text"],
  };
}

/**
 * What the demonstration chain is fed with: one platform whose reports are mostly about people in the United Kingdom. Seventeen
 * of each twenty can be referred to a force, by an address that an enquiry resolves (twelve) or by a postcode that the person
 * gave the platform (five); the other three show what cannot.
 */
export const UK_DEMO: Profile = {
  id: "uk-demo",
  platforms: [
    [
      {
        id: "example-platform",
        name: "Example Platform",
        habits: [["good", 1]],
        viewedShare: 0.8,
        localTime: true,
      },
      1,
    ],
  ],
  block: [
    { count: 12, kinds: [RESOLVED] },
    { count: 5, kinds: [DECLARED] },
    {
      count: 3,
      kinds: [
        beyondReach("foreign", ABROAD, "good", 0),
        beyondReach("unlocatable", UNKNOWN, "good", 0.5),
        beyondReach("behaviour-only", UK, "behaviour-only", 0),
        beyondReach("hash-only", UK, "hash-only", 0),
      ],
    },
  ],
  incidents: [
    ["abuse-material", 94],
    ["enticement", 4],
    ["obscene-to-child", 1],
    ["trafficking", 0.5],
    ["contact-abuse", 0.5],
  ],
  behaviourShare: 0,
  intents: [
    ["viral-or-outrage", 0.35],
    ["teen-peer", 0.12],
    ["spam", 0.03],
    ["unknown", 0.15],
    ["trading", 0.25],
    ["producing", 0.04],
    ["contact", 0.06],
  ],
  files: {
    kinds: [
      ["photo", 0.8],
      ["video", 0.15],
      ["other", 0.05],
    ],
    mu: 0.569,
    sigma: 0.6,
    most: 8,
    none: { material: 0.03, conduct: 0.4 },
  },
  catalogue: {
    fresh: { photo: 0.535, video: 0.449, other: 0.9 },
    altered: { photo: 0.29, video: 0.51, other: 0 },
    viral: 0.4,
  },
  people: { fresh: 0.5, most: 60 },
  networks: { carrierNat: 0.5, vpn: 0.1 },
  portShare: 0.1,
  age: { mu: 1.18, sigma: 1.73, most: 80 },
  urgent: { r1: 0.01, r2: 0.05 },
  errorShare: 0.04,
  listedShare: 0,
  duplicateShare: 0.03,
  review: "planned",
  zoneless: "note",
};
