import type { IncidentType, NetworkClass } from "@fairlead/report";
import type { Novelty } from "./catalogue.ts";
import type { ErrorKind, Habit, Intent } from "./profile.ts";

/** The attributes of agency.md 4.1, as a receiving desk should grade them; null where the injected facts leave it open. */
export interface ExpectedAttributes {
  offence: "O0" | "O1" | "O2" | "O3" | "O4" | null;
  attribution: "A0" | "A1" | "A2" | "A3" | "A4" | null;
  place: "P0" | "P1" | "P2" | "P3" | null;
  time: "T0" | "T1" | "T2" | "T3" | null;
}

/** Attributes and the level that follows from them (agency.md 4.2), with integrity taken as I2 or better. */
export interface Expected {
  attributes: ExpectedAttributes;
  level: "L0" | "L1" | "L2" | "L3" | "L4" | null;
}

export type Tier = "R1" | "R2" | "R3" | "R4" | "R5";

/** One thing made wrong on purpose: where in the report or the plan, what it says, and what is true. */
export interface InjectedError {
  kind: ErrorKind;
  /** JSON Pointer into the report, or into this truth where it begins with `/plan`. */
  path: string;
  stated: string;
  real: string;
}

/** What the demonstration's scripted people do with a report, each at the station where they work. */
export interface Plan {
  /** Evidence that the platform's reviewer opens and looks at in full before the report is sent on. */
  view: string[];
  /** What the provider answers to the national analyst's enquiry about `person`; null where there is nothing to ask or no answer. */
  resolution: {
    person: string;
    events: number;
    addressKind: "installation" | "billing";
    postcode: string;
    country: string;
    corroborated: boolean;
  } | null;
  /** The force that the national analyst refers to; null where nobody can say which. */
  refer: { force: string; reason: string } | null;
  /** What the officer at the force makes of one piece of evidence, in innocent words. */
  grade: { evidenceId: string; category: "A" | "B" | "C"; description: string } | null;
  /** What came of it, in order; empty where the report was not referred. */
  outcomes: PlannedOutcome[];
}

export type PlannedOutcome =
  | { kind: "arrest"; arrests: number }
  | { kind: "charge"; charges: number }
  | { kind: "children-safeguarded"; children: number }
  | {
      kind: "no-further-action";
      reason:
        | "not-an-offence"
        | "no-suspect-identified"
        | "data-expired"
        | "not-in-the-public-interest"
        | "already-known";
    }
  | { kind: "useless"; reason: "no-content" | "viral-item" | "not-abuse-material" | "wrong-or-missing-time" }
  /** `of` is the platform's own number of the report that this one repeats. */
  | { kind: "duplicate"; of: string };

/** What is true about one report of the stream. Plain JSON, one line a report. */
export interface Truth {
  version: 1;
  profile: string;
  caseNumber: string;
  /** Which of the profile's kinds of report this is. */
  slot: string;
  platform: string;
  habit: Habit;
  incident: IncidentType;
  /** The person whose doing it was, the same in all their reports. */
  person: string;
  /** The account of this report, and all accounts that the person has on this platform. */
  account: string | null;
  accounts: string[];
  intent: Intent;
  country: string | null;
  postcode: string | null;
  force: string | null;
  networks: Array<{ address: string; country: string | null; network: NetworkClass }>;
  files: Array<{
    evidenceId: string;
    /** The same for the same bytes, such as `photo-17`. */
    item: string;
    novelty: Novelty;
    /** The item that a near duplicate was made from. */
    looksLike: string | null;
    /** Whether a person at the platform looked at all of it, whatever the report says. */
    viewed: boolean;
    about: string;
  }>;
  /** Those of the files that are viral. */
  viralItems: string[];
  expected: { atReceipt: Expected; afterEnquiries: Expected };
  urgency: Tier;
  errors: InjectedError[];
  /** The platform's number of the earlier report of the same matter, and how this one came to repeat it. */
  duplicateOf: string | null;
  duplicateBy: "amendment" | "second-inlet" | "retraction" | null;
  plan: Plan;
}
