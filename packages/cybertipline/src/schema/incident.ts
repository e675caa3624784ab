/** What happened, and where on the internet. */
import { ADDRESS, EMAIL, IP_CAPTURE_EVENT, PHONE } from "./common-types.ts";
import { attribute, many, one, optional, sequence } from "./declare.ts";
import { FILE_ANNOTATIONS, REPORT_ANNOTATIONS } from "./enumerations.ts";
import type { ComplexType, ElementDeclaration } from "./model.ts";
import { BOOLEAN, DATE_TIME, DOUBLE, INCIDENT_TYPE, PAST, STRING, URL_RULE, atMost } from "./simple-types.ts";

function flags(name: string, names: readonly string[]): ComplexType {
  const elements = names.map((flag): ElementDeclaration => ({ ...optional(flag, BOOLEAN), fixed: "true" }));
  return { kind: "complex", name, attributes: [], content: { model: "all", elements } };
}

const REPORT_ANNOTATION_FLAGS = flags("reportAnnotations", REPORT_ANNOTATIONS);
export const FILE_ANNOTATION_FLAGS = flags("fileAnnotations", FILE_ANNOTATIONS);

export const INCIDENT_SUMMARY = sequence("incidentSummary", [
  one("incidentType", INCIDENT_TYPE),
  optional("platform", STRING, atMost(256)),
  optional("escalateToHighPriority", STRING, { maxLength: 3000, notBlank: true }),
  optional("reportAnnotations", REPORT_ANNOTATION_FLAGS),
  one("incidentDateTime", DATE_TIME, PAST),
  optional("incidentDateTimeDescription", STRING, atMost(3000)),
]);

const CONTENT = optional("content", STRING);
const ADDITIONAL_INFO = optional("additionalInfo", STRING);

const INCIDENTS: readonly ComplexType[] = [
  sequence(
    "webPageIncident",
    [many("url", STRING, URL_RULE), ADDITIONAL_INFO],
    [attribute("thirdPartyHostedContent", BOOLEAN)],
  ),
  sequence("emailIncident", [many("emailAddress", EMAIL), CONTENT, ADDITIONAL_INFO]),
  sequence("newsgroupIncident", [
    optional("name", STRING, atMost(255)),
    many("emailAddress", EMAIL),
    CONTENT,
    ADDITIONAL_INFO,
  ]),
  sequence("chatImIncident", [
    optional("chatClient", STRING, atMost(255)),
    optional("chatRoomName", STRING, atMost(255)),
    CONTENT,
    ADDITIONAL_INFO,
  ]),
  sequence("onlineGamingIncident", [
    optional("gameName", STRING, atMost(255)),
    optional("console", STRING, atMost(255)),
    CONTENT,
    ADDITIONAL_INFO,
  ]),
  sequence("cellPhoneIncident", [
    optional("phoneNumber", PHONE),
    optional("latitude", DOUBLE),
    optional("longitude", DOUBLE),
    ADDITIONAL_INFO,
  ]),
  sequence("nonInternetIncident", [
    optional("locationName", STRING, atMost(255)),
    many("incidentAddress", ADDRESS),
    ADDITIONAL_INFO,
  ]),
  sequence("peer2peerIncident", [
    optional("client", STRING, atMost(255)),
    many("ipCaptureEvent", IP_CAPTURE_EVENT),
    optional("fileNames", STRING),
    ADDITIONAL_INFO,
  ]),
];

/** One element for each kind; its type bears the same name. */
export const INTERNET_DETAILS: ComplexType = {
  kind: "complex",
  name: "internetDetails",
  attributes: [],
  content: { model: "choice", elements: INCIDENTS.map((type) => one(type.name, type)) },
};
