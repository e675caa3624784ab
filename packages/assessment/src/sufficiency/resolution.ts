import { ukOutcode } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { ofKind, type AnyStated, type Stated } from "../input/statements.ts";
import type { Group } from "./group.ts";

/** What network operators answered about one person. */
export interface Resolutions {
  /** Answers that a person or a station recorded. */
  accepted: readonly Stated<"resolution">[];
  /** Statements by others: a sender cannot answer for a network operator. */
  refused: readonly Stated<"resolution">[];
  /** Two answers name different installation addresses: then none of them is the one. */
  disagree: boolean;
}

/** The resolutions about a group: about its person, or about the report when the report is about one person. */
export function resolutionsOf(group: Group, the: Case): Resolutions {
  const { statements } = the;
  const stated = ofKind(
    [
      ...(group.key === undefined ? [] : statements.about({ kind: "person", key: group.key })),
      ...(group.uploads ? statements.about({ kind: "report" }) : []),
    ],
    "resolution",
  );
  const isAnswer = ({ source }: AnyStated) => source.kind === "person" || source.kind === "station";
  const accepted = stated.filter(isAnswer);
  const places = new Set(
    accepted
      .filter(({ states }) => states.addressKind === "installation")
      .map(({ states }) => `${states.country} ${normalPostcode(states.postcode)}`),
  );
  return {
    accepted,
    refused: stated.filter((each) => !isAnswer(each)),
    disagree: places.size > 1,
  };
}

function normalPostcode(postcode: string | undefined): string {
  return (postcode ?? "").toUpperCase().replaceAll(/\s/g, "");
}

/** Whether a postcode says where in a country an address is: for the United Kingdom a postcode that can be read. */
export function isUsablePostcode(postcode: string | undefined, country: string): postcode is string {
  if (postcode === undefined) return false;
  return country === "GB" ? ukOutcode(postcode) !== undefined : postcode.trim() !== "";
}
