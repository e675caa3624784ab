import { NONE, tally, together, wilson, type Estimate, type Share } from "../share.ts";
import type { ReportFacts } from "./facts.ts";
import { completenessOf, SCORED_FIELDS, type ScoredField } from "./fields.ts";

/** What a sender's reports of one month add up to. Plain JSON of whole numbers; parts made anywhere add up to the same (`merged`). */
export interface Scorecard {
  sender: string;
  /** UTC month, `2026-11`. */
  month: string;
  reports: number;
  fields: Record<ScoredField, Share>;
  /** Sum of the reports' completeness, from 0 to 100 each. */
  completeness: number;
  /** Of the reports of which something came back. */
  confirmed: Share;
  viral: Share;
  /** Of files said to be viewed in full and checked by somebody: how often that was contradicted. */
  viewedContradicted: Share;
  /** Of all reports. 63,892 of 36.2 million were urgent in 2023 (agency.md section 8): a sender far above that cries wolf. */
  escalated: Share;
  generatedWrong: Share;
  /** Of viral reports: how often the sender left it unmarked, so that police took it for more (SIO p.76). */
  viralUnmarked: Share;
}

/** The shares of a card beside its fields. */
export const SHARE_NAMES = [
  "confirmed",
  "viral",
  "viewedContradicted",
  "escalated",
  "generatedWrong",
  "viralUnmarked",
] as const;
export type ShareName = (typeof SHARE_NAMES)[number];

export function emptyCard(sender: string, month: string): Scorecard {
  const shares = {
    confirmed: NONE,
    viral: NONE,
    viewedContradicted: NONE,
    escalated: NONE,
    generatedWrong: NONE,
  };
  return {
    sender,
    month,
    reports: 0,
    fields: eachField(() => NONE),
    completeness: 0,
    ...shares,
    viralUnmarked: NONE,
  };
}

/**
 * Adds one report to its sender's card of the month.
 * @throws Error when the facts are another sender's or another month's: a card that mixes them accuses the wrong one
 */
export function foldReport(card: Scorecard, facts: ReportFacts): Scorecard {
  mustBeOf(card, facts);
  const { flags, filled, verdict, viral } = facts;
  const told = (share: Share, value: boolean | undefined) =>
    value === undefined ? share : tally(share, value);
  return {
    ...card,
    reports: card.reports + 1,
    fields: eachField((field) => told(card.fields[field], filled[field])),
    completeness: card.completeness + completenessOf(filled),
    confirmed: told(card.confirmed, verdict === "unknown" ? undefined : verdict === "confirmed"),
    viral: tally(card.viral, viral),
    viewedContradicted: told(card.viewedContradicted, flags.viewedContradicted),
    escalated: tally(card.escalated, flags.escalated),
    generatedWrong: told(card.generatedWrong, flags.generatedWrong),
    viralUnmarked: told(card.viralUnmarked, flags.viralMarked === undefined ? undefined : !flags.viralMarked),
  };
}

/**
 * Two parts of one card, made apart, as one.
 * @throws Error when they are not of one sender and month
 */
export function merged(a: Scorecard, b: Scorecard): Scorecard {
  mustBeOf(a, b);
  return {
    sender: a.sender,
    month: a.month,
    reports: a.reports + b.reports,
    fields: eachField((field) => together(a.fields[field], b.fields[field])),
    completeness: a.completeness + b.completeness,
    confirmed: together(a.confirmed, b.confirmed),
    viral: together(a.viral, b.viral),
    viewedContradicted: together(a.viewedContradicted, b.viewedContradicted),
    escalated: together(a.escalated, b.escalated),
    generatedWrong: together(a.generatedWrong, b.generatedWrong),
    viralUnmarked: together(a.viralUnmarked, b.viralUnmarked),
  };
}

function mustBeOf(card: Scorecard, other: { sender: string; month: string }): void {
  if (card.sender === other.sender && card.month === other.month) return;
  throw new Error(
    `scorecard: ${other.sender} of ${other.month} does not belong on the card of ${card.sender} of ${card.month}; keep one card a sender and month`,
  );
}

function eachField(make: (field: ScoredField) => Share): Record<ScoredField, Share> {
  return Object.fromEntries(SCORED_FIELDS.map((field) => [field, make(field)])) as Record<ScoredField, Share>;
}

/** A card in shares, each with its range. */
export interface ScoredCard {
  sender: string;
  month: string;
  reports: number;
  /** Mean completeness from 0 to 100; absent without reports. */
  completeness?: number;
  fields: Record<ScoredField, Estimate>;
  shares: Record<ShareName, Estimate>;
}

/** Reads a card. A share of nothing is absent: unknown, not zero. */
export function scored(card: Scorecard): ScoredCard {
  const { sender, month, reports, completeness } = card;
  return {
    sender,
    month,
    reports,
    ...(reports === 0 ? {} : { completeness: completeness / reports }),
    fields: Object.fromEntries(
      SCORED_FIELDS.map((field) => [field, wilson(card.fields[field])]),
    ) as ScoredCard["fields"],
    shares: Object.fromEntries(SHARE_NAMES.map((name) => [name, wilson(card[name])])) as ScoredCard["shares"],
  };
}
