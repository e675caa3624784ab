/** Types that several documents share. */
import { attribute, many, one, optional, sequence, text } from "./declare.ts";
import {
  ADDRESS_TYPE,
  AGE,
  BOOLEAN,
  CALLING_CODE,
  COUNTRY,
  COUNTRY_RULE,
  DATE,
  DATE_TIME,
  EMAIL_TYPE,
  EVENT_NAME,
  PAST,
  PHONE_EXTENSION,
  PHONE_TYPE,
  PORT,
  STRING,
  US_STATE,
  atMost,
} from "./simple-types.ts";

const VERIFICATION = [attribute("verified", BOOLEAN), attribute("verificationDate", DATE_TIME, PAST)];

export const PHONE = text(
  "phone",
  STRING,
  [
    attribute("type", PHONE_TYPE),
    ...VERIFICATION,
    attribute("countryCallingCode", CALLING_CODE),
    attribute("extension", PHONE_EXTENSION, atMost(10)),
  ],
  atMost(50),
);

export const EMAIL = text("email", STRING, [attribute("type", EMAIL_TYPE), ...VERIFICATION], {
  maxLength: 255,
  format: "email",
});

export const ADDRESS = sequence(
  "address",
  [
    optional("address", STRING, atMost(255)),
    optional("city", STRING, atMost(100)),
    optional("zipCode", STRING, atMost(20)),
    optional("state", US_STATE),
    optional("nonUsaState", STRING, atMost(100)),
    optional("country", COUNTRY, COUNTRY_RULE),
  ],
  [attribute("type", ADDRESS_TYPE)],
);

const CONTACT = [
  optional("firstName", STRING, atMost(100)),
  optional("lastName", STRING, atMost(100)),
  many("phone", PHONE),
  many("email", EMAIL),
  many("address", ADDRESS),
];

export const CONTACT_PERSON = sequence("contactPerson", CONTACT);

export const PERSON = sequence("person", [
  ...CONTACT,
  optional("age", AGE),
  optional("dateOfBirth", DATE, PAST),
]);

export const ESTIMATED_LOCATION = sequence(
  "estimatedLocation",
  [
    optional("city", STRING, atMost(255)),
    optional("region", STRING, atMost(255)),
    optional("countryCode", COUNTRY, COUNTRY_RULE),
  ],
  [attribute("verified", BOOLEAN), attribute("timestamp", DATE_TIME, PAST)],
);

export const IP_CAPTURE_EVENT = sequence("ipCaptureEvent", [
  one("ipAddress", STRING, { notBlank: true, format: "ip-address" }),
  optional("eventName", EVENT_NAME),
  optional("dateTime", DATE_TIME, PAST),
  optional("possibleProxy", BOOLEAN),
  optional("port", PORT),
]);

export const DEVICE_ID = sequence("deviceId", [
  one("idType", STRING, { maxLength: 255, notBlank: true }),
  one("idValue", STRING, { maxLength: 2083, notBlank: true }),
  optional("eventName", EVENT_NAME),
  optional("dateTime", DATE_TIME, PAST),
]);

const DISABLED = [
  attribute("disabledDate", DATE_TIME, PAST),
  attribute("userNotified", BOOLEAN),
  attribute("userNotifiedDate", DATE_TIME, PAST),
];

export const PERMANENTLY_DISABLED = text("permanentlyDisabled", BOOLEAN, DISABLED);

export const TEMPORARILY_DISABLED = text("temporarilyDisabled", BOOLEAN, [
  ...DISABLED,
  attribute("reenabledDate", DATE_TIME),
]);
