/** What happened (`incidentSummary`) and where on the internet (`internetDetails`). */
import type { IncidentType, ReportAnnotation } from "../schema/enumerations.ts";
import type { Address, Email, IpCaptureEvent, Phone } from "./common.ts";
import type { DateTimeText, DoubleText } from "./scalars.ts";

/** On the wire a flag is absent or true; there is no "false". */
export type ReportAnnotations = { readonly [Name in ReportAnnotation]?: true };

export interface IncidentSummary {
  readonly incidentType: IncidentType;
  readonly platform?: string;
  /** The reason for an escalation. Its presence is the escalation. */
  readonly escalateToHighPriority?: string;
  readonly reportAnnotations?: ReportAnnotations;
  readonly incidentDateTime: DateTimeText;
  readonly incidentDateTimeDescription?: string;
}

export interface WebPageIncident {
  readonly thirdPartyHostedContent?: boolean;
  readonly url?: readonly string[];
  readonly additionalInfo?: string;
}

export interface EmailIncident {
  readonly emailAddress?: readonly Email[];
  readonly content?: string;
  readonly additionalInfo?: string;
}

export interface NewsgroupIncident extends EmailIncident {
  readonly name?: string;
}

export interface ChatImIncident {
  readonly chatClient?: string;
  readonly chatRoomName?: string;
  readonly content?: string;
  readonly additionalInfo?: string;
}

export interface OnlineGamingIncident {
  readonly gameName?: string;
  readonly console?: string;
  readonly content?: string;
  readonly additionalInfo?: string;
}

export interface CellPhoneIncident {
  readonly phoneNumber?: Phone;
  readonly latitude?: DoubleText;
  readonly longitude?: DoubleText;
  readonly additionalInfo?: string;
}

export interface NonInternetIncident {
  readonly locationName?: string;
  readonly incidentAddress?: readonly Address[];
  readonly additionalInfo?: string;
}

export interface Peer2PeerIncident {
  readonly client?: string;
  readonly ipCaptureEvent?: readonly IpCaptureEvent[];
  readonly fileNames?: string;
  readonly additionalInfo?: string;
}

export interface IncidentKinds {
  readonly webPageIncident: WebPageIncident;
  readonly emailIncident: EmailIncident;
  readonly newsgroupIncident: NewsgroupIncident;
  readonly chatImIncident: ChatImIncident;
  readonly onlineGamingIncident: OnlineGamingIncident;
  readonly cellPhoneIncident: CellPhoneIncident;
  readonly nonInternetIncident: NonInternetIncident;
  readonly peer2peerIncident: Peer2PeerIncident;
}

/** Exactly one kind of incident: `{ webPageIncident: … }` or `{ chatImIncident: … }` and so on. */
export type InternetDetails = {
  [Kind in keyof IncidentKinds]: { readonly [K in Kind]: IncidentKinds[K] } & {
    readonly [K in Exclude<keyof IncidentKinds, Kind>]?: never;
  };
}[keyof IncidentKinds];
