import { fill } from "../input/reason.ts";
import type { Addressee } from "./request-record.ts";

/** The fields that a template may name. */
export interface TemplateFields {
  /** The sender's own number of the report, or the words for none. */
  reference: string;
  sender: string;
  platform: string;
  /** The person as the report names them: an account, a handle, or the words for none. */
  person: string;
  /** The events that the question is about, one a line, times as stated. */
  events: string;
  askFor: string;
  route: string;
  /** Until when, or the words for no known date. */
  until: string;
}

/** The letters and tasks, by who is asked. A person reads, changes and sends them; nothing here is sent by itself. */
export const REQUEST_TEMPLATES: Readonly<Record<Addressee["role"], { subject: string; body: string }>> = {
  "own-station": {
    subject: "Look up: {askFor}",
    body: "For report {reference} of {sender}, please look up {askFor}.\n\n{events}",
  },
  "trained-staff": {
    subject: "To view: report {reference}",
    body: "Report {reference} of {sender} needs {askFor}.\n\nLegal ground: {route}.",
  },
  sender: {
    subject: "Your report {reference}: please send more",
    body: "You sent us report {reference} about {platform}.\n\nPlease send us {askFor}.\n\n{events}\n\nLegal ground: {route}.\nPlease answer by {until}.",
  },
  provider: {
    subject: "Report {reference}: request for data",
    body: "Report {reference} concerns {person} on {platform}.\n\nPlease send us {askFor}. Give every time with seconds and zone, as your log has it.\n\n{events}\n\nLegal ground: {route}.\nPlease answer by {until}.",
  },
  "network-operator": {
    subject: "Report {reference}: subscriber of an address",
    body: "Please tell us {askFor}.\n\n{events}\n\nLegal ground: {route}.\nThe data are kept until {until}.",
  },
  exchange: {
    subject: "Report {reference}: is the child known?",
    body: "For report {reference} of {sender}: please tell us {askFor}.\n\nLegal ground: {route}.",
  },
};

/** What stands where the report says nothing. */
export const NOT_STATED = {
  reference: "without a number",
  platform: "an unnamed platform",
  person: "an unnamed person",
  events: "The report names no event.",
  route: "none needed",
  until: "a date that nobody has stated",
} as const;

/** The words of a request, with every field filled. */
export function wordsFor(role: Addressee["role"], fields: TemplateFields): { subject: string; body: string } {
  const { subject, body } = REQUEST_TEMPLATES[role];
  const values = { ...fields };
  return { subject: oneLine(fill(subject, values)), body: fill(body, values) };
}

const SUBJECT_LIMIT = 300;

/** A subject is one line: what a sender wrote must not add a second one, which a mail system would read as a header. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length <= SUBJECT_LIMIT ? line : `${line.slice(0, SUBJECT_LIMIT - 1)}…`;
}
