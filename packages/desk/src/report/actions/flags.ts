import type { ClaimStatement } from "../../api/shapes.ts";

export type Flag = Extract<ClaimStatement, { kind: "flag" }>["flag"];

/** Flags by what they may be said of. `viewed-in-full` is not here: it is offered only for what somebody has really opened. */
export const REPORT_FLAGS = [
  "threat-to-life",
  "live-abuse",
  "child-suicide-risk",
  "meeting-within-72h",
  "abduction",
  "adult-with-child",
  "contact-admission",
  "identified-child",
  "repeat-target",
  "coercion",
  "sextortion",
  "grooming",
  "solicitation",
  "sadistic",
  "distribution",
  "group-hosting",
  "commercial",
  "multiple-platforms",
  "several-events",
  "escalating",
  "minor-to-minor",
  "outrage",
  "spam",
  "batched",
  "reported-to-police",
  "legal-process-domestic",
  "legal-process-international",
] as const satisfies readonly Flag[];

export const PERSON_FLAGS = [
  "access-to-children",
  "position-of-trust",
  "contact-record",
  "prior-referral",
  "compromised-account",
  "third-party-user",
  "all-emails-reported",
  "account-disabled-temporarily",
  "account-disabled-permanently",
] as const satisfies readonly Flag[];

export const EVIDENCE_FLAGS = [
  "home-production",
  "live-stream",
  "infant",
  "physical-harm",
  "violence",
  "animal",
  "possible-self-production",
  "viral",
  "potential-meme",
  "generative-ai",
  "drawing",
  "publicly-available",
  "exif-viewed",
] as const satisfies readonly Flag[];

/** The flags that can be said of a target of this kind. */
export function flagsFor(about: "report" | "person" | "evidence"): readonly Flag[] {
  switch (about) {
    case "report":
      return REPORT_FLAGS;
    case "person":
      return PERSON_FLAGS;
    case "evidence":
      return EVIDENCE_FLAGS;
    default:
      return about satisfies never;
  }
}
