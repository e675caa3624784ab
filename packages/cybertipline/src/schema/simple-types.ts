import {
  ADDRESS_TYPES,
  ASSOCIATED_ACCOUNT_TYPES,
  BATCH_REASONS,
  DETAIL_TYPES,
  EMAIL_TYPES,
  EVENT_NAMES,
  FILE_RELEVANCES,
  INCIDENT_TYPES,
  INDUSTRY_CLASSIFICATIONS,
  PHONE_TYPES,
} from "./enumerations.ts";
import type { FieldRule, Primitive, SimpleType } from "./model.ts";
import { COUNTRIES, US_STATES } from "./places.ts";

function builtIn(base: Primitive): SimpleType {
  return { kind: "simple", name: `xs:${base}`, base };
}

export const STRING = builtIn("string");
export const TOKEN = builtIn("token");
export const BOOLEAN = builtIn("boolean");
export const INT = builtIn("int");
export const DOUBLE = builtIn("double");
export const DATE_TIME = builtIn("dateTime");
export const DATE = builtIn("date");

function list(name: string, values: readonly string[]): SimpleType {
  return { kind: "simple", name, base: "string", values };
}

export const INCIDENT_TYPE = list("incidentType", INCIDENT_TYPES);
export const BATCH_REASON = list("batchReason", BATCH_REASONS);
export const PHONE_TYPE = list("phoneType", PHONE_TYPES);
export const EMAIL_TYPE = list("emailType", EMAIL_TYPES);
export const ADDRESS_TYPE = list("addressType", ADDRESS_TYPES);
export const EVENT_NAME = list("eventName", EVENT_NAMES);
export const ASSOCIATED_ACCOUNT_TYPE = list("associatedAccountType", ASSOCIATED_ACCOUNT_TYPES);
export const FILE_RELEVANCE = list("fileRelevance", FILE_RELEVANCES);
export const INDUSTRY_CLASSIFICATION = list("industryClassification", INDUSTRY_CLASSIFICATIONS);
export const DETAIL_TYPE = list("detailType", DETAIL_TYPES);
export const COUNTRY = list("country", COUNTRIES);
export const US_STATE = list("state", US_STATES);

/** A report's number. No real one is negative, so the sign that `xs:long` would allow is refused here already. */
export const REPORT_NUMBER: SimpleType = { kind: "simple", name: "reportNumber", base: "long", minimum: 0 };

export const AGE: SimpleType = { kind: "simple", name: "age", base: "int", minimum: 0, maximum: 150 };
export const PORT: SimpleType = { kind: "simple", name: "port", base: "int", minimum: 1, maximum: 65_535 };

export const CALLING_CODE: SimpleType = {
  kind: "simple",
  name: "countryCallingCode",
  base: "string",
  pattern: "\\+[0-9]{1,3}",
};
export const PHONE_EXTENSION: SimpleType = {
  kind: "simple",
  name: "phoneExtension",
  base: "string",
  pattern: "[0-9]+",
};

/** A URL may be as long as the longest that old browsers took. */
export const URL_RULE: FieldRule = { maxLength: 2083, format: "url" };
export const PAST: FieldRule = { past: true };
export const COUNTRY_RULE: FieldRule = { format: "country" };

export function atMost(maxLength: number): FieldRule {
  return { maxLength };
}
