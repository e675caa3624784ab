/** What happened, where, and what police know of it, as the wire says it. */
import type { Channel, ClaimTarget } from "@fairlead/report";
import type { IncidentSummary, InternetDetails, ReportAnnotations } from "../document/incident.ts";
import type { LawEnforcement } from "../document/report.ts";
import { REPORT_ANNOTATIONS } from "../schema/enumerations.ts";
import { writeAddress, writeEvents } from "./from-events.ts";
import { INCIDENT_WORDS, POLICE_STATEMENT_WORDS, REPORT_ANNOTATION_WORDS, wireWord } from "./vocabulary.ts";
import {
  type Writing,
  lost,
  saysAnything,
  sent,
  takeClaim,
  takeFlag,
  takeYes,
  writeMoment,
} from "./writing.ts";

const REPORT: ClaimTarget = { kind: "report" };

function annotations(writing: Writing): ReportAnnotations | undefined {
  const flags = sent(
    Object.fromEntries(
      REPORT_ANNOTATIONS.map((name) => [name, takeYes(writing, REPORT, REPORT_ANNOTATION_WORDS[name])]),
    ),
  );
  return saysAnything(flags) ? flags : undefined;
}

/**
 * @returns the summary. The wire demands a time; a report whose time no wire can carry gets none, which the caller finds
 *   when it encodes the document.
 */
export function writeSummary(writing: Writing): IncidentSummary {
  const { type, platform, occurred, occurredMeaning } = writing.report.incident;
  const incidentType = wireWord(INCIDENT_WORDS, type);
  if (incidentType === undefined) throw new Error(`the vocabulary lacks the incident type ${type}`);
  return sent({
    incidentType,
    platform,
    escalateToHighPriority: takeClaim(writing, REPORT, "escalation", () => true)?.states.text,
    reportAnnotations: annotations(writing),
    incidentDateTime: writeMoment(writing, "/incident/occurred", occurred) ?? occurred.raw,
    incidentDateTimeDescription: occurredMeaning,
  });
}

function emails(addresses: readonly string[]): readonly { readonly value: string }[] {
  return addresses.map((value) => ({ value }));
}

function writeChannel(writing: Writing, channel: Channel): InternetDetails {
  switch (channel.kind) {
    case "web-page":
      return {
        webPageIncident: sent({ thirdPartyHostedContent: channel.thirdPartyHosted, url: channel.urls }),
      };
    case "email":
      return { emailIncident: sent({ emailAddress: emails(channel.addresses) }) };
    case "newsgroup":
      return { newsgroupIncident: sent({ name: channel.name, emailAddress: emails(channel.addresses) }) };
    case "chat":
      return { chatImIncident: sent({ chatClient: channel.client, chatRoomName: channel.room }) };
    case "game":
      return { onlineGamingIncident: sent({ gameName: channel.game, console: channel.console }) };
    case "mobile":
      return {
        cellPhoneIncident: sent({
          phoneNumber: channel.phone === undefined ? undefined : { value: channel.phone },
          latitude: channel.latitude === undefined ? undefined : String(channel.latitude),
          longitude: channel.longitude === undefined ? undefined : String(channel.longitude),
        }),
      };
    case "offline":
      return {
        nonInternetIncident: sent({
          locationName: channel.location,
          incidentAddress: channel.places.map((place, index) =>
            writeAddress(writing, place, `/incident/channel/places/${String(index)}`),
          ),
        }),
      };
    case "peer-to-peer":
      break;
  }
  const { ipCaptureEvent, deviceId } = writeEvents(writing, channel.events, "/incident/channel/events");
  if (deviceId.length > 0)
    lost(writing, "/incident/channel/events", "The wire has no devices of a peer-to-peer incident.");
  return {
    peer2peerIncident: sent({ client: channel.client, ipCaptureEvent, fileNames: channel.fileNames }),
  };
}

export function writeInternetDetails(writing: Writing): readonly InternetDetails[] {
  const { channel } = writing.report.incident;
  return channel === undefined ? [] : [writeChannel(writing, channel)];
}

/**
 * What police know. The wire demands an agency's name; `agencyFromStatement` says that one comes back as a statement.
 */
export function writePolice(writing: Writing, agencyFromStatement: boolean): LawEnforcement | undefined {
  const cases = writing.report.references.flatMap((reference, index) =>
    reference.kind === "case" ? [{ reference, index }] : [],
  );
  // A report of this wire has its agency in one place only, so where a statement names one, no case may name another.
  // A case that is not used is listed as lost with the other references.
  const [first] = agencyFromStatement ? [] : cases;
  if (first === undefined && !agencyFromStatement) return undefined;
  if (first !== undefined) {
    writing.usedReferences.add(first.index);
    if (first.reference.person !== undefined) {
      lost(
        writing,
        `/references/${String(first.index)}/person`,
        "The wire's case number is of the whole report.",
      );
    }
  }
  const served = takeFlag(writing, REPORT, POLICE_STATEMENT_WORDS.servedLegalProcessInternational);
  return sent({
    agencyName: first?.reference.issuer ?? "",
    caseNumber: first?.reference.value,
    reportedToLe: takeFlag(writing, REPORT, POLICE_STATEMENT_WORDS.reportedToLe),
    servedLegalProcessDomestic: takeFlag(writing, REPORT, POLICE_STATEMENT_WORDS.servedLegalProcessDomestic),
    servedLegalProcessInternational: served === undefined ? undefined : { value: served },
  });
}
