import { ukOutcode } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { ofKind, type Stated } from "../input/statements.ts";
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
  const accepted: Stated<"resolution">[] = [];
  const refused: Stated<"resolution">[] = [];
  const places = new Set<string>();
  for (const stated of statedAbout(group, the)) {
    if (stated.source.kind !== "person" && stated.source.kind !== "station") {
      refused.push(stated);
      continue;
    }
    accepted.push(stated);
    const { addressKind, country, postcode } = stated.states;
    if (addressKind === "installation") places.add(`${country} ${normalPostcode(postcode)}`);
  }
  return { accepted, refused, disagree: places.size > 1 };
}

function statedAbout({ key, uploads }: Group, { statements }: Case): Stated<"resolution">[] {
  const stated = key === undefined ? [] : ofKind(statements.about({ kind: "person", key }), "resolution");
  if (uploads)
    for (const each of ofKind(statements.about({ kind: "report" }), "resolution")) stated.push(each);
  return stated;
}

function normalPostcode(postcode: string | undefined): string {
  return (postcode ?? "").toUpperCase().replaceAll(/\s/g, "");
}

/** Whether a postcode says where in a country an address is: for the United Kingdom a postcode that can be read. */
export function isUsablePostcode(postcode: string | undefined, country: string): postcode is string {
  if (postcode === undefined) return false;
  return country === "GB" ? ukOutcode(postcode) !== undefined : postcode.trim() !== "";
}
