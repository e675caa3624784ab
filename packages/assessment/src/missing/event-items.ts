import { momentOf, parseMoment, type Moment } from "@fairlead/report";
import type { Filled, Item, Stated } from "./item.ts";
import { overEvents, overMoments } from "./over-report.ts";

/** Any: behind a shared address it is the port that tells customers apart, not its number. */
const A_PORT = 49_152;

const NO_SECONDS = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)(?!:)/;

/** What a report can lack about times and addresses. */
export const EVENT_ITEMS: readonly Item[] = [
  {
    id: "event-port",
    text: "the source port with each address",
    supply: (stated) =>
      overEvents(stated, "port", (event) =>
        event.ip === undefined || event.port !== undefined ? event : { ...event, port: A_PORT },
      ),
  },
  {
    id: "event-second",
    text: "the second of each time",
    supply: (stated) =>
      overMoments(stated, (moment) => withText(moment, moment.raw.replace(NO_SECONDS, "$1:00"))),
  },
  {
    id: "event-zone",
    text: "the zone of each time",
    supply: (stated) =>
      overMoments(stated, (moment) =>
        moment.zone === "none" || moment.zone === "assumed"
          ? withText(moment, `${moment.raw.trim().replace(/(?:[Zz]|[+-]\d\d:?\d\d)$/, "")}Z`)
          : moment,
      ),
  },
  {
    id: "event-time",
    text: "the time of each address",
    supply: (stated, at) =>
      overEvents(stated, "moment", (event) =>
        event.ip === undefined || event.moment !== undefined ? event : { ...event, moment: momentOf(at) },
      ),
  },
  {
    id: "occurred-meaning",
    text: "what the time of the incident means: uploaded, first seen, reported",
    supply: meant,
  },
];

/** The moment with another text; the same where the text says nothing more, or is no time. */
function withText(moment: Moment, raw: string): Moment {
  return raw === moment.raw ? moment : (parseMoment(raw) ?? moment);
}

function meant({ report, claims }: Stated): Filled {
  const { incident } = report;
  if (incident.occurredMeaning !== undefined) return { report, claims, paths: [] };
  return {
    report: { ...report, incident: { ...incident, occurredMeaning: "uploaded" } },
    claims,
    paths: ["/report/incident/occurredMeaning"],
  };
}
