import type { IncidentType } from "@fairlead/report";
import type { Weighted } from "../draw.ts";
import type { MaterialKind } from "../material.ts";
import type { Habit, Intent, Platform } from "../profile.ts";
import type { AddressRates } from "./address-space.ts";

/** Where on a platform it happened; encryption from end to end is switched on surface by surface. */
export const SURFACES = ["message", "group", "public", "cloud", "account"] as const;
export type Surface = (typeof SURFACES)[number];

/** A sender of a year. */
export interface YearPlatform extends Omit<Platform, "habits"> {
  /** Share of the year's reports. */
  share: number;
  habits: ReadonlyArray<Weighted<Habit>>;
  /** Share of its people of whom it never says more than a name on the screen: reports too thin to follow up. */
  thinShare: number;
  surfaces: ReadonlyArray<Weighted<Surface>>;
}

/** What the accounts of one person on one platform have in common. Shares run from 0 to 1. */
export interface AccountRates {
  /** Reports of somebody with several that come from another platform than the usual one, of those who use several. */
  elsewhere: number;
  manyPlatforms: number;
  /** People with further accounts on a platform, how many at most, and the share of their reports that the first one has. */
  aliases: number;
  mostAliases: number;
  firstAccount: number;
  /** The person's own mail address stands behind the first account, and behind a further one. */
  ownMail: { first: number; further: number };
  mailVerified: number;
  phone: number;
  phoneVerified: number;
  device: { first: number; further: number };
  payment: { first: number; further: number };
  /** People who live with another of the stream, and how often an account then has what is the other's. */
  households: { share: number; device: number; payment: number; mail: number };
  /** A sender names an earlier report of the same person. */
  namesEarlier: number;
}

/** Everything that a year's stream is drawn from. Shares run from 0 to 1; README.md names the source of each. */
export interface YearProfile {
  id: string;
  year: number;
  total: number;
  platforms: readonly YearPlatform[];
  countries: ReadonlyArray<Weighted<string | null>>;
  incidents: ReadonlyArray<Weighted<IncidentType>>;
  /** Share of reports of behaviour alone that are filed as enticement; the others come as abuse material without any. */
  behaviourIsEnticement: number;
  intents: ReadonlyArray<Weighted<Intent>>;
  files: {
    kinds: ReadonlyArray<Weighted<MaterialKind>>;
    mu: number;
    sigma: number;
    most: number;
    none: { material: number; conduct: number };
  };
  items: {
    fresh: Record<MaterialKind, number>;
    altered: Record<MaterialKind, number>;
    /** Of what was shared before: share that is one of the year's viral items, and share known from earlier years. */
    viral: number;
    known: number;
    /** How many viral items and items of earlier years there are. */
    viralItems: number;
    knownItems: number;
    /** Six items that make up `share` of what one platform reports between two days. */
    head: { platform: string; from: string; to: string; share: number };
    /** Share of files whose sender states a perceptual hash (PDQ, 256 bits). */
    perceptualShare: number;
  };
  people: { zipf: number; most: number };
  accounts: AccountRates;
  networks: { carrierNat: number; vpn: number };
  addresses: AddressRates;
  portShare: number;
  age: { mu: number; sigma: number; most: number };
  urgent: { r1: number; r2: number };
  declaredShare: number;
  errorShare: number;
  listedShare: number;
  repeats: { amendment: number; secondInlet: number; retraction: number };
  viralDays: { count: number; least: number; most: number };
  /** Reports about nobody that one sender hands in on a few days. */
  dump: { platform: string; days: readonly string[]; share: number } | null;
}
