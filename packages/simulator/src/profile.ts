import type { IncidentType } from "@fairlead/report";
import type { CatalogueRates } from "./catalogue.ts";
import type { Weighted } from "./draw.ts";
import type { MaterialKind } from "./material.ts";

/** How a sender writes its reports. Each habit but the first is one that officers complain of (agency.md 1.1 and 8). */
export const HABITS = [
  "good",
  "login-ip-only",
  "hash-only",
  "no-time-zone",
  "over-ticks-viewed",
  "never-ticks-meme",
  "behaviour-only",
] as const;
export type Habit = (typeof HABITS)[number];

/** What somebody shared a thing for. The truth knows; no report says. */
export const INTENTS = [
  "viral-or-outrage",
  "teen-peer",
  "spam",
  "trading",
  "producing",
  "contact",
  "unknown",
] as const;
export type Intent = (typeof INTENTS)[number];

/** What is made wrong on purpose, each recorded in the truth. */
export const ERROR_KINDS = [
  "twelve-hour",
  "dst-fold",
  "day-month-swapped",
  "wrong-year",
  "no-zone",
  "ip-digits-transposed",
  "billing-for-installation",
  "duplicate",
  "generative-ai-mis-set",
  "viewed-mis-set",
  "lookalike-name",
  "injection-text",
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** A sender of the stream. */
export interface Platform {
  /** Name of its account at the receiving station. */
  id: string;
  name: string;
  habits: ReadonlyArray<Weighted<Habit>>;
  /** Share of files that a person at the platform really looked at in full. */
  viewedShare: number;
  /** Whether it writes its own offset (`+01:00`) rather than `Z`. */
  localTime: boolean;
}

/** A kind of report that a profile asks for. */
export interface Slot {
  name: string;
  /** ISO 3166-1 alpha-2, or null where nobody knows where the person is. */
  countries: ReadonlyArray<Weighted<string | null>>;
  /** Instead of the platform's own habits. */
  habits?: ReadonlyArray<Weighted<Habit>>;
  /** Share of reports of people in the United Kingdom that carry the postcode they gave the platform. */
  declaredShare: number;
  /** Every report names events that a provider can resolve to one home: own address, or shared address with port. */
  resolvable: boolean;
  /** Share of reports that name a person by nothing but a name on the screen. */
  namelessShare: number;
  /** Kinds of error that may be made here, each in `errorShare` of the reports it can be made in. */
  errors: readonly ErrorKind[];
}

/** Everything that a stream is drawn from. Shares run from 0 to 1. */
export interface Profile {
  id: string;
  platforms: ReadonlyArray<Weighted<Platform>>;
  /**
   * A block of reports, which repeats: so many of them, each of one of these kinds. The order within a block is random. Where
   * the block is large, even a short stream keeps the proportions exactly.
   */
  block: ReadonlyArray<{ count: number; kinds: readonly Slot[] }>;
  incidents: ReadonlyArray<Weighted<IncidentType>>;
  /** Share of enticement reports that rest on a model of behaviour alone, beside those whose sender has the habit. */
  behaviourShare: number;
  intents: ReadonlyArray<Weighted<Intent>>;
  files: {
    kinds: ReadonlyArray<Weighted<MaterialKind>>;
    /** Logarithm's mean and deviation of the number of files, before it is cut to a whole number from 1 to `most`. */
    mu: number;
    sigma: number;
    most: number;
    /** Share of reports without any file: of those about material, and of those about what somebody did. */
    none: { material: number; conduct: number };
  };
  catalogue: CatalogueRates;
  people: {
    /** Share of reports that are about somebody new. */
    fresh: number;
    /** Reports about one person at most. */
    most: number;
  };
  networks: { carrierNat: number; vpn: number };
  portShare: number;
  /** Days between the event and the report: mean and deviation of the logarithm, and what is cut off. */
  age: { mu: number; sigma: number; most: number };
  /** Share of reports in tiers R1 and R2; the facts of the report decide among the others. */
  urgent: { r1: number; r2: number };
  errorShare: number;
  /** Share of repeated and viral files that the platform says are on a vetted list, and of near duplicates that it says look alike. */
  listedShare: number;
  duplicateShare: number;
  /**
   * Whether the report states what was viewed (`stated`), or the platform's reviewer will view it at the station, as the
   * plan says (`planned`): there, "viewed" is recorded from what was really opened.
   */
  review: "stated" | "planned";
  /**
   * Where a time without a zone goes: into its own field, or into a note, with a zone on the incident's time alone, because
   * the CyberTipline wire refuses every time without a zone.
   */
  zoneless: "field" | "note";
}
