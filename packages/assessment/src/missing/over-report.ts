import type { Event, Moment, Report } from "@fairlead/report";
import type { Filled, Stated } from "./item.ts";

/** Fills every event of a report, wherever it stands. What `fill` gives back as it was did not lack anything. */
export function overEvents(
  { report, claims }: Stated,
  field: keyof Event,
  fill: (event: Event) => Event,
): Filled {
  const paths: string[] = [];
  const over = (events: readonly Event[], path: string) =>
    events.map((event, index) => {
      const filled = fill(event);
      if (filled !== event) paths.push(`${path}/events/${index}/${field}`);
      return filled;
    });
  const { channel } = report.incident;
  const filled: Report = {
    ...report,
    incident:
      channel?.kind === "peer-to-peer"
        ? {
            ...report.incident,
            channel: { ...channel, events: over(channel.events, "/report/incident/channel") },
          }
        : report.incident,
    persons: report.persons.map((person, index) => ({
      ...person,
      events: over(person.events, `/report/persons/${index}`),
    })),
    evidence: report.evidence.map((item, index) => ({
      ...item,
      events: over(item.events, `/report/evidence/${index}`),
    })),
  };
  return { report: filled, claims, paths };
}

/** Fills every time at which something happened: of the events, of the uploads, and of the incident. */
export function overMoments(stated: Stated, fill: (moment: Moment) => Moment): Filled {
  const { report, claims, paths } = overEvents(stated, "moment", (event) => {
    if (event.moment === undefined) return event;
    const moment = fill(event.moment);
    return moment === event.moment ? event : { ...event, moment };
  });
  const evidence = report.evidence.map((item, index) => {
    if (item.uploadedAt === undefined) return item;
    const uploadedAt = fill(item.uploadedAt);
    if (uploadedAt === item.uploadedAt) return item;
    paths.push(`/report/evidence/${index}/uploadedAt`);
    return { ...item, uploadedAt };
  });
  const occurred = fill(report.incident.occurred);
  if (occurred !== report.incident.occurred) paths.push("/report/incident/occurred");
  return { report: { ...report, evidence, incident: { ...report.incident, occurred } }, claims, paths };
}
