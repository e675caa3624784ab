import type { ClaimSource } from "@fairlead/report";
import { fill, type Reason } from "../input/reason.ts";

/** Every reason that safeguarding gives, in the words of the person who reads it. */
export const SAFEGUARDING_TEXTS = {
  "safeguarding.child-identified": "The report names a child in a way that lets somebody look for them.",
  "safeguarding.child-said-identified": "Somebody says that the child is identified.",
  "safeguarding.child-trail": "The report has a trail to a child: a first name, an event or a place.",
  "safeguarding.child-near": "A child is said to be near the person; finding the person finds the child.",
  "safeguarding.child-unknown": "Nobody has said who the child is. That is not to say that there is none.",
  "safeguarding.area": "The child's place leads to this agency.",
  "safeguarding.area-disagrees": "The places that are given for the child lead to different agencies.",
  "safeguarding.area-unknown": "Nobody has said where the child is.",
  "safeguarding.now": "A child may be at risk now.",
  "safeguarding.harm": "A child is said to be harmed or under threat.",
  "safeguarding.help": "A child can be looked for and may need help.",
  "safeguarding.minor-suspect": "The person reported is a child ({years} years old).",
  "safeguarding.peers": "It is said to be among children.",
  "safeguarding.self-made": "A child may have made the material.",
  "safeguarding.victim-led": "Content shows an offence against a child who can be looked for.",
  "safeguarding.age-unknown": "Nobody has said how old the person is.",
} as const satisfies Record<string, string>;

export type SafeguardingCode = keyof typeof SAFEGUARDING_TEXTS;

/** A reason from the catalogue. */
export function safeguardingReason(
  code: SafeguardingCode,
  path: string,
  source: ClaimSource,
  values?: Readonly<Record<string, string | number>>,
): Reason {
  return { code, path, text: fill(SAFEGUARDING_TEXTS[code], values), source };
}
