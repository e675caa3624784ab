import type { PersonKey, ReportId } from "@fairlead/report";
import type { PersonFact } from "./person-fact.ts";

/** How far one shared value goes: `strong` joins, `medium` and `weak` suggest, `never` says nothing at all (agency.md 6.3). */
export const STRENGTHS = ["never", "weak", "medium", "strong"] as const;
export type Strength = (typeof STRENGTHS)[number];

export const KEY_KINDS = [
  "account",
  "phone",
  "email",
  "imei",
  "iccid",
  "device",
  "payment",
  "profile",
  "user-name",
  "display-name",
  "group",
  "installation",
  "address-v4",
  "address-v6-prefix",
  "file",
  "report-number",
  "case-number",
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/**
 * Kinds whose values one person has to themselves, so that they may join. The others only suggest, however strong somebody calls them:
 * addresses are shared and change hands, files spread, names and groups are chosen by many (law 5).
 */
export const JOINING_KINDS: ReadonlySet<KeyKind> = new Set<KeyKind>([
  "account",
  "phone",
  "email",
  "imei",
  "iccid",
  "payment",
  "installation",
  "report-number",
]);

/** Whose handle it is. Only keys of one role meet as one person; a handle that is a victim's here and a suspect's there asks a person. */
export type KeyRole = "suspect" | "victim";

/** One value by which a report may be linked to others. Store it, indexed by `(kind, value)`. */
export interface LinkingKey {
  kind: KeyKind;
  value: string;
  /** The most that this value can do, before its frequency and its time are known. */
  strength: Strength;
  why: string;
  role: KeyRole;
  /** The person of the report, where it is certain whose value it is. */
  person?: PersonKey;
  /**
   * Who holds the value, for counting frequency: the account, or the person in the report where no account is known.
   * `df` is the number of different holders of one `(kind, value)`.
   */
  holder: string;
  /** For addresses: the time between the first and the last event of one UTC day (milliseconds since 1970). */
  from?: number;
  to?: number;
  /** JSON Pointer into `{ report, claims }`. */
  path: string;
}

/** Whose a key is. */
export interface Owner {
  role: KeyRole;
  person?: PersonKey;
  holder: string;
}

/** A value as one person of a report holds it. */
export function keyHeldBy(
  { role, person, holder }: Owner,
  { kind, value, strength, why }: Pick<LinkingKey, "kind" | "value" | "strength" | "why">,
  path: string,
): LinkingKey {
  return person === undefined
    ? { kind, value, strength, why, role, holder, path }
    : { kind, value, strength, why, role, person, holder, path };
}

/** A key that another report holds, as the store gives it back. */
export interface HeldKey extends LinkingKey {
  report: ReportId;
  /** When that report was received (milliseconds since 1970). */
  receivedAt: number;
}

/** A report with everything that its persons hold. */
export interface HeldReport {
  report: ReportId;
  /** Milliseconds since 1970. */
  receivedAt: number;
  keys: readonly LinkingKey[];
  /** What is known of its persons that a person has one of (`PersonFact`). */
  facts?: readonly PersonFact[];
}

/** How far a strength goes, for comparing: `never` is 0. */
export const STRENGTH_RANK: Readonly<Record<Strength, number>> = { never: 0, weak: 1, medium: 2, strong: 3 };

/** The weaker of two strengths. */
export function weaker(a: Strength, b: Strength): Strength {
  return STRENGTH_RANK[a] <= STRENGTH_RANK[b] ? a : b;
}
