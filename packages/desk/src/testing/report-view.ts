import type { Claim, EvidenceView, Person, ReportView } from "../api/shapes.ts";
import { entry } from "./entries.ts";

export const EVIDENCE_ID = "00000000-0000-4000-8000-00000000e001";

export function evidence(part: Partial<EvidenceView> = {}): EvidenceView {
  return {
    id: EVIDENCE_ID,
    kind: "file",
    name: "harbour.png",
    present: true,
    known: [],
    seenBefore: 0,
    openings: [],
    ...part,
  };
}

export function person(part: Partial<Person> = {}): Person {
  return { key: "suspect-1", role: "suspect", identifiers: [], events: [], places: [], ...part };
}

/** A report view for a test: a person, a piece of evidence, nothing said and nothing done. */
export function view(
  part: Partial<ReportView> = {},
  persons: Person[] = [person()],
  claims: Claim[] = [],
): ReportView {
  return {
    entry: entry("00000000-0000-4000-8000-000000000001"),
    door: "cybertipline",
    handedBy: "example-platform",
    report: {
      version: 1,
      sender: { kind: "platform", id: "example-platform", name: "Example Platform" },
      references: [],
      incident: { type: "abuse-material", occurred: { raw: "2026-03-14", zone: "none" } },
      persons,
      evidence: [
        { id: EVIDENCE_ID, kind: "file", declaredHashes: [], relevance: "reported", events: [], details: [] },
      ],
      claims,
      statements: [],
    },
    claims: [],
    evidence: [evidence()],
    proofs: [],
    links: [],
    blocked: [],
    subjects: [],
    decisions: [],
    requests: [],
    destinations: [],
    referrals: [],
    outcomes: [],
    pages: [],
    conflicts: [],
    arrivals: { members: [], amendments: [], awaited: [], maybe: [], decisions: [] },
    history: [],
    may: [],
    ...part,
  };
}
