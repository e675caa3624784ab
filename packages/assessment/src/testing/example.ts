import {
  identifier,
  type Claim,
  type ClaimSource,
  type ClaimStatement,
  type Event,
  type Evidence,
  type EvidenceId,
  type Identifier,
  type IdentifierKind,
  type Moment,
  type Person,
  type PersonKey,
  type Report,
} from "@fairlead/report";
import type { AssessmentContext } from "../input/context.ts";
import type { AssessmentInput } from "./arbitrary-report.ts";
import { TEST_NOW } from "./arbitrary-parts.ts";

/** Sources that examples speak through. */
export const SENDER: ClaimSource = { kind: "sender", name: "Example Platform" };
export const TABLE: ClaimSource = { kind: "list", name: "Example Network Table" };
export const ANALYST: ClaimSource = { kind: "person", id: "p-1", role: "analyst" };

export const EXAMPLE_FILE = "11111111-1111-4111-8111-111111111111" as EvidenceId;
export const EXAMPLE_SUSPECT = "suspect-1" as PersonKey;

/** A certain time, so many days before `TEST_NOW`. */
export function daysAgo(days: number): Moment {
  const at = `${new Date(TEST_NOW - days * 86_400_000).toISOString().slice(0, 19)}Z`;
  return { raw: at, at, zone: "stated", offset: "Z" };
}

/** An upload from a documentation address ten days ago; give `undefined` for what should be missing. */
export function exampleEvent(parts: { [Key in keyof Event]?: Event[Key] | undefined } = {}): Event {
  const event = {
    kind: "upload",
    moment: daysAgo(10),
    ip: { raw: "192.0.2.7", address: "192.0.2.7" },
    ...parts,
  };
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => value !== undefined),
  ) as unknown as Event;
}

export function exampleIdentifier(
  kind: IdentifierKind,
  raw: string,
  context: Parameters<typeof identifier>[2] = {},
): Identifier {
  const made = identifier(kind, raw, context);
  if (made === undefined) throw new Error(`"${raw}" is a placeholder`);
  return made;
}

/** A suspect with an account and one upload. */
export function exampleSuspect(parts: Partial<Person> = {}): Person {
  return {
    key: EXAMPLE_SUSPECT,
    role: "suspect",
    identifiers: [exampleIdentifier("account", "1000001", { platform: "Example Chat" })],
    events: [exampleEvent()],
    places: [],
    ...parts,
  };
}

/** A child who can be looked for. */
export function exampleVictim(parts: Partial<Person> = {}): Person {
  return {
    key: "victim-1" as PersonKey,
    role: "victim",
    identifiers: [exampleIdentifier("account", "2000002", { platform: "Example Chat" })],
    events: [],
    places: [],
    ...parts,
  };
}

/** A photograph of a landscape whose bytes were received. */
export function exampleFile(parts: { [Key in keyof Evidence]?: Evidence[Key] | undefined } = {}): Evidence {
  const item = {
    id: EXAMPLE_FILE,
    kind: "file",
    received: { size: 1024, sha256: "a".repeat(64), sha1: "a".repeat(40), md5: "a".repeat(32) },
    declaredHashes: [],
    relevance: "reported",
    events: [],
    details: [],
    ...parts,
  };
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== undefined),
  ) as unknown as Evidence;
}

export function aboutFile(states: ClaimStatement, source: ClaimSource = SENDER): Claim {
  return { about: { kind: "evidence", id: EXAMPLE_FILE }, source, states };
}

export function aboutSuspect(states: ClaimStatement, source: ClaimSource = SENDER): Claim {
  return { about: { kind: "person", key: EXAMPLE_SUSPECT }, source, states };
}

export function aboutReport(states: ClaimStatement, source: ClaimSource = SENDER): Claim {
  return { about: { kind: "report" }, source, states };
}

export function aboutAddress(
  network: Extract<ClaimStatement, { kind: "network" }>["network"],
  {
    address = "192.0.2.7",
    country = "GB",
    source = TABLE,
  }: { address?: string; country?: string | undefined; source?: ClaimSource } = {},
): Claim {
  return {
    about: { kind: "ip", address },
    source,
    states: { kind: "network", network, ...(country === "" ? {} : { country }) },
  };
}

export function aFlag(flag: Extract<ClaimStatement, { kind: "flag" }>["flag"], value = true): ClaimStatement {
  return { kind: "flag", flag, value };
}

export function exampleContext(parts: Partial<AssessmentContext> = {}): AssessmentContext {
  const receivedAt = new Date(TEST_NOW - 9 * 86_400_000).toISOString();
  return {
    station: { id: "example-agency", name: "Example Agency", profile: "national-agency" },
    receivedAt,
    firstReportedAt: receivedAt,
    senderAuthenticated: true,
    handOffs: "signed",
    custody: "intact",
    ...parts,
  };
}

/** A report of one file by a platform, with nothing but what is given here. */
export function exampleReport(parts: Partial<Report> = {}): Report {
  return {
    version: 1,
    sender: { kind: "platform", id: "example-platform", name: "Example Platform" },
    references: [],
    incident: { type: "abuse-material", occurred: daysAgo(10), platform: "Example Chat" },
    persons: [exampleSuspect()],
    evidence: [exampleFile()],
    claims: [],
    statements: [],
    ...parts,
  };
}

/** A report that supports L3: a viewed file and one upload from a known access network in the United Kingdom. */
export function attributableInput(parts: Partial<AssessmentInput> = {}): AssessmentInput {
  return {
    report: exampleReport({ claims: [aboutFile(aFlag("viewed-in-full"))] }),
    claims: [aboutAddress("access")],
    context: exampleContext(),
    ...parts,
  };
}

/** A report that supports L4: a second, independent upload, and the operators' corroborated answer. */
export function warrantInput(): AssessmentInput {
  const { report, claims, context } = attributableInput();
  return {
    report: {
      ...report,
      persons: [exampleSuspect({ events: [exampleEvent(), exampleEvent({ moment: daysAgo(14) })] })],
    },
    claims: [
      ...claims,
      aboutSuspect(
        {
          kind: "resolution",
          events: 2,
          addressKind: "installation",
          postcode: "LS1 1UR",
          country: "GB",
          corroborated: true,
        },
        ANALYST,
      ),
    ],
    context,
  };
}
