import type { NewOutcome } from "../../api/shapes.ts";

export const OUTCOME_KINDS = [
  "arrest",
  "charge",
  "children-safeguarded",
  "no-further-action",
  "useless",
  "duplicate",
] as const satisfies readonly NewOutcome["kind"][];

type ReasonOf<Kind extends "no-further-action" | "useless"> = Extract<NewOutcome, { kind: Kind }>["reason"];

export const NO_ACTION_REASONS = [
  "not-an-offence",
  "no-suspect-identified",
  "data-expired",
  "not-in-the-public-interest",
  "outside-jurisdiction",
  "already-known",
  "other",
] as const satisfies readonly ReasonOf<"no-further-action">[];

export const USELESS_REASONS = [
  "no-content",
  "no-identifiers",
  "viral-item",
  "not-abuse-material",
  "wrong-or-missing-time",
  "cannot-be-located",
  "other",
] as const satisfies readonly ReasonOf<"useless">[];

/** What is filled in so far; switching the kind forgets nothing. */
export interface OutcomeDraft {
  kind?: NewOutcome["kind"];
  count: number;
  noAction?: ReasonOf<"no-further-action">;
  useless?: ReasonOf<"useless">;
  of: string;
}

/** The statement that a draft makes, or `undefined` while something is missing. */
export function statementOf({ kind, count, noAction, useless, of }: OutcomeDraft): NewOutcome | undefined {
  switch (kind) {
    case undefined:
      return undefined;
    case "arrest":
      return { kind, arrests: count };
    case "charge":
      return { kind, charges: count };
    case "children-safeguarded":
      return { kind, children: count };
    case "no-further-action":
      return noAction === undefined ? undefined : { kind, reason: noAction };
    case "useless":
      return useless === undefined ? undefined : { kind, reason: useless };
    case "duplicate":
      return of.trim() === "" ? undefined : { kind, of: of.trim() };
    default:
      return kind satisfies never;
  }
}
