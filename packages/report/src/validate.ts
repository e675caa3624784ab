import type { z } from "zod";
import { epochMs, type Moment } from "./moment.ts";
import type { Problem } from "./problem.ts";
import { reportSchema, type Report } from "./report.ts";

export type Validation = { ok: true; report: Report } | { ok: false; problems: Problem[] };

/** Clocks of honest senders run ahead by this much at most before a time counts as being in the future. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * Checks a value against the report model: shape first, then what fields must say about each other.
 * @param value anything, typically parsed JSON
 * @param now milliseconds since 1970 of the receiving station's clock
 * @returns the report, or every problem found, each with a JSON Pointer
 */
export function validateReport(value: unknown, now: number): Validation {
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(shapeProblem) };
  const problems = contradictionsIn(parsed.data, now);
  return problems.length === 0 ? { ok: true, report: parsed.data } : { ok: false, problems };
}

/**
 * What fields of a report that has the right shape say against each other, for a caller that has checked the shape already.
 * @param now milliseconds since 1970 of the receiving station's clock
 */
export function contradictionsIn(report: Report, now: number): Problem[] {
  return [
    ...unstorableTexts(report, []),
    ...danglingKeys(report),
    ...repeatedKeys(report),
    ...futureMoments(report, now),
    ...batchedPersons(report),
  ];
}

function shapeProblem(issue: z.core.$ZodIssue): Problem {
  return {
    code: `shape.${issue.code.replaceAll("_", "-")}`,
    path: pointer(issue.path),
    message: issue.message,
    remedy: "Send the field in the form that the report model names, or leave it out when it is not known.",
  };
}

/** JSON Pointer (RFC 6901) of a path of keys. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * Text that JSON can carry but neither PostgreSQL nor XML nor the canonical form can: U+0000 and half a surrogate pair.
 * Refused at the door, because what is acknowledged must be storable, byte for byte.
 */
export function unstorableTexts(value: unknown, path: readonly PropertyKey[]): Problem[] {
  if (typeof value === "string") {
    if (value.isWellFormed() && !value.includes("\u0000")) return [];
    return [
      {
        code: "text.unstorable",
        path: pointer(path),
        message: "The text holds the character U+0000 or half of a surrogate pair, which are not text.",
        remedy: "Remove the character, or send the original as a file.",
      },
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unstorableTexts(inner, [...path, key]));
}

function danglingKeys(report: Report): Problem[] {
  const persons = new Set<string>(report.persons.map((person) => person.key));
  const evidence = new Set<string>(report.evidence.map((item) => item.id));
  const problems: Problem[] = [];
  const needPerson = (key: string | undefined, path: string) => {
    if (key !== undefined && !persons.has(key)) problems.push(dangling(path, "person", key));
  };
  report.claims.forEach((claim, index) => {
    const path = `/claims/${index}/about`;
    if (claim.about.kind === "person") needPerson(claim.about.key, `${path}/key`);
    if (claim.about.kind === "evidence" && !evidence.has(claim.about.id))
      problems.push(dangling(`${path}/id`, "evidence", claim.about.id));
  });
  report.statements.forEach((statement, index) => {
    needPerson(statement.person, `/statements/${index}/person`);
    if (statement.evidence !== undefined && !evidence.has(statement.evidence))
      problems.push(dangling(`/statements/${index}/evidence`, "evidence", statement.evidence));
  });
  report.references.forEach((reference, index) => {
    needPerson(reference.person, `/references/${index}/person`);
  });
  report.persons.forEach((person, index) => {
    needPerson(person.associatedWith?.key, `/persons/${index}/associatedWith/key`);
  });
  return problems;
}

function dangling(path: string, what: string, key: string): Problem {
  return {
    code: "key.dangling",
    path,
    message: `"${key}" names no ${what} of this report.`,
    remedy: `Name a ${what} that the report contains, or add it.`,
  };
}

function repeatedKeys(report: Report): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  const check = (key: string, path: string) => {
    // UUIDs that differ in case are one UUID (RFC 9562, section 4).
    const same = key.toLowerCase();
    if (seen.has(same))
      problems.push({
        code: "key.repeated",
        path,
        message: `"${key}" is used twice in this report.`,
        remedy: "Give each person and each piece of evidence a key of its own.",
      });
    seen.add(same);
  };
  report.persons.forEach((person, index) => check(person.key, `/persons/${index}/key`));
  report.evidence.forEach((item, index) => check(item.id, `/evidence/${index}/id`));
  return problems;
}

/** Every time in a report that says when something happened, with its JSON Pointer. */
export function momentsOf(report: Report): Array<{ path: string; moment: Moment }> {
  const found: Array<{ path: string; moment: Moment }> = [
    { path: "/incident/occurred", moment: report.incident.occurred },
  ];
  const add = (path: string, moment: Moment | undefined) => {
    if (moment !== undefined) found.push({ path, moment });
  };
  report.persons.forEach((person, p) => {
    person.events.forEach((event, e) => add(`/persons/${p}/events/${e}/moment`, event.moment));
    person.identifiers.forEach((item, i) =>
      add(`/persons/${p}/identifiers/${i}/verifiedAt`, item.verifiedAt),
    );
    person.places.forEach((place, i) => add(`/persons/${p}/places/${i}/moment`, place.moment));
  });
  report.evidence.forEach((item, i) => {
    add(`/evidence/${i}/uploadedAt`, item.uploadedAt);
    item.events.forEach((event, e) => add(`/evidence/${i}/events/${e}/moment`, event.moment));
  });
  const channel = report.incident.channel;
  if (channel?.kind === "peer-to-peer")
    channel.events.forEach((event, e) => add(`/incident/channel/events/${e}/moment`, event.moment));
  if (channel?.kind === "offline")
    channel.places.forEach((place, i) => add(`/incident/channel/places/${i}/moment`, place.moment));
  report.claims.forEach((claim, i) => {
    if (claim.states.kind !== "account-disabled") return;
    // An account may be due to be enabled again at a later time, so reenabledAt is a plan and not listed.
    add(`/claims/${i}/states/disabledAt`, claim.states.disabledAt);
    add(`/claims/${i}/states/userNotifiedAt`, claim.states.userNotifiedAt);
  });
  return found;
}

function futureMoments(report: Report, now: number): Problem[] {
  return momentsOf(report)
    .filter(({ moment }) => (epochMs(moment) ?? 0) > now + CLOCK_TOLERANCE_MS)
    .map(({ path, moment }) => ({
      code: "moment.future",
      path,
      message: `${moment.raw} has not happened yet.`,
      remedy: "Check the clock and the time zone of the system that wrote this time.",
    }));
}

function batchedPersons(report: Report): Problem[] {
  const batched = report.claims.some(
    (claim) => claim.states.kind === "flag" && claim.states.flag === "batched" && claim.states.value,
  );
  const suspects = report.persons.filter((person) => person.role === "suspect");
  if (batched || suspects.length <= 1) return [];
  return [
    {
      code: "persons.one-suspect",
      path: "/persons",
      message: `The report names ${suspects.length} suspects; one report is about one incident and at most one suspect.`,
      remedy: "Send a report for each suspect, or mark the report as batched when one viral item joins them.",
    },
  ];
}
