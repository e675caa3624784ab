import { epochMs, type ClaimSource, type Event, type Moment } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { networkRule, windowFrom, type Window } from "../rules/retention.ts";
import { because, type SufficiencyCode } from "./messages.ts";
import type { Group, PlacedEvent } from "./group.ts";
import { networkOf, type NetworkKnowledge } from "./network.ts";
import { resolutionsOf, type Resolutions } from "./resolution.ts";

/** An event's address, and everything that keeps it from naming a subscriber. */
export interface EventAddress {
  address: string;
  known: NetworkKnowledge;
  path: string;
  source: ClaimSource;
  /** Certain and past; milliseconds since 1970. */
  at?: number;
  /** How long the network keeps its data about this event, where a window is on file. */
  window?: Window;
  /** Empty: upload or sending, UTC second, known access network (or carrier's with port), inside its window (A3). */
  holds: Reason[];
}

/** An event with what its address is worth: `undefined` where it has none that could stand for a subscriber. */
export interface ReadEvent extends PlacedEvent {
  source: ClaimSource;
  found: EventAddress | "unreadable" | undefined;
}

/** A group with what attribution, place and time all look at, read once. */
export interface ReadGroup extends Group {
  events: ReadEvent[];
  resolutions: Resolutions;
}

/** Reads the addresses of all events of a group, and what operators answered about its person. */
export function readGroup(group: Group, the: Case): ReadGroup {
  const events = group.events.map(({ event, path, source = the.sender }) => ({
    event,
    path,
    source,
    found: eventAddress(event, path, source, the),
  }));
  const { key, person, path, associated, uploads } = group;
  const read: ReadGroup = { path, events, associated, uploads, resolutions: resolutionsOf(group, the) };
  if (key !== undefined) read.key = key;
  if (person !== undefined) read.person = person;
  return read;
}

/** Holds that only time has put there: the fact was good enough to be resolved, and may have been. */
const TIME_HOLDS: ReadonlySet<string> = new Set<SufficiencyCode>([
  "attribution.window-passed",
  "attribution.window-unknown",
]);

/** Whether the address could name a subscriber, were its window open. */
export function couldBeResolved(fact: EventAddress): boolean {
  return fact.holds.every(({ code }) => TIME_HOLDS.has(code));
}

/**
 * @returns `undefined` for an event without an address that could stand for a subscriber; `unreadable` for text that is no address
 */
function eventAddress(
  event: Event,
  path: string,
  source: ClaimSource,
  the: Case,
): EventAddress | "unreadable" | undefined {
  if (event.ip === undefined) return undefined;
  const { address } = event.ip;
  if (address === undefined) return "unreadable";
  const known = networkOf(address, the);
  if (known.isPlaceholder) return undefined;
  const holds: Reason[] = [];
  const hold = (code: SufficiencyCode, where: string, values?: Record<string, string>) =>
    holds.push(because(code, where, source, values));

  if (event.kind === "unknown") hold("attribution.event-unknown", `${path}/kind`);
  else if (event.kind !== "upload" && event.kind !== "send")
    hold("attribution.login-address", `${path}/kind`);

  const time = timeHold(event.moment, the);
  const doubt = time === undefined ? the.doubts.holding("time", `${path}/moment`) : undefined;
  if (time !== undefined) hold(time, `${path}/moment`);
  if (doubt !== undefined) hold("attribution.time-doubted", `${path}/moment`, { doubt: doubt.text });
  const mistyped = the.doubts.holding("address", `${path}/ip`);
  if (mistyped !== undefined) hold("attribution.address-doubted", `${path}/ip`, { doubt: mistyped.text });
  const certain = doubt === undefined && (time === undefined || time === "attribution.second-missing");
  const at = certain ? epochMs(event.moment) : undefined;

  if (event.possibleProxy === true) hold("attribution.proxy-stated", `${path}/possibleProxy`);
  if (known.network === "unknown") hold("attribution.network-unknown", `${path}/ip`);
  else if (known.network === "carrier-nat") {
    // An IPv6 address is a customer's own; only IPv4 is shared behind a carrier's NAT (agency.md 2.5).
    if (event.port === undefined && !address.includes(":")) hold("attribution.port-missing", path);
  } else if (known.network !== "access")
    holds.push(because("attribution.network-hides", known.path, known.source, { network: known.network }));

  const window =
    at === undefined ? undefined : windowFrom(networkRule(the.rules.retention, known.country, at), at);
  if (known.network !== "unknown" && known.country === undefined)
    hold("attribution.country-unknown", `${path}/ip`);
  else if (at !== undefined && known.country !== undefined) {
    if (window === undefined)
      hold("attribution.window-unknown", `${path}/moment`, { country: known.country });
    else if (window.expiresAt <= the.now) hold("attribution.window-passed", `${path}/moment`);
  }
  const found: EventAddress = { address, known, path, source, holds };
  if (at !== undefined) found.at = at;
  if (window !== undefined) found.window = window;
  return found;
}

const SECOND = /\d:\d\d:\d\d/;

/** What is wrong with a time that must name one second (ambiguity blocks, law 4). */
function timeHold(moment: Moment | undefined, { now, rules }: Case): SufficiencyCode | undefined {
  if (moment === undefined) return "attribution.time-missing";
  if (moment.zone === "none") return "attribution.zone-missing";
  if (moment.zone === "assumed") return "attribution.zone-assumed";
  const at = epochMs(moment);
  if (at === undefined || Number.isNaN(at)) return "attribution.zone-missing";
  if (at > now + rules.clockToleranceSeconds * 1000) return "attribution.time-in-future";
  // A carrier gives the same address to others within the minute; a time read without seconds is filled with :00.
  return SECOND.test(moment.raw) ? undefined : "attribution.second-missing";
}
