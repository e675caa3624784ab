/** The four documents of the wire. */
import { CONTACT_PERSON, DEVICE_ID, IP_CAPTURE_EVENT, PERSON } from "./common-types.ts";
import { attribute, many, one, optional, requiredAttribute, sequence, some, text } from "./declare.ts";
import { FILE_ANNOTATION_FLAGS, INCIDENT_SUMMARY, INTERNET_DETAILS } from "./incident.ts";
import type { ComplexType, ElementDeclaration } from "./model.ts";
import { INTENDED_RECIPIENT, PERSON_OR_USER_REPORTED, VICTIM } from "./people.ts";
import {
  BATCH_REASON,
  BOOLEAN,
  COUNTRY,
  COUNTRY_RULE,
  DATE_TIME,
  DETAIL_TYPE,
  FILE_RELEVANCE,
  INDUSTRY_CLASSIFICATION,
  INT,
  PAST,
  REPORT_NUMBER,
  STRING,
  TOKEN,
  URL_RULE,
  atMost,
} from "./simple-types.ts";

const BATCHED_REPORT: ComplexType = {
  kind: "complex",
  name: "batchedReport",
  attributes: [requiredAttribute("reason", BATCH_REASON)],
  content: { model: "empty" },
};

const LAW_ENFORCEMENT = sequence("lawEnforcement", [
  one("agencyName", STRING, atMost(255)),
  optional("caseNumber", STRING, atMost(100)),
  optional("officerContact", CONTACT_PERSON),
  optional("reportedToLe", BOOLEAN),
  optional("servedLegalProcessDomestic", BOOLEAN),
  optional(
    "servedLegalProcessInternational",
    text("servedLegalProcessInternational", BOOLEAN, [attribute("fleaCountry", COUNTRY, COUNTRY_RULE)]),
  ),
]);

const REPORTER = sequence("reporter", [
  one("reportingPerson", PERSON),
  optional("contactPerson", CONTACT_PERSON),
  optional("companyTemplate", STRING),
  optional("termsOfService", STRING),
  optional("legalURL", STRING, URL_RULE),
]);

export const REPORT: ElementDeclaration = one(
  "report",
  sequence("report", [
    optional("batchedReport", BATCHED_REPORT),
    one("incidentSummary", INCIDENT_SUMMARY),
    many("internetDetails", INTERNET_DETAILS),
    optional("lawEnforcement", LAW_ENFORCEMENT),
    one("reporter", REPORTER),
    many("personOrUserReported", PERSON_OR_USER_REPORTED),
    many("intendedRecipient", INTENDED_RECIPIENT),
    many("victim", VICTIM),
    optional("additionalInfo", STRING),
  ]),
);

const ORIGINAL_FILE_HASH = text("originalFileHash", STRING, [
  requiredAttribute("hashType", STRING, atMost(64)),
]);

const DETAILS = sequence(
  "details",
  [some("nameValuePair", sequence("nameValuePair", [one("name", STRING, atMost(64)), one("value", STRING)]))],
  [attribute("type", DETAIL_TYPE)],
);

export const FILE_DETAILS: ElementDeclaration = one(
  "fileDetails",
  sequence("fileDetails", [
    one("reportId", REPORT_NUMBER),
    one("fileId", TOKEN, { notBlank: true }),
    optional("fileName", STRING),
    optional("originalFileName", STRING, atMost(2056)),
    optional("uploadedToEspTimestamp", DATE_TIME, PAST),
    optional("locationOfFile", STRING, URL_RULE),
    optional("fileViewedByEsp", BOOLEAN),
    optional("exifViewedByEsp", BOOLEAN),
    optional("publiclyAvailable", BOOLEAN),
    optional("fileRelevance", FILE_RELEVANCE),
    {
      kind: "choice",
      elements: [optional("potentialMeme", BOOLEAN), optional("fileAnnotations", FILE_ANNOTATION_FLAGS)],
    },
    optional("industryClassification", INDUSTRY_CLASSIFICATION),
    many("originalFileHash", ORIGINAL_FILE_HASH),
    optional("ipCaptureEvent", IP_CAPTURE_EVENT),
    many("deviceId", DEVICE_ID),
    many("details", DETAILS),
    many("additionalInfo", STRING),
  ]),
);

export const REPORT_RESPONSE: ElementDeclaration = one(
  "reportResponse",
  sequence("reportResponse", [
    one("responseCode", INT),
    one("responseDescription", STRING),
    optional("reportId", REPORT_NUMBER),
    optional("fileId", TOKEN),
    optional("hash", TOKEN),
  ]),
);

export const REPORT_DONE_RESPONSE: ElementDeclaration = one(
  "reportDoneResponse",
  sequence("reportDoneResponse", [
    one("responseCode", INT),
    one("reportId", REPORT_NUMBER),
    one("files", sequence("files", [many("fileId", STRING)])),
  ]),
);

/** Every root element, in the order of the XSD. */
export const ROOTS: readonly ElementDeclaration[] = [
  REPORT,
  FILE_DETAILS,
  REPORT_RESPONSE,
  REPORT_DONE_RESPONSE,
];
