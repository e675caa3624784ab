/** Who is reported, who received, who is the victim. The order of the elements differs a little between the three. */
import {
  ADDRESS,
  DEVICE_ID,
  EMAIL,
  ESTIMATED_LOCATION,
  IP_CAPTURE_EVENT,
  PERMANENTLY_DISABLED,
  PERSON,
  PHONE,
  TEMPORARILY_DISABLED,
} from "./common-types.ts";
import { attribute, many, one, optional, requiredAttribute, sequence, text } from "./declare.ts";
import {
  AGE,
  ASSOCIATED_ACCOUNT_TYPE,
  BOOLEAN,
  DATE,
  PAST,
  REPORT_NUMBER,
  STRING,
  URL_RULE,
  atMost,
} from "./simple-types.ts";

const ACCOUNT = [
  optional("espIdentifier", STRING, atMost(255)),
  optional("espService", STRING, atMost(100)),
  optional("compromisedAccount", BOOLEAN),
  optional("screenName", STRING, atMost(256)),
  many("displayName", STRING, atMost(255)),
  many("profileUrl", STRING, URL_RULE),
  optional("profileBio", STRING),
  many("ipCaptureEvent", IP_CAPTURE_EVENT),
  many("deviceId", DEVICE_ID),
];

const GROUP_IDENTIFIER = optional("groupIdentifier", STRING, atMost(255));

const STATE = [
  optional("accountTemporarilyDisabled", TEMPORARILY_DISABLED),
  optional("accountPermanentlyDisabled", PERMANENTLY_DISABLED),
  optional("estimatedLocation", ESTIMATED_LOCATION),
  optional("allEmailsReported", BOOLEAN),
];

const ASSOCIATED_PLATFORM = text("associatedPlatform", STRING, [attribute("thirdPartyUser", BOOLEAN)]);

const ASSOCIATED_ACCOUNT = sequence(
  "associatedAccount",
  [
    optional("platform", ASSOCIATED_PLATFORM, atMost(256)),
    optional("firstName", STRING, atMost(256)),
    optional("middleName", STRING, atMost(256)),
    optional("lastName", STRING, atMost(256)),
    optional("approximateAge", AGE),
    optional("dateOfBirth", DATE, PAST),
    many("phone", PHONE),
    many("email", EMAIL),
    optional("allEmailsReported", BOOLEAN),
    many("address", ADDRESS),
    optional("espService", STRING, atMost(256)),
    optional("espIdentifier", STRING, atMost(256)),
    many("profileUrl", STRING, URL_RULE),
    optional("screenName", STRING, atMost(256)),
    many("displayName", STRING, atMost(255)),
    optional("profileBio", STRING),
    optional("groupIdentifier", STRING, atMost(256)),
    optional("compromisedAccount", BOOLEAN),
    optional("accountTemporarilyDisabled", TEMPORARILY_DISABLED),
    optional("accountPermanentlyDisabled", PERMANENTLY_DISABLED),
    many("ipCaptureEvent", IP_CAPTURE_EVENT),
    many("deviceId", DEVICE_ID),
    many("priorCTReport", REPORT_NUMBER),
    optional("additionalInfo", STRING),
  ],
  [requiredAttribute("type", ASSOCIATED_ACCOUNT_TYPE)],
);

export const PERSON_OR_USER_REPORTED = sequence("personOrUserReported", [
  optional("personOrUserReportedPerson", PERSON),
  optional("vehicleDescription", STRING, atMost(300)),
  ...ACCOUNT,
  optional("thirdPartyUserReported", BOOLEAN),
  many("priorCTReports", REPORT_NUMBER),
  GROUP_IDENTIFIER,
  ...STATE,
  many("associatedAccount", ASSOCIATED_ACCOUNT),
  optional("additionalInfo", STRING),
]);

export const INTENDED_RECIPIENT = sequence("intendedRecipient", [
  optional("intendedRecipientPerson", PERSON),
  ...ACCOUNT,
  many("priorCTReports", REPORT_NUMBER),
  GROUP_IDENTIFIER,
  ...STATE,
  many("additionalInfo", STRING),
]);

export const VICTIM = sequence("victim", [
  one("victimPerson", PERSON),
  ...ACCOUNT,
  optional("schoolName", STRING, atMost(255)),
  many("priorCTReports", REPORT_NUMBER),
  ...STATE,
  many("associatedAccount", ASSOCIATED_ACCOUNT),
  optional("additionalInfo", STRING),
]);
