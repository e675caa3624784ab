import type { Event } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { AttributeName } from "../sufficiency/attribute.ts";
import { readGroup, type ReadEvent } from "../sufficiency/event-address.ts";
import { groupsOf } from "../sufficiency/group.ts";
import type { Level } from "../sufficiency/level.ts";
import type { NextRequest } from "../sufficiency/would-raise.ts";
import { sufficiencyOf, type Sufficiency } from "../sufficiency/sufficiency.ts";
import { providerWindow } from "../sufficiency/time.ts";
import { legalRoute, type LegalRoute } from "./legal-route.ts";
import type { Addressee } from "./request-record.ts";
import { NOT_STATED, wordsFor } from "./templates.ts";
import { wayOf, type Way } from "./ways.ts";

/** One request worth making: whom, for what, by which law, until when, what it would give, and in which words. */
export interface SuggestedRequest {
  /** The rule that proposes it, such as `source-port`. */
  id: string;
  addressee: Addressee;
  askFor: string;
  /** The legal routes on this day. */
  routes: LegalRoute[];
  /**
   * Until when it can be answered (UTC). `ended`: by what is on file the data are gone, though their holder may have kept them for
   * longer. Absent: nothing is known of a limit.
   */
  clock?: { until: string; ended: boolean };
  /** What a good answer would give. The level stays where it takes more than this one answer. */
  expected: {
    attribute: AttributeName;
    from: string;
    to: string;
    levelFrom: Level;
    levelTo: Level;
  };
  /** Codes of the reasons that it answers. */
  because: string[];
  subject: string;
  body: string;
}

/** What holds a case down, and what to ask. */
export interface NextStep {
  level: Level;
  /** Attributes whose rise by one step changes the level: the binding gap. */
  binding: AttributeName[];
  /** The single best request. Absent where no question would raise anything. */
  request?: SuggestedRequest;
  /** The others, best first. */
  alternatives: SuggestedRequest[];
}

/**
 * The single best next request of a case (agency.md 4.3), with the others behind it.
 *
 * Best is: can still be answered by what is on file; then the highest level; then what closes a gap; then what costs others least.
 * Every one of them raises the level or closes a gap to the next one; a question that raises nothing is not asked.
 */
export function nextRequest(the: Case, sufficiency: Sufficiency = sufficiencyOf(the)): NextStep {
  const { level, binding, wouldRaise } = sufficiency;
  const suggested = wouldRaise.map((request) => suggestionFor(request, sufficiency, the));
  const ended = ({ clock }: SuggestedRequest) => Number(clock?.ended === true);
  const [request, ...alternatives] = suggested.toSorted((a, b) => ended(a) - ended(b));
  return { level, binding, ...(request === undefined ? {} : { request }), alternatives };
}

function suggestionFor(request: NextRequest, { level, line }: Sufficiency, the: Case): SuggestedRequest {
  const { id, askFor, attribute, from, to, expectedLevel, because } = request;
  const way = wayOf(id);
  const routes = routesOf(way, the);
  const events = eventsOf(line.person, the);
  const until = untilOf(way, events, the);
  const addressee = addresseeOf(way, the);
  const route = routes.map(({ text }) => text).join("; ") || NOT_STATED.route;
  return {
    id,
    addressee,
    askFor,
    routes,
    ...(until === undefined
      ? {}
      : { clock: { until: new Date(until).toISOString(), ended: until <= the.now } }),
    expected: { attribute, from, to, levelFrom: level, levelTo: expectedLevel },
    because,
    ...wordsFor(way.role, { ...fieldsOf(line.person, events, the), askFor, route, until: untilText(until) }),
  };
}

function routesOf({ routes }: Way, { now, rules }: Case): LegalRoute[] {
  const day = new Date(now).toISOString().slice(0, 10);
  return [routes.GB, routes.US].flatMap((id) =>
    id === undefined ? [] : (legalRoute(rules.legalRoutes, id, day) ?? []),
  );
}

function addresseeOf({ role }: Way, { report }: Case): Addressee {
  const name =
    role === "sender"
      ? report.sender.name
      : role === "provider"
        ? (report.incident.platform ?? (report.sender.kind === "platform" ? report.sender.name : undefined))
        : undefined;
  return { role, ...(name === undefined || name === "" ? {} : { name: name.slice(0, 255) }) };
}

/** The events of the person that the level rests on. */
function eventsOf(person: string | undefined, the: Case): ReadEvent[] {
  const groups = groupsOf(the.report, the.context.answers);
  const group = groups.find(({ key }) => key === person) ?? groups[0];
  return group === undefined ? [] : readGroup(group, the).events;
}

/** Whose retention decides: the longest-running window, because the question is about any event that can still be answered. */
function untilOf({ kept }: Way, events: readonly ReadEvent[], the: Case): number | undefined {
  if (kept === "none") return undefined;
  if (kept === "provider") return providerWindow(the)?.expiresAt;
  let until: number | undefined;
  for (const { found } of events) {
    if (typeof found !== "object" || found.window === undefined) continue;
    until = Math.max(until ?? found.window.expiresAt, found.window.expiresAt);
  }
  return until;
}

function untilText(until: number | undefined): string {
  return until === undefined ? NOT_STATED.until : `${new Date(until).toISOString().slice(0, 10)} (UTC)`;
}

function fieldsOf(person: string | undefined, events: readonly ReadEvent[], { report }: Case) {
  const own = report.references.find(({ kind }) => kind === "this-report");
  const handle = report.persons.find(({ key }) => key === person)?.identifiers[0];
  return {
    reference: own?.value ?? NOT_STATED.reference,
    sender: report.sender.name,
    platform: report.incident.platform ?? NOT_STATED.platform,
    person: handle === undefined ? NOT_STATED.person : `${handle.kind} ${handle.raw}`,
    events:
      events.length === 0 ? NOT_STATED.events : events.slice(0, EVENTS_IN_A_LETTER).map(eventLine).join("\n"),
  };
}

/** A longer list goes with the request as a file, not in its words. */
const EVENTS_IN_A_LETTER = 20;

/** Times stand as stated, with how their zone is known: nobody retypes one (agency.md 1.2). */
function eventLine({ event }: ReadEvent): string {
  const parts = [event.kind, momentText(event)];
  if (event.ip !== undefined)
    parts.push(`from ${event.ip.raw}${event.port === undefined ? "" : ` port ${event.port}`}`);
  return `- ${parts.join(", ")}`;
}

function momentText({ moment }: Event): string {
  if (moment === undefined) return "time not stated";
  return moment.at === undefined
    ? `${moment.raw} (zone not stated)`
    : `${moment.raw} (${moment.at} UTC, zone ${moment.zone})`;
}
