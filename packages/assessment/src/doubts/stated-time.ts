import { epochMs, wallClockOf, type Event, type Moment, type Report } from "@fairlead/report";

/** A time that a report states, with what its place in the report says about it. */
export interface StatedTime {
  /** JSON Pointer into the assessed input. */
  path: string;
  moment: Moment;
  /** `activity`: something that was done in the matter. `background`: all else, which may lie years back and be right. */
  kind: "activity" | "background";
  /** Milliseconds since 1970, where the instant is certain. */
  at: number | undefined;
  /**
   * What the clock showed, as if it showed UTC: for a time without a certain zone the nearest that there is to an instant. For others
   * it is read at midnight only, where it tells something.
   */
  wall: number | undefined;
  /** For the time of an event. */
  event: Event | undefined;
  /** Whether it is when a file was uploaded, beside what its upload events say. */
  upload: boolean;
  /** The person or the file that it belongs to: the pointer of that. */
  owner: string;
}

/** Every time of a report that says when something was. */
export function statedTimes(report: Report): StatedTime[] {
  const times: StatedTime[] = [];
  // One instant often stands in several places one after the other: the incident's, the file's, its event's.
  let read: { text: string | undefined; at: number | undefined } = { text: undefined, at: undefined };
  const instantOf = (moment: Moment): number | undefined => {
    if (moment.zone === "none") return undefined;
    if (moment.at !== read.text) read = { text: moment.at, at: epochMs(moment) };
    return read.at;
  };
  const add = (
    owner: string,
    place: string,
    moment: Moment | undefined,
    kind: StatedTime["kind"],
    event?: Event,
  ) => {
    if (moment === undefined) return;
    times.push({
      path: `${owner}/${place}`,
      moment,
      kind,
      at: instantOf(moment),
      wall: needsWallClock(moment) ? wallClockOf(moment) : undefined,
      upload: place === "uploadedAt",
      owner,
      event,
    });
  };
  const addEvents = (owner: string, events: readonly Event[]) =>
    events.forEach((event, index) => {
      const kind = event.kind === "registration" ? "background" : "activity";
      add(owner, `events/${index}/moment`, event.moment, kind, event);
    });
  add("/report/incident", "occurred", report.incident.occurred, "activity");
  report.persons.forEach((person, index) => {
    const owner = `/report/persons/${index}`;
    addEvents(owner, person.events);
    person.identifiers.forEach((item, i) =>
      add(owner, `identifiers/${i}/verifiedAt`, item.verifiedAt, "background"),
    );
    person.places.forEach((place, i) => add(owner, `places/${i}/moment`, place.moment, "background"));
  });
  report.evidence.forEach((item, index) => {
    const owner = `/report/evidence/${index}`;
    add(owner, "uploadedAt", item.uploadedAt, "activity");
    addEvents(owner, item.events);
  });
  const { channel } = report.incident;
  if (channel?.kind === "peer-to-peer") addEvents("/report/incident/channel", channel.events);
  return times;
}

function needsWallClock({ zone, raw }: Moment): boolean {
  return zone === "none" || zone === "assumed" || raw.startsWith("00:00", 11);
}

/** Where a time lies, as well as that is known. */
export function near({ at, wall }: StatedTime): number | undefined {
  return at ?? wall;
}
