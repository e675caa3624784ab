import type { ClaimStatement, NewClaim, ReportView } from "../../api/shapes.ts";
import { evidenceName, personName } from "../claim-words.ts";
import { t } from "../../messages/catalogue.ts";
import { type Flag, flagsFor } from "./flags.ts";

export const CLAIM_KINDS = ["resolution", "uk-category", "viewed", "flag"] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];
type Resolution = Extract<ClaimStatement, { kind: "resolution" }>;

/** What a claim may be about, with its name on the page. */
export interface Target {
  /** `report`, `person suspect-1` or `evidence UUID`: a select's value is one text. */
  value: string;
  label: string;
  about: NewClaim["about"];
}

export interface ClaimDraft {
  kind?: ClaimKind;
  target: string;
  events: number;
  addressKind?: Resolution["addressKind"];
  postcode: string;
  country: string;
  corroborated: boolean;
  category?: "A" | "B" | "C";
  description: string;
  flag: Flag;
  value?: "yes" | "no";
}

export const emptyDraft: ClaimDraft = {
  target: "",
  events: 1,
  postcode: "",
  country: "GB",
  corroborated: false,
  description: "",
  flag: "threat-to-life",
};

/**
 * What a claim of this kind can be about. Only evidence that this person has opened can be claimed as viewed (law 3).
 * @param me the person's name, as the station writes it beside openings
 */
export function targetsFor(kind: ClaimKind, view: ReportView, me: string | undefined): Target[] {
  const persons = view.report.persons.map(
    ({ key }): Target => ({ value: `person ${key}`, label: personName(key), about: { kind: "person", key } }),
  );
  const evidence = view.evidence
    .filter(({ openings }) => kind !== "viewed" || openings.some(({ person }) => person === me))
    .map(
      (item): Target => ({
        value: `evidence ${item.id}`,
        label: evidenceName(item),
        about: { kind: "evidence", id: item.id },
      }),
    );
  switch (kind) {
    case "resolution":
      return persons;
    case "uk-category":
    case "viewed":
      return evidence;
    case "flag":
      return [
        { value: "report", label: t("target.report"), about: { kind: "report" } },
        ...persons,
        ...evidence,
      ];
    default:
      return kind satisfies never;
  }
}

/** The kinds of claim that can be made here now: each needs something to be about, and grading needs its own right. */
export function possibleKinds(view: ReportView, me: string | undefined): ClaimKind[] {
  return CLAIM_KINDS.filter(
    (kind) => (kind !== "uk-category" || view.may.includes("grade")) && targetsFor(kind, view, me).length > 0,
  );
}

/** The claim that a draft makes, or `undefined` while something is missing. */
export function claimOf(draft: ClaimDraft, targets: readonly Target[]): NewClaim | undefined {
  const about = targets.find(({ value }) => value === draft.target)?.about;
  const states = about === undefined ? undefined : statesOf(draft);
  return about === undefined || states === undefined ? undefined : { about, states };
}

function statesOf(draft: ClaimDraft): NewClaim["states"] | undefined {
  const { kind, addressKind, category, value } = draft;
  switch (kind) {
    case undefined:
      return undefined;
    case "resolution": {
      const postcode = draft.postcode.trim().toUpperCase();
      return addressKind === undefined
        ? undefined
        : {
            kind,
            events: draft.events,
            addressKind,
            country: draft.country.trim().toUpperCase(),
            corroborated: draft.corroborated,
            ...(postcode === "" ? {} : { postcode }),
          };
    }
    case "uk-category": {
      const description = draft.description.trim();
      return category === undefined
        ? undefined
        : { kind, category, ...(description === "" ? {} : { description }) };
    }
    case "viewed":
      return { kind: "flag", flag: "viewed-in-full", value: true };
    case "flag":
      return value === undefined ? undefined : { kind, flag: draft.flag, value: value === "yes" };
    default:
      return kind satisfies never;
  }
}

/** Keeps a draft's flag one that can be said of its target. */
export function withTarget(draft: ClaimDraft, target: Target | undefined): ClaimDraft {
  const kind = target?.about.kind;
  const flags = kind === undefined || kind === "ip" ? [] : flagsFor(kind);
  const flag = flags.includes(draft.flag) ? draft.flag : (flags[0] ?? draft.flag);
  return { ...draft, target: target?.value ?? "", flag };
}
