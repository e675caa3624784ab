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
  const uploads = [...uploadEvents(report), ...answeredEvents(answers, undefined)];
  const suspects = report.persons.flatMap((person, index) =>
    person.role === "suspect" ? [suspectGroup(report, person, `/report/persons/${index}`, answers)] : [],
  );
  const [only] = suspects;
  if (only === undefined) return [{ path: "/report", events: uploads, associated: [], uploads: true }];
  if (suspects.length === 1) return [{ ...only, events: [...only.events, ...uploads], uploads: true }];
  return [...suspects, { path: "/report/evidence", events: uploads, associated: [], uploads: true }];
}

function suspectGroup(report: Report, person: Person, path: string, answers: readonly AnswerRecord[]): Group {
  const own = person.events.map((event, index) => ({ event, path: `${path}/events/${index}` }));
  return {
    key: person.key,
    person,
    path,
    events: [...own, ...answeredEvents(answers, person.key)],
    associated: report.persons.flatMap((other, index) =>
      other.role === "associated" && other.associatedWith?.key === person.key
        ? [{ person: other, path: `/report/persons/${index}` }]
        : [],
    ),
    uploads: false,
  };
}

function uploadEvents(report: Report): PlacedEvent[] {
  const { channel } = report.incident;
  return [
    ...report.evidence.flatMap((item, index) =>
      item.kind === "wire-document"
        ? []
        : item.events.map((event, e) => ({ event, path: `/report/evidence/${index}/events/${e}` })),
    ),
    ...(channel?.kind === "peer-to-peer"
      ? channel.events.map((event, e) => ({ event, path: `/report/incident/channel/events/${e}` }))
      : []),
  ];
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
