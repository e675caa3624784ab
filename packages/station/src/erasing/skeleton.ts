import type { Report } from "@fairlead/report";

/**
 * What stays of a report's content: which organisation handed it in and what kind of incident it was, for the counts. A sender who is no
 * organisation has no name here.
 */
export function skeletonOf({ sender, incident }: Report): Report {
  return {
    version: 1,
    sender: sender.kind === "public" ? { kind: "public", id: "erased", name: "erased" } : sender,
    references: [],
    incident: { type: incident.type, occurred: { raw: "erased", zone: "none" } },
    persons: [],
    evidence: [],
    claims: [],
    statements: [],
  };
}
