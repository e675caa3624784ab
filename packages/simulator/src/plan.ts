import { postcodeIn } from "./person.ts";
import type { Area } from "./areas.ts";
import { eventsOfDraft, type Draft } from "./draft.ts";
import { chance, pick, weighted, type Weighted } from "./draw.ts";
import { namesSubscriber, stampsHold } from "./expected.ts";
import type { Item } from "./material.ts";
import type { Intent } from "./profile.ts";
import type { Random } from "./random.ts";
import type { Plan, PlannedOutcome } from "./truth.ts";

/** What a plan is made from. */
export interface Planning {
  /** One sentence about an item. */
  about: (item: Item) => string;
  areas: readonly Area[];
  /** Evidence ids, in the order of the draft's files; empty where no bytes came with the report. */
  evidence: readonly string[];
  random: (part: string) => Random;
  duplicateOf: string | null;
  arrestOf: ArrestOf;
}

/**
 * Whether a referral about this person leads to an arrest, which happens once: `earlier` over another report, or `now`, in this
 * share of the cases.
 */
export type ArrestOf = (random: Random, person: string, share: number) => "earlier" | "now" | "no";

/** Remembers who was arrested, for a stream that is made from its beginning. */
export function rememberedArrests(): ArrestOf {
  const arrested = new Set<string>();
  return (random, person, share) => {
    if (arrested.has(person)) return "earlier";
    if (!chance(random, share)) return "no";
    arrested.add(person);
    return "now";
  };
}

const CATEGORIES: ReadonlyArray<Weighted<"A" | "B" | "C">> = [
  ["A", 15],
  ["B", 25],
  ["C", 60],
];

/** Shared out of interest in children rather than out of outrage, for fun or by mistake. */
const GRAVE: ReadonlySet<Intent> = new Set<Intent>(["trading", "producing", "contact"]);

/**
 * Chances of an outcome for each referral of a grave and of another matter. Chosen so that about one referral in seven ends
 * in an arrest (agency.md 8: 231 to 252 arrests for 1,700 leads), although nobody is arrested twice.
 */
const ARREST = { grave: 0.6, other: 0.04 } as const;
/** Charges for each arrest in the same week of January 2026: 118 of 252. */
const CHARGE_PER_ARREST = 0.47;
/** Children safeguarded for each arrest: 1.25 to 1.6; here in two of three arrests, two on average. */
const SAFEGUARD_PER_ARREST = 0.65;

/** Share of first referrals about somebody of this intent that lead to an arrest. */
export function arrestShare(intent: Intent): number {
  return GRAVE.has(intent) ? ARREST.grave : ARREST.other;
}

/** Decides what the scripted people do with a report, and what comes of it. */
export function planOf(draft: Draft, planning: Planning): Plan {
  const resolution = resolutionOf(draft, planning);
  const refer = referralOf(draft, resolution);
  return {
    view: planning.evidence.filter((_, index) => draft.files[index]?.viewed === true),
    resolution,
    refer,
    grade: refer === null ? null : gradeOf(draft, planning),
    outcomes: refer === null ? [] : outcomesOf(draft, planning),
  };
}

/** What the provider answers about the addresses of a draft. */
export function resolutionOf(
  draft: Draft,
  { areas, random }: Pick<Planning, "areas" | "random">,
): Plan["resolution"] {
  const { home, country } = draft.person;
  if (home === null || country === null || draft.nameless) return null;
  const events = eventsOfDraft(draft).filter(namesSubscriber).length;
  if (!stampsHold(draft) || events === 0) return null;
  const billing = draft.errors.includes("billing-for-installation");
  return {
    person: "suspect-1",
    events,
    addressKind: billing ? "billing" : "installation",
    postcode: billing ? postcodeIn(random("billing"), pick(random("elsewhere"), areas)) : home.postcode,
    country,
    corroborated: events >= 2,
  };
}

function referralOf(draft: Draft, resolution: Plan["resolution"]): Plan["refer"] {
  const { home } = draft.person;
  if (home === null) return null;
  const [outcode = ""] = home.postcode.split(" ");
  if (resolution?.addressKind === "installation")
    return { force: home.force, reason: `The provider names an installation address in ${outcode}.` };
  if (draft.declared)
    return {
      force: home.force,
      reason: `The account holder gave a postcode in ${outcode}; no address is resolved yet.`,
    };
  return null;
}

function gradeOf(draft: Draft, { evidence, random, about }: Planning): Plan["grade"] {
  const [evidenceId] = evidence;
  const [file] = draft.files;
  if (evidenceId === undefined || file === undefined) return null;
  return {
    evidenceId,
    category: weighted(random("grade"), CATEGORIES),
    description: about(file.item),
  };
}

function outcomesOf(draft: Draft, planning: Planning): PlannedOutcome[] {
  if (planning.duplicateOf !== null) return [{ kind: "duplicate", of: planning.duplicateOf }];
  const random = planning.random("outcome");
  const { person } = draft;
  const grave = GRAVE.has(person.intent);
  const arrested = planning.arrestOf(random, person.id, arrestShare(person.intent));
  if (arrested === "earlier") return [{ kind: "no-further-action", reason: "already-known" }];
  if (arrested === "now") return arrest(random);
  if (!grave && draft.files.some(({ item }) => item.viral))
    return [{ kind: "useless", reason: "viral-item" }];
  if (draft.files.length === 0) return [{ kind: "useless", reason: "no-content" }];
  if (!stampsHold(draft) && chance(random, 0.6))
    return [{ kind: "useless", reason: "wrong-or-missing-time" }];
  if (chance(random, 0.2)) return [{ kind: "useless", reason: "not-abuse-material" }];
  if (chance(random, 0.05)) return [{ kind: "children-safeguarded", children: 1 }];
  const reasons = [
    "not-an-offence",
    "no-suspect-identified",
    "data-expired",
    "not-in-the-public-interest",
  ] as const;
  return [{ kind: "no-further-action", reason: pick(random, grave ? reasons.slice(1, 3) : reasons) }];
}

function arrest(random: Random): PlannedOutcome[] {
  const outcomes: PlannedOutcome[] = [{ kind: "arrest", arrests: 1 }];
  if (chance(random, SAFEGUARD_PER_ARREST)) {
    // One, and another with even chances each time, but no more than a family has: two on average.
    let children = 1;
    while (children < 8 && chance(random, 0.5)) children += 1;
    outcomes.push({ kind: "children-safeguarded", children });
  }
  if (chance(random, CHARGE_PER_ARREST)) outcomes.push({ kind: "charge", charges: 1 });
  return outcomes;
}
