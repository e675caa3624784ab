import type { Claim, ReportEvent, ReportView } from "../api/shapes.ts";

export type EventOwner =
  | { kind: "person"; key: string }
  | { kind: "evidence"; id: string }
  | { kind: "channel" };

/** An event of a report with whose it is, and what claims say about the network behind its address. */
export interface PlacedEvent {
  event: ReportEvent;
  owner: EventOwner;
  networks: Claim[];
  /** Its place in the report, so that two equal events stay two. */
  path: string;
}

/**
 * Every event that a report tells of, oldest first. An event without a certain instant has no place in that order: those
 * stand after the certain ones, in the order in which they were sent.
 */
export function eventsOf(view: ReportView): PlacedEvent[] {
  const { report } = view;
  const claims = [...report.claims, ...view.claims];
  const placed: PlacedEvent[] = [
    ...report.persons.flatMap(({ key, events }, index) =>
      place(events, { kind: "person", key }, `/persons/${index}/events`, claims),
    ),
    ...report.evidence.flatMap(({ id, events }, index) =>
      place(events, { kind: "evidence", id }, `/evidence/${index}/events`, claims),
    ),
    ...(report.incident.channel?.kind === "peer-to-peer"
      ? place(report.incident.channel.events, { kind: "channel" }, "/incident/channel/events", claims)
      : []),
  ];
  return placed.sort((a, b) => order(a.event) - order(b.event));
}

function place(
  events: readonly ReportEvent[],
  owner: EventOwner,
  path: string,
  claims: readonly Claim[],
): PlacedEvent[] {
  return events.map((event, index) => ({
    event,
    owner,
    path: `${path}/${index}`,
    networks: claims.filter(
      ({ about, states }) =>
        about.kind === "ip" &&
        states.kind === "network" &&
        event.ip !== undefined &&
        about.address === (event.ip.address ?? event.ip.raw),
    ),
  }));
}

/** Two uncertain moments differ by NaN, which sorting takes for equal (ECMA-262, CompareArrayElements). */
function order({ moment }: ReportEvent): number {
  return moment?.at === undefined ? Number.POSITIVE_INFINITY : Date.parse(moment.at);
}
