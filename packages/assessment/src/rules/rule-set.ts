import { defaultDoubtRules, type DoubtRules } from "../doubts/rules.ts";
import { defaultLinkRules, type LinkRules } from "../linking/link-rules.ts";
import type { Directory } from "../routing/directory.ts";
import { ukDirectory } from "../routing/uk.ts";
import { defaultLegalRoutes, type LegalRoute } from "../requests/legal-route.ts";
import type { Tier } from "../urgency/tier.ts";
import { defaultRetention, type RetentionRule } from "./retention.ts";

/**
 * Everything that a station may set about a judgement. An assessment names the version, so change it whenever anything here or
 * in the rules' code changes: a grade must be replayable with the rules that made it.
 */
export interface RuleSet {
  version: string;
  /** Day by which a person must have checked the chosen numbers below again. */
  reviewBy: string;
  retention: readonly RetentionRule[];
  /** L4 needs activity within this many days (agency.md 4.2): a warrant rests on what is likely to be there now. */
  currencyDays: number;
  /** Two events at one address count as independent when this far apart: one wrong clock or date cannot then explain both. */
  independentEventsHours: number;
  /** Honest clocks run ahead by this much at most; a later time is in the future and proves nothing. */
  clockToleranceSeconds: number;
  /** A retention clock with fewer days left than this is worth a preservation request. */
  preserveBelowDays: number;
  /** A retention clock with fewer days left than this raises urgency by one tier (agency.md 4.4). */
  clockModifierDays: number;
  /** Days within which a tier is to be acted on. Press reports of HMICFRS 2023 for R2 to R5; R1 has no queue. */
  targetDays: Readonly<Record<Tier, number>>;
  /**
   * Hours from receipt within which a child's own authorities hear of it, by how pressing it is. Chosen: HMICFRS (2023) found late
   * sharing with social care and named no hours; a working day is what social care itself has to decide on a referral.
   */
  safeguardingHours: Readonly<Record<"at-once" | "harm" | "help", number>>;
  /** Roles whose holders are trained to view and grade material, at stations of these profiles. */
  gradingRoles: readonly string[];
  gradingProfiles: readonly string[];
  legalRoutes: readonly LegalRoute[];
  doubts: DoubtRules;
  linking: LinkRules;
  directory: Directory;
}

/** The rules of a station in the United Kingdom. */
export function defaultRuleSet(): RuleSet {
  return {
    version: "2026.11-3",
    reviewBy: "2027-04-01",
    retention: defaultRetention,
    currencyDays: 90,
    independentEventsHours: 24,
    clockToleranceSeconds: 60,
    preserveBelowDays: 30,
    clockModifierDays: 14,
    targetDays: { R1: 0, R2: 1, R3: 7, R4: 14, R5: 30 },
    safeguardingHours: { "at-once": 0, harm: 24, help: 72 },
    gradingRoles: ["analyst", "officer", "lead"],
    gradingProfiles: ["clearinghouse", "national-agency", "police-force"],
    legalRoutes: defaultLegalRoutes,
    doubts: defaultDoubtRules(),
    linking: defaultLinkRules,
    directory: ukDirectory(),
  };
}

/** The parts of a rule set whose review date has passed: the law may have moved on. */
export function overdueReviews(rules: RuleSet, now: number): string[] {
  const day = new Date(now).toISOString().slice(0, 10);
  return [
    ...(rules.reviewBy < day ? ["policy"] : []),
    ...rules.retention.filter((rule) => rule.reviewBy < day).map((rule) => `retention.${rule.id}`),
    ...(rules.legalRoutes.some((route) => route.reviewBy < day) ? ["legal-routes"] : []),
    ...(rules.directory.reviewBy < day ? [`directory.${rules.directory.version}`] : []),
  ];
}
