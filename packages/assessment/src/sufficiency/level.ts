import { ATTRIBUTE_NAMES, rank, withRank, type AttributeName, type Attributes } from "./attribute.ts";

/** L0 unusable, L1 intelligence only, L2 developable, L3 attributable, L4 warrant-supportable (agency.md 4.2). */
export const LEVELS = ["L0", "L1", "L2", "L3", "L4"] as const;
export type Level = (typeof LEVELS)[number];

export interface LevelFlags {
  /** The report names a child in a way that lets somebody look for them. */
  victimIdentified: boolean;
  /** The newest linked activity is within the currency limit. */
  current: boolean;
}

const DIGIT_ZERO = "0".charCodeAt(0);

/** 0 for `L0`, 4 for `L4`. */
export function levelNumber(level: Level): number {
  return level.charCodeAt(1) - DIGIT_ZERO;
}

/** What each level needs, by rank. Every line is a conjunction: points cannot make up for a missing element. */
const NEEDS = {
  L2: { offence: 2, attribution: 2, time: 1 },
  L3: { offence: 3, attribution: 3, time: 3, integrity: 2 },
  L4: { offence: 3, attribution: 4, place: 3, integrity: 2 },
} as const satisfies Record<string, Partial<Record<AttributeName, number>>>;

/**
 * The level of five attributes. Decision support: a person signs (DPA 2018 s.49-50).
 *
 * Law 2: with O1 no line above L1 can hold, so metadata alone never grades above L1.
 */
export function levelOf(attributes: Attributes, flags: LevelFlags): Level {
  if (meets(attributes, NEEDS.L4) && flags.current) return "L4";
  if (meets(attributes, NEEDS.L3)) return "L3";
  if (meets(attributes, NEEDS.L2)) return "L2";
  if (isSafeguard(attributes, flags)) return "L2";
  const nobody = attributes.attribution === "A0" && !flags.victimIdentified;
  return attributes.offence === "O0" || nobody ? "L0" : "L1";
}

/** The victim-led L2: a child can be looked for although nothing points to a suspect. */
export function isSafeguard(attributes: Attributes, flags: LevelFlags): boolean {
  return flags.victimIdentified && rank(attributes.offence) >= 2;
}

function meets(attributes: Attributes, needs: Partial<Record<AttributeName, number>>): boolean {
  for (const name of ATTRIBUTE_NAMES) if (rank(attributes[name]) < (needs[name] ?? 0)) return false;
  return true;
}

/** The attributes whose rise by one step changes the level: what binds this report. */
export function bindingOf(attributes: Attributes, flags: LevelFlags): AttributeName[] {
  const level = levelOf(attributes, flags);
  return ATTRIBUTE_NAMES.filter(
    (name) => levelOf(withRank(attributes, name, rank(attributes[name]) + 1), flags) !== level,
  );
}

/** Attributes that are short of the next level, and the rank each needs. Empty at L4. */
export function gapOf(attributes: Attributes, flags: LevelFlags): Partial<Record<AttributeName, number>> {
  const needs = nextNeeds(attributes, flags);
  const gap: Partial<Record<AttributeName, number>> = {};
  for (const name of ATTRIBUTE_NAMES) {
    const need = needs[name] ?? 0;
    if (rank(attributes[name]) < need) gap[name] = need;
  }
  return gap;
}

function nextNeeds(attributes: Attributes, flags: LevelFlags): Partial<Record<AttributeName, number>> {
  const { victimIdentified } = flags;
  switch (levelOf(attributes, flags)) {
    case "L0":
      return victimIdentified ? { offence: 1 } : { offence: 1, attribution: 1 };
    case "L1":
      return victimIdentified ? { offence: 2 } : NEEDS.L2;
    case "L2":
      return NEEDS.L3;
    case "L3":
      return NEEDS.L4;
    case "L4":
      return {};
  }
}
