import { epochMs } from "../moment.ts";
import type { Report } from "../report.ts";
import { UK_PRIORITY_CLOCKS, UK_RETENTION, type UkPriority } from "./law.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What is kept of a direct report and until when (SI 2026/268 reg 8). Times in milliseconds since 1970. */
export interface UkKeeping {
  /** The unique reference that the agency issued. */
  referenceUntil: number;
  /** Content, what was submitted, what the judgement rested on, the user's relevant data. */
  contentUntil: number;
  /** The user's relevant data are those of these two weeks; none where no time of the content is certain. */
  relevantData: { from: number; to: number; of: string } | undefined;
}

/**
 * @param issuedAt when the agency issued the reference
 * @param sentAt when the report was sent
 */
export function ukKeeping(report: Report, issuedAt: number, sentAt: number): UkKeeping {
  return {
    referenceUntil: addYears(issuedAt, UK_RETENTION.referenceYears),
    contentUntil: addYears(sentAt, UK_RETENTION.contentYears),
    relevantData: relevantData(report),
  };
}

/** The two weeks before the first upload, creation, sharing or receipt whose time is certain. */
export function relevantData(report: Report): UkKeeping["relevantData"] {
  const uploads = report.evidence.flatMap(({ uploadedAt }, index) =>
    known(`/evidence/${index}/uploadedAt`, epochMs(uploadedAt)),
  );
  const events = report.persons.flatMap(({ events: ofPerson }, p) =>
    ofPerson.flatMap(({ kind, moment }, e) =>
      kind === "upload" || kind === "send" ? known(`/persons/${p}/events/${e}/moment`, epochMs(moment)) : [],
    ),
  );
  const occurred = known("/incident/occurred", epochMs(report.incident.occurred));
  // What happened to the content says it better than the incident as a whole.
  const certain = uploads.length + events.length > 0 ? [...uploads, ...events] : occurred;
  const [first, ...others] = certain;
  if (first === undefined) return undefined;
  const { of, at } = others.reduce((earliest, found) => (found.at < earliest.at ? found : earliest), first);
  return { from: at - UK_RETENTION.relevantDataDays * DAY_MS, to: at, of };
}

function known(of: string, at: number | undefined): Array<{ of: string; at: number }> {
  return at === undefined ? [] : [{ of, at }];
}

/** By when a report of this priority is out by the house's clock, which starts when the provider knew. */
export function ukDueAt(priority: UkPriority, knownAt: number): number {
  return knownAt + UK_PRIORITY_CLOCKS[priority].houseHours * HOUR_MS;
}

/** The same day years later; 29 February becomes the 28th where there is none. */
function addYears(instant: number, years: number): number {
  const date = new Date(instant);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getUTCMonth() === month ? date.getTime() : date.setUTCDate(0);
}
