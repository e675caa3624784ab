/** Words of the wire and words of the report that mean the same, for both directions. */
import type { Event, Flag, Incident, Place } from "@fairlead/report";
import type {
  AddressType,
  AssociatedAccountType,
  EventName,
  FileAnnotation,
  IncidentType,
  ReportAnnotation,
} from "../schema/enumerations.ts";

export const INCIDENT_WORDS: Readonly<Record<IncidentType, Incident["type"]>> = {
  "Child Pornography (possession, manufacture, and distribution)": "abuse-material",
  "Child Sex Trafficking": "trafficking",
  "Child Sex Tourism": "travel",
  "Child Sexual Molestation": "contact-abuse",
  "Misleading Domain Name": "misleading-domain",
  "Misleading Words or Digital Images on the Internet": "misleading-words",
  "Online Enticement of Children for Sexual Acts": "enticement",
  "Unsolicited Obscene Material Sent to a Child": "obscene-to-child",
};

export const REPORT_ANNOTATION_WORDS: Readonly<Record<ReportAnnotation, Flag>> = {
  sextortion: "sextortion",
  csamSolicitation: "solicitation",
  minorToMinorInteraction: "minor-to-minor",
  spam: "spam",
  sadisticOnlineExploitation: "sadistic",
};

export const FILE_ANNOTATION_WORDS: Readonly<Record<FileAnnotation, Flag>> = {
  animeDrawingVirtualHentai: "drawing",
  potentialMeme: "potential-meme",
  viral: "viral",
  possibleSelfProduction: "possible-self-production",
  physicalHarm: "physical-harm",
  violenceGore: "violence",
  bestiality: "animal",
  liveStreaming: "live-stream",
  infant: "infant",
  generativeAi: "generative-ai",
};

export const FILE_STATEMENT_WORDS = {
  fileViewedByEsp: "viewed-in-full",
  exifViewedByEsp: "exif-viewed",
  publiclyAvailable: "publicly-available",
} as const satisfies Readonly<Record<string, Flag>>;

export const POLICE_STATEMENT_WORDS = {
  reportedToLe: "reported-to-police",
  servedLegalProcessDomestic: "legal-process-domestic",
  servedLegalProcessInternational: "legal-process-international",
} as const satisfies Readonly<Record<string, Flag>>;

export const EVENT_WORDS: Readonly<Record<EventName, Event["kind"]>> = {
  Login: "login",
  Registration: "registration",
  Purchase: "purchase",
  Upload: "upload",
  Other: "other",
  Unknown: "unknown",
};

export const ADDRESS_WORDS: Readonly<Record<AddressType, Place["addressKind"]>> = {
  Home: "home",
  Business: "business",
  Billing: "billing",
  Shipping: "shipping",
  Technical: "technical",
};

export const ASSOCIATION_WORDS: Readonly<Record<AssociatedAccountType, string>> = {
  Billing: "billing",
  Linked: "linked",
  Business: "business",
  Creator: "creator",
  "Parent/Guardian": "parent-guardian",
  Other: "other",
};

/** The wire's word for one of ours, or undefined if the wire has none. */
export function wireWord<Wire extends string>(
  words: Readonly<Record<Wire, string>>,
  ours: string,
): Wire | undefined {
  return (Object.keys(words) as Wire[]).find((wire) => words[wire] === ours);
}
