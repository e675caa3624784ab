import type { Claim, Flag, Report } from "@fairlead/report";
import { filledIn, type Filled } from "./fields.ts";

/** What came of a report, as far as its sender's quality is concerned. Unknown where nothing has come back yet. */
export type Verdict = "confirmed" | "not-confirmed" | "unknown";

/** What a scorecard takes from one report. It holds no identifier, no text and no hash: counts may be kept when the report is gone. */
export interface ReportFacts {
  /** The sender's id at this station. */
  sender: string;
  /** UTC month of receipt, `2026-11`. */
  month: string;
  filled: Filled;
  verdict: Verdict;
  /** Whether its material is part of a campaign, by this station's own count. */
  viral: boolean;
  /** What its sender said, against what turned out; absent where it cannot be told. */
  flags: FlagFacts;
}

/** Each is there only where the flag was used, or should have been, and the truth is known. */
export interface FlagFacts {
  /** The sender said "viewed in full", and others' records say that it was not so (or that it was). */
  viewedContradicted?: boolean;
  /** The sender asked for immediate attention. */
  escalated: boolean;
  /** The sender said that it was made by AI, or that it was not, and a person found otherwise. */
  generatedWrong?: boolean;
  /** The material is viral, and the sender marked it so (or as a meme). */
  viralMarked?: boolean;
}

/** Beside the report: what this station and those behind it know. */
export interface Outcome {
  verdict: Verdict;
  viral: boolean;
}

/**
 * Draws a report's facts for its sender's scorecard.
 * @param claims claims beside the report: what lists, stations and people found
 * @param receivedAt UTC, ISO 8601
 */
export function factsOf(
  report: Report,
  claims: readonly Claim[],
  receivedAt: string,
  outcome: Outcome,
): ReportFacts {
  return {
    sender: report.sender.id,
    month: receivedAt.slice(0, 7),
    filled: filledIn(report),
    verdict: outcome.verdict,
    viral: outcome.viral,
    flags: {
      escalated: report.claims.some(({ states }) => states.kind === "escalation"),
      ...viewedFacts(report, claims),
      ...generatedFacts(report, claims),
      ...(outcome.viral
        ? { viralMarked: saidByFlag(report.claims, "viral") || saidByFlag(report.claims, "potential-meme") }
        : {}),
    },
  };
}

function saidByFlag(claims: readonly Claim[], flag: Flag): boolean {
  return claims.some(({ states }) => states.kind === "flag" && states.flag === flag && states.value);
}

/** Contradicted by another's no about the same file, or by the sender's own. */
function viewedFacts(report: Report, claims: readonly Claim[]): Pick<FlagFacts, "viewedContradicted"> {
  const said = valuesOf(report.claims, "viewed-in-full");
  const found = valuesOf(claims, "viewed-in-full");
  const yes = [...said].filter(([, values]) => values.has(true));
  if (yes.length === 0) return {};
  const contradicted = yes.some(
    ([file, values]) => values.has(false) || found.get(file)?.has(false) === true,
  );
  const known = contradicted || yes.some(([file]) => found.has(file));
  return known ? { viewedContradicted: contradicted } : {};
}

/** Only a person tells whether material was made by AI. */
function generatedFacts(report: Report, claims: readonly Claim[]): Pick<FlagFacts, "generatedWrong"> {
  const said = valuesOf(report.claims, "generative-ai");
  const found = valuesOf(
    claims.filter(({ source }) => source.kind === "person"),
    "generative-ai",
  );
  const judged = [...said].filter(([file]) => found.has(file));
  if (judged.length === 0) return {};
  return {
    generatedWrong: judged.some(([file, values]) =>
      [...values].some((value) => !found.get(file)?.has(value)),
    ),
  };
}

/** What was said of a flag, by what it is about. */
function valuesOf(claims: readonly Claim[], flag: Flag): Map<string, Set<boolean>> {
  const values = new Map<string, Set<boolean>>();
  for (const { about, states } of claims) {
    if (states.kind !== "flag" || states.flag !== flag) continue;
    const key = about.kind === "evidence" ? about.id : about.kind;
    values.set(key, (values.get(key) ?? new Set()).add(states.value));
  }
  return values;
}
