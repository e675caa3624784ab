import type { ClaimSource, Event, Person, PersonKey, Report } from "@fairlead/report";
import type { AnswerRecord } from "../requests/request-record.ts";

/** An event with its place in the assessed input. */
export interface PlacedEvent {
  event: Event;
  path: string;
  /** Who says so, where it is not the report's sender. */
  source?: ClaimSource;
}

/** One person as far as the report lets us tell: a suspect, or whoever uploaded. */
export interface Group {
  key?: PersonKey;
  person?: Person;
  path: string;
  events: PlacedEvent[];
  /** Persons that the sender associates with this one: their handles lead to the person, but are not the person's. */
  associated: { person: Person; path: string }[];
  /** Upload times of evidence belong to this group. */
  uploads: boolean;
}

/**
 * The persons that a report may point to. With one suspect, or none, the uploader and the suspect are one. With several
 * (a batched report) nobody says whose upload it was, so the files' events make a group of their own.
 * @param answers whose events stand beside the report's own
 */
export function groupsOf(report: Report, answers: readonly AnswerRecord[] = []): Group[] {
  const suspects: Group[] = [];
  for (const [index, person] of report.persons.entries())
    if (person.role === "suspect")
      suspects.push(suspectGroup(report, person, `/report/persons/${index}`, answers));
  const [only] = suspects;
  const uploads = suspects.length === 1 && only !== undefined ? only.events : [];
  putUploadEvents(uploads, report);
  for (const answered of answeredEvents(answers, undefined)) uploads.push(answered);
  if (only === undefined) return [{ path: "/report", events: uploads, associated: [], uploads: true }];
  if (suspects.length === 1) {
    only.uploads = true;
    return suspects;
  }
  return [...suspects, { path: "/report/evidence", events: uploads, associated: [], uploads: true }];
}

function suspectGroup(report: Report, person: Person, path: string, answers: readonly AnswerRecord[]): Group {
  const events: PlacedEvent[] = [];
  putEvents(events, person.events, path);
  for (const answered of answeredEvents(answers, person.key)) events.push(answered);
  const associated: Group["associated"] = [];
  for (const [index, other] of report.persons.entries())
    if (other.role === "associated" && other.associatedWith?.key === person.key)
      associated.push({ person: other, path: `/report/persons/${index}` });
  return { key: person.key, person, path, events, associated, uploads: false };
}

/** Adds the events of files and of a shared channel: whose they are, nobody says. */
export function putUploadEvents(into: PlacedEvent[], { evidence, incident: { channel } }: Report): void {
  for (const [index, item] of evidence.entries())
    if (item.kind !== "wire-document") putEvents(into, item.events, `/report/evidence/${index}`);
  if (channel?.kind === "peer-to-peer") putEvents(into, channel.events, "/report/incident/channel");
}

function putEvents(into: PlacedEvent[], events: readonly Event[], path: string): void {
  for (const [index, event] of events.entries()) into.push({ event, path: `${path}/events/${index}` });
}

/** What providers answered about a person, or about whoever uploaded. */
function answeredEvents(answers: readonly AnswerRecord[], person: PersonKey | undefined): PlacedEvent[] {
  return answers.flatMap(({ events, provider }, a) =>
    events.flatMap((answered, e) =>
      answered.person === person
        ? [
            {
              event: answered.event,
              path: `/context/answers/${a}/events/${e}/event`,
              source: { kind: "sender" as const, name: provider },
            },
          ]
        : [],
    ),
  );
}
