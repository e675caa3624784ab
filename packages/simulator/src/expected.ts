import type { Report } from "@fairlead/report";
import { viewedAsStated } from "./claims.ts";
import type { Writing } from "./compose.ts";
import { eventsOfDraft, type Draft, type DraftEvent } from "./draft.ts";
import type { ErrorKind } from "./profile.ts";
import { DAY } from "./time.ts";
import type { Expected, ExpectedAttributes, Plan } from "./truth.ts";

/** Providers keep what resolves an address for a year (agency.md 4.1); a day either side is left open. */
const WINDOW_DAYS = 365;
/** A warrant rests on activity of the last 90 days unless policy says otherwise (agency.md 4.2). */
const CURRENT_DAYS = 90;

/** Errors that make stated times or addresses wrong without anybody being able to see it in the report. */
const UNSEEN = new Set<ErrorKind>(["day-month-swapped", "wrong-year", "ip-digits-transposed"]);

/** What a receiving desk should make of the report before it has asked anybody anything. */
export function expectedAtReceipt(draft: Draft, report: Report, writing: Writing, startAt: number): Expected {
  const attributes: ExpectedAttributes = {
    offence: offenceOf(draft, report, writing),
    attribution: attributionOf(draft, report, startAt),
    place: placeOf(draft),
    time: timeOf(draft, writing, startAt),
  };
  return graded(attributes, draft, report, startAt);
}

/** The same once the provider has answered. */
export function expectedAfterEnquiries(
  before: Expected,
  draft: Draft,
  report: Report,
  { resolution }: Pick<Plan, "resolution">,
  startAt: number,
): Expected {
  if (resolution === null) return before;
  const attributes = { ...before.attributes };
  if (resolution.addressKind === "billing") attributes.place = null;
  else {
    attributes.place = "P3";
    if (resolution.corroborated && attributes.attribution === "A3") attributes.attribution = "A4";
  }
  return graded(attributes, draft, report, startAt);
}

function offenceOf(draft: Draft, report: Report, writing: Writing): ExpectedAttributes["offence"] {
  if (draft.habit === "behaviour-only" || draft.habit === "hash-only") return "O1";
  if (draft.files.length === 0) return null;
  const stated = draft.files.map((file, index) => ({
    file,
    says: viewedAsStated(draft, file, index, writing),
  }));
  // A file that is said to be viewed and was not: what a desk is told and what is so are two levels.
  if (stated.some(({ file, says }) => says === true && !file.viewed)) return null;
  const listed = report.claims.some(
    ({ states }) => states.kind === "hash-match" && states.vetted && states.match === "exact",
  );
  return listed || draft.files.some(({ viewed }) => viewed) ? "O3" : "O2";
}

/** Whether an event names one subscriber: an upload from an access network, or from a shared address with its port. */
export function namesSubscriber(event: DraftEvent): boolean {
  if (event.kind !== "upload") return false;
  return event.network === "access" || (event.network === "carrier-nat" && event.port !== null);
}

/** Whether times of the draft are stated with a zone and rightly, and its addresses rightly. */
export function stampsHold(draft: Draft): boolean {
  const zoned = draft.time === "utc" || draft.time === "local";
  return zoned && !draft.errors.some((kind) => UNSEEN.has(kind));
}

function attributionOf(draft: Draft, report: Report, startAt: number): ExpectedAttributes["attribution"] {
  if (draft.nobody === true) return "A0";
  const phone = report.persons[0]?.identifiers.find(({ kind }) => kind === "phone");
  if (phone?.verified === "yes") return "A3";
  if (draft.errors.some((kind) => UNSEEN.has(kind))) return null;
  const events = eventsOfDraft(draft);
  if (stampsHold(draft) && events.some(namesSubscriber)) {
    const fresh = events.filter(({ at }) => startAt - at < (WINDOW_DAYS - 1) * DAY);
    // Where only events outside the window, or at its end, name a subscriber, it is left open.
    return fresh.some(namesSubscriber) ? "A3" : null;
  }
  return draft.nameless && events.length === 0 ? "A1" : "A2";
}

function placeOf(draft: Draft): ExpectedAttributes["place"] {
  if (draft.declared) return "P2";
  const events = eventsOfDraft(draft);
  if (events.some(({ country }) => country !== null))
    return draft.errors.includes("ip-digits-transposed") ? null : "P1";
  if (events.length > 0) return null;
  return draft.person.phone === null ? "P0" : null;
}

function timeOf(draft: Draft, writing: Writing, startAt: number): ExpectedAttributes["time"] {
  const age = (startAt - draft.at) / DAY;
  if (draft.time === "no-zone" || draft.time === "twelve-hour")
    return writing.zoneless === "field" ? "T1" : null;
  if (!stampsHold(draft)) return null;
  if (age < WINDOW_DAYS - 1) return "T3";
  return age > WINDOW_DAYS + 1 ? "T2" : null;
}

const STEPS = {
  offence: ["O0", "O1", "O2", "O3", "O4"],
  attribution: ["A0", "A1", "A2", "A3", "A4"],
  place: ["P0", "P1", "P2", "P3"],
  time: ["T0", "T1", "T2", "T3"],
} as const;

/** The level that follows, where every value that an open attribute could have gives the same one. */
function graded(attributes: ExpectedAttributes, draft: Draft, report: Report, startAt: number): Expected {
  const options = (key: keyof typeof STEPS) => {
    const steps: readonly string[] = STEPS[key];
    const known = attributes[key];
    if (known !== null) return [steps.indexOf(known)];
    // A person is always named by something and the incident always has a time, so an open step is not the lowest there.
    const least = key === "attribution" || key === "time" ? 1 : 0;
    return steps.map((_, index) => index).slice(least);
  };
  const victim = report.persons.some((person) => person.role === "victim");
  const current = (startAt - draft.at) / DAY <= CURRENT_DAYS;
  const levels = new Set<Expected["level"]>();
  for (const o of options("offence"))
    for (const a of options("attribution"))
      for (const p of options("place"))
        for (const t of options("time")) levels.add(levelOf(o, a, p, t, victim, current));
  const [only] = levels;
  return { attributes, level: levels.size === 1 && only !== undefined ? only : null };
}

/** The weakest link decides (agency.md 4.2). */
function levelOf(
  o: number,
  a: number,
  p: number,
  t: number,
  victim: boolean,
  current: boolean,
): Expected["level"] {
  if (o === 0 || (a === 0 && !victim)) return "L0";
  if (o >= 3 && a >= 4 && p >= 3 && current) return "L4";
  if (o >= 3 && a >= 3 && t >= 3) return "L3";
  if (o >= 2 && ((a >= 2 && t >= 1) || victim)) return "L2";
  return "L1";
}
