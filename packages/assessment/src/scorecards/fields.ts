import { epochMs, type Event, type Report } from "@fairlead/report";

/** What a good report fills in, as far as it applies to it. */
export const SCORED_FIELDS = [
  "file",
  "viewed",
  "account",
  "contact",
  "event-address",
  "event-port",
  "event-time",
  "event-zone",
  "incident-meaning",
  "chat",
  "victim",
  "flags",
  "declared-hash",
  "reference",
] as const;
export type ScoredField = (typeof SCORED_FIELDS)[number];

/** Whether each field is filled; a field that does not apply to a report is not there, and counts neither way. */
export type Filled = Partial<Record<ScoredField, boolean>>;

/** Events that prove more than a login (agency.md 4.1). */
const DEEDS: ReadonlySet<Event["kind"]> = new Set(["upload", "send"]);

/** Incident types that are about words between people. */
const ABOUT_TALK: ReadonlySet<Report["incident"]["type"]> = new Set([
  "enticement",
  "obscene-to-child",
  "trafficking",
]);

/** Reads what a report fills in. Only what its sender sent: nothing that a station or a person added. */
export function filledIn(report: Report): Filled {
  const suspects = report.persons.filter(({ role }) => role === "suspect");
  const files = report.evidence.filter(({ kind }) => kind === "file");
  const events = [
    ...suspects.flatMap((person) => person.events),
    ...report.evidence.flatMap((item) => item.events),
  ];
  const deeds = events.filter(({ kind, ip }) => DEEDS.has(kind) && ip !== undefined);
  const identifiers = suspects.flatMap((person) => person.identifiers);
  const flags = report.claims.filter(({ states }) => states.kind === "flag");
  const talk = ABOUT_TALK.has(report.incident.type);
  return {
    file: files.some(({ received }) => received !== undefined),
    ...(files.length === 0
      ? {}
      : {
          viewed: flags.some(({ states }) => states.kind === "flag" && states.flag === "viewed-in-full"),
          "declared-hash": files.every(({ declaredHashes }) => declaredHashes.length > 0),
        }),
    account: identifiers.some(
      ({ kind }) => kind === "account" || kind === "screen-name" || kind === "profile-url",
    ),
    contact: identifiers.some(({ kind }) => kind === "phone" || kind === "email" || kind === "payment"),
    "event-address": deeds.length > 0,
    ...(deeds.length === 0
      ? {}
      : {
          "event-port": deeds.every(({ port }) => port !== undefined),
          "event-time": deeds.every(({ moment }) => moment !== undefined),
        }),
    ...zones(report, events),
    "incident-meaning": report.incident.occurredMeaning !== undefined,
    ...(talk ? { chat: report.statements.some(({ topic }) => topic === "chat") || hasMessages(report) } : {}),
    ...(talk ? { victim: report.persons.some(({ role }) => role === "victim") } : {}),
    flags: flags.length > 0,
    reference: report.references.some(({ kind }) => kind === "this-report"),
  };
}

function hasMessages(report: Report): boolean {
  return report.evidence.some(({ kind }) => kind === "message-bundle");
}

/** Every time that the report states has a zone that is certain: stated, or the sender's declared default. */
function zones(report: Report, events: readonly Event[]): Filled {
  const moments = [report.incident.occurred, ...events.flatMap(({ moment }) => moment ?? [])];
  return {
    "event-zone": moments.every((moment) => moment.zone !== "assumed" && epochMs(moment) !== undefined),
  };
}

/**
 * The completeness rubric of a desk study on the SIO report (agency.md 4.5): file 20, viewed 15, who 15, address 15, when and zone 10,
 * chat 10, victim 8, flags 7.
 */
const WEIGHTS: readonly { fields: readonly ScoredField[]; points: number }[] = [
  { fields: ["file"], points: 20 },
  { fields: ["viewed"], points: 15 },
  { fields: ["account", "contact"], points: 15 },
  { fields: ["event-address"], points: 15 },
  { fields: ["event-zone"], points: 10 },
  { fields: ["chat"], points: 10 },
  { fields: ["victim"], points: 8 },
  { fields: ["flags"], points: 7 },
];

/**
 * How complete a report is, from 0 to 100, of what applies to it. For scorecards of senders ONLY: a complete viral duplicate is worth
 * almost nothing and a thin threat everything, so no level and no tier may ever read it.
 */
export function completenessOf(filled: Filled): number {
  let points = 0;
  let possible = 0;
  for (const { fields, points: worth } of WEIGHTS) {
    const applying = fields.map((field) => filled[field]).filter((value) => value !== undefined);
    if (applying.length === 0) continue;
    possible += worth;
    if (applying.includes(true)) points += worth;
  }
  return possible === 0 ? 0 : Math.round((100 * points) / possible);
}
