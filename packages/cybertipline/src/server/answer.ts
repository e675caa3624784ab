/** What the server says: the response codes' HTTP statuses, and the documents. */
import { encodeReportDoneResponse, encodeReportResponse } from "../codec/documents.ts";
import type { ReportDoneResponse, ReportResponse } from "../document/responses.ts";
import type { ReportNumber } from "../document/scalars.ts";
import type { Problem } from "../problem.ts";
import { RESPONSE_CODES, type ResponseCodeName } from "../responses/codes.ts";
import { describeProblems, responseCodeFor } from "../responses/validation.ts";

export interface Answer {
  readonly httpStatus: number;
  /** Absent from the empty 401 and from the schema. */
  readonly responseCode?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The HTTP status for each response code. 4100 with 400 is documented and seen live; NCMEC publishes no other pair. The
 * rest follows HTTP: 5xx only for our own faults (503 where waiting helps), 404 and 409 for the state of a report.
 */
export const HTTP_STATUS: Readonly<Record<ResponseCodeName, number>> = {
  success: 200,
  serverError: 500,
  saveFailed: 503,
  uploadFailed: 503,
  fileUploadFailed: 503,
  resourceNotFound: 404,
  updateFailed: 503,
  authenticationRequired: 401,
  notAuthorised: 403,
  mayNotSubmit: 403,
  mayNotUpdate: 403,
  invalidRequest: 400,
  validationFailed: 400,
  malformedXml: 400,
  malformedFile: 400,
  reportDoesNotExist: 404,
  fileDoesNotExist: 404,
  alreadyRetracted: 409,
  alreadyFinished: 409,
};

/** NCMEC's answers carry exactly this type; one public client parses no other. */
const XML_TYPE = { "Content-Type": "application/xml" };

export interface RefusalDetails {
  /** One sentence: what is wrong and what to do. Never a text from the request, never a stack trace. */
  readonly detail?: string;
  /** Instead of the table's. */
  readonly httpStatus?: number;
  readonly reportId?: ReportNumber;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a request with an error document. Thrown by whoever finds the reason, answered in one place. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly answer: Answer;

  constructor(code: ResponseCodeName, details: RefusalDetails = {}) {
    const { text } = RESPONSE_CODES[code];
    const description = details.detail === undefined ? text : `${text}\n${details.detail}`;
    super(description);
    this.answer = errorAnswer(code, description, details);
  }
}

function errorAnswer(code: ResponseCodeName, description: string, details: RefusalDetails): Answer {
  const responseCode = RESPONSE_CODES[code].code;
  const { reportId } = details;
  return {
    httpStatus: details.httpStatus ?? HTTP_STATUS[code],
    responseCode,
    headers: { ...XML_TYPE, ...details.headers },
    body: encodeReportResponse({
      responseCode,
      responseDescription: description,
      ...(reportId !== undefined && { reportId }),
    }),
  };
}

/** 4100 or 4110 with one line for each problem. */
export function validationFailed(problems: readonly Problem[], reportId?: ReportNumber): Answer {
  const isXml = responseCodeFor(problems).code === RESPONSE_CODES.malformedXml.code;
  return errorAnswer(isXml ? "malformedXml" : "validationFailed", describeProblems(problems), {
    ...(reportId !== undefined && { reportId }),
  });
}

/** A `reportResponse` with code 0. */
export function success(fields: Omit<ReportResponse, "responseCode" | "responseDescription">): Answer {
  return statement(RESPONSE_CODES.success.text, fields);
}

/** A `reportResponse` with code 0 and a description of its own. */
export function statement(
  responseDescription: string,
  fields: Omit<ReportResponse, "responseCode" | "responseDescription"> = {},
): Answer {
  return {
    httpStatus: 200,
    responseCode: 0,
    headers: XML_TYPE,
    body: encodeReportResponse({ responseCode: 0, responseDescription, ...fields }),
  };
}

/** The receipt of `/finish`; `signed` is the store's own beside it. */
export function done(fields: Omit<ReportDoneResponse, "responseCode">, signed?: string): Answer {
  return {
    httpStatus: 200,
    responseCode: 0,
    headers: signed === undefined ? XML_TYPE : { ...XML_TYPE, "Fairlead-Receipt": signed },
    body: encodeReportDoneResponse({ responseCode: 0, ...fields }),
  };
}

/** The schema itself. */
export function schema(xsd: string): Answer {
  return { httpStatus: 200, headers: XML_TYPE, body: xsd };
}

/** 401 without a body, as NCMEC answers today. */
export function unauthenticated(realm: string): Answer {
  return {
    httpStatus: 401,
    headers: { "WWW-Authenticate": `Basic realm="${realm.replaceAll(/["\\]/g, "\\$&")}"` },
    body: "",
  };
}
