import { STRENGTH_RANK, type HeldKey, type KeyKind, type KeyRole } from "../key.ts";
import type { LinkRules } from "../link-rules.ts";

/** How far a value goes by now: it joins persons, suggests that they may be one, or says nothing. */
export type Standing = "joins" | "suggests" | "nothing";

/** Why a person should look at a value. */
export type ValueReview = "different-persons-hold-it" | "dates-of-birth-differ" | "victim-and-suspect";

export interface ValueStanding {
  kind: KeyKind;
  value: string;
  standing: Standing;
  why: string;
  /** Different holders: exact up to the rules' cap; one more means more than that. */
  holders: number;
  /** What it says, in bits: log2(N / holders), N being all holders; at most the rules' `maxBits` (agency.md 6.3). */
  bits: number;
  review?: ValueReview;
}

/** What is known about a value beside its holders. */
export interface AboutValue {
  neverListed: boolean;
  /** Roles whose persons it joins, and those of whom two are known to be different persons. */
  joined: readonly KeyRole[];
  blocked: readonly KeyRole[];
  /** Two who hold it state different dates of birth, which nobody verified. */
  datesDiffer: boolean;
  holders: number;
  /** All holders of all values. */
  population: number;
}

/** The standing of a value, with its reason in words. */
export function standingOf(held: readonly HeldKey[], about: AboutValue, rules: LinkRules): ValueStanding {
  const [first] = held;
  if (first === undefined) throw new RangeError("linking: a value that nobody holds has no standing");
  const { kind, value } = first;
  const rarity = about.holders > rules.dfCap ? 0 : Math.log2(about.population / about.holders);
  const found = {
    kind,
    value,
    holders: about.holders,
    bits: Math.min(rules.maxBits, Math.max(0, rarity)),
  };
  const strongest = held.reduce((a, b) => (STRENGTH_RANK[b.strength] > STRENGTH_RANK[a.strength] ? b : a));
  if (about.neverListed)
    return { ...found, standing: "nothing", why: "a person put it on the list of values that name nobody" };
  if (about.holders > rules.dfCap)
    return {
      ...found,
      standing: "nothing",
      why: `shared by more than ${rules.dfCap} holders, which means nobody's`,
    };
  if (strongest.strength === "never") return { ...found, standing: "nothing", why: strongest.why };
  if (held.every(({ report }) => report === first.report))
    return { ...found, standing: "nothing", why: "no other report has it" };
  if (about.blocked.length > 0)
    return {
      ...found,
      standing: about.joined.length > 0 ? "joins" : "suggests",
      why: `${strongest.why}, but two who have it are known to be different persons`,
      review: "different-persons-hold-it",
    };
  const review = reviewOf(held, about);
  return {
    ...found,
    standing: about.joined.length > 0 ? "joins" : "suggests",
    why: strongest.why,
    ...(review === undefined ? {} : { review }),
  };
}

function reviewOf(held: readonly HeldKey[], { datesDiffer, joined }: AboutValue): ValueReview | undefined {
  if (datesDiffer && joined.length > 0) return "dates-of-birth-differ";
  const strong = new Set(held.flatMap(({ strength, role }) => (strength === "strong" ? [role] : [])));
  return strong.size > 1 ? "victim-and-suspect" : undefined;
}
