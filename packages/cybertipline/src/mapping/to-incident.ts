/** What happened, where, and what police know of it already. */
import type { Channel, Incident } from "@fairlead/report";
import type { InternetDetails } from "../document/incident.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import {
  type Mapping,
  MOST_REFERENCES,
  claim,
  claimFlag,
  present,
  takeMoment,
  takeText,
  takeValue,
} from "./mapping.ts";
import { toMoment } from "./moments.ts";
import { toEvents, toPlace } from "./to-events.ts";
import { INCIDENT_WORDS, POLICE_STATEMENT_WORDS, REPORT_ANNOTATION_WORDS } from "./vocabulary.ts";
import { REPORT_ANNOTATIONS } from "../schema/enumerations.ts";

const MOST_ADDRESSES = 1000;
const MOST_EVENTS = 10_000;
const MOST_PLACES = 100;
const LONGEST_FILE_NAMES = 65_536;
const LONGEST_ESCALATION = 3000;

function takeList(
  mapping: Mapping,
  path: string,
  items: readonly string[] | undefined,
  limit: number,
): string[] {
  return (items ?? [])
    .slice(0, MOST_ADDRESSES)
    .flatMap((item, index) => takeText(mapping, `${path}[${String(index + 1)}]`, item, limit) ?? []);
}

function takeNumber({ ledger }: Mapping, path: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  if (String(value) === text) ledger.take(path);
  else ledger.takeMeaning(path);
  return value;
}

function toChannel(mapping: Mapping, details: InternetDetails, at: string): Channel {
  const path = `${at}/${Object.keys(details)[0] ?? ""}`;
  mapping.ledger.take(path);
  const text = (name: string, value: string | undefined): string | undefined =>
    takeText(mapping, `${path}/${name}`, value, 255);
  if (details.webPageIncident !== undefined) {
    const { url, thirdPartyHostedContent } = details.webPageIncident;
    return present({
      kind: "web-page",
      urls: takeList(mapping, `${path}/url`, url, 2083),
      thirdPartyHosted: takeValue(mapping, `${path}/@thirdPartyHostedContent`, thirdPartyHostedContent),
    });
  }
  const addresses = (emails: readonly { readonly value: string }[] | undefined): string[] =>
    takeList(
      mapping,
      `${path}/emailAddress`,
      emails?.map(({ value }) => value),
      255,
    );
  if (details.emailIncident !== undefined) {
    return { kind: "email", addresses: addresses(details.emailIncident.emailAddress) };
  }
  if (details.newsgroupIncident !== undefined) {
    const { name, emailAddress } = details.newsgroupIncident;
    return present({ kind: "newsgroup", name: text("name", name), addresses: addresses(emailAddress) });
  }
  if (details.chatImIncident !== undefined) {
    const { chatClient, chatRoomName } = details.chatImIncident;
    return present({
      kind: "chat",
      client: text("chatClient", chatClient),
      room: text("chatRoomName", chatRoomName),
    });
  }
  if (details.onlineGamingIncident !== undefined) {
    const { gameName, console } = details.onlineGamingIncident;
    return present({ kind: "game", game: text("gameName", gameName), console: text("console", console) });
  }
  if (details.cellPhoneIncident !== undefined) {
    const { phoneNumber, latitude, longitude } = details.cellPhoneIncident;
    return present({
      kind: "mobile",
      phone: takeText(mapping, `${path}/phoneNumber`, phoneNumber?.value, 50),
      latitude: takeNumber(mapping, `${path}/latitude`, latitude),
      longitude: takeNumber(mapping, `${path}/longitude`, longitude),
    });
  }
  if (details.nonInternetIncident !== undefined) {
    const { locationName, incidentAddress = [] } = details.nonInternetIncident;
    return present({
      kind: "offline",
      location: text("locationName", locationName),
      places: incidentAddress
        .slice(0, MOST_PLACES)
        .map((address, index) => toPlace(mapping, `${path}/incidentAddress[${String(index + 1)}]`, address)),
    });
  }
  const { client, ipCaptureEvent = [], fileNames } = details.peer2peerIncident;
  return present({
    kind: "peer-to-peer",
    client: text("client", client),
    fileNames: takeText(mapping, `${path}/fileNames`, fileNames, LONGEST_FILE_NAMES),
    events: toEvents(mapping, path, ipCaptureEvent, [], MOST_EVENTS),
  });
}

/**
 * The incident. A report has one channel; the first `internetDetails` becomes it, and the others stay statements.
 */
export function toIncident(mapping: Mapping, document: CyberTiplineReport): Incident {
  const summary = document.incidentSummary;
  const path = "/report/incidentSummary";
  const [details] = document.internetDetails ?? [];
  mapping.ledger.take(`${path}/incidentType`);
  return present({
    type: INCIDENT_WORDS[summary.incidentType],
    occurred:
      takeMoment(mapping, `${path}/incidentDateTime`, summary.incidentDateTime) ??
      toMoment(summary.incidentDateTime),
    occurredMeaning: takeText(
      mapping,
      `${path}/incidentDateTimeDescription`,
      summary.incidentDateTimeDescription,
      3000,
    ),
    platform: takeText(mapping, `${path}/platform`, summary.platform, 256),
    channel: details === undefined ? undefined : toChannel(mapping, details, "/report/internetDetails[1]"),
  });
}

/** The sender's haste, and its flags on the whole report. */
export function addReportClaims(mapping: Mapping, document: CyberTiplineReport): void {
  const { escalateToHighPriority: reason, reportAnnotations } = document.incidentSummary;
  const about = { kind: "report" } as const;
  if (reason !== undefined && reason !== "") {
    // Its presence is the escalation, so one that is too long for a claim escalates all the same.
    const text = reason.slice(0, LONGEST_ESCALATION).toWellFormed();
    const path = "/report/incidentSummary/escalateToHighPriority";
    if (claim(mapping, about, { kind: "escalation", text }) && text === reason) mapping.ledger.take(path);
  }
  for (const name of REPORT_ANNOTATIONS) {
    const path = `/report/incidentSummary/reportAnnotations/${name}`;
    claimFlag(mapping, about, REPORT_ANNOTATION_WORDS[name], path, reportAnnotations?.[name]);
  }
  if (document.batchedReport !== undefined) {
    claimFlag(mapping, about, "batched", "/report/batchedReport/@reason", true);
  }
}

/** What police know already. The agency and its officer stay statements; a case number is a reference. */
export function addPolice(mapping: Mapping, document: CyberTiplineReport): void {
  const police = document.lawEnforcement;
  if (police === undefined) return;
  const path = "/report/lawEnforcement";
  const about = { kind: "report" } as const;
  const { reportedToLe, servedLegalProcessDomestic, servedLegalProcessInternational } = police;
  claimFlag(mapping, about, POLICE_STATEMENT_WORDS.reportedToLe, `${path}/reportedToLe`, reportedToLe);
  claimFlag(
    mapping,
    about,
    POLICE_STATEMENT_WORDS.servedLegalProcessDomestic,
    `${path}/servedLegalProcessDomestic`,
    servedLegalProcessDomestic,
  );
  claimFlag(
    mapping,
    about,
    POLICE_STATEMENT_WORDS.servedLegalProcessInternational,
    `${path}/servedLegalProcessInternational`,
    servedLegalProcessInternational?.value,
  );
  const { agencyName, caseNumber = "" } = police;
  const fits = [agencyName, caseNumber].every((text) => text !== "" && text.length <= 255);
  if (!fits || mapping.references.length >= MOST_REFERENCES) return;
  mapping.references.push({ kind: "case", issuer: agencyName, value: caseNumber });
  mapping.ledger.take(`${path}/agencyName`);
  mapping.ledger.take(`${path}/caseNumber`);
}
