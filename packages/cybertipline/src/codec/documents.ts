/**
 * The codec of the four documents.
 *
 * Decoding takes UTF-8 bytes or text and never throws for what a stranger sent: it returns the document or its problems.
 * Encoding returns text with an XML declaration and throws `CyberTiplineError` for a document that does not fit the
 * schema. `decode(encode(x))` is `x`. Application rules are a second pass: `checkReport`, `checkFileDetails`.
 */
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportDoneResponse, ReportResponse } from "../document/responses.ts";
import type { Decoded } from "../problem.ts";
import { FILE_DETAILS, REPORT, REPORT_DONE_RESPONSE, REPORT_RESPONSE } from "../schema/documents.ts";
import { atOnce, type Steps } from "../steps.ts";
import { decodingDocument } from "./decode.ts";
import { encodeDocument } from "./encode.ts";

// The casts below say that the table and the types describe the same documents; `documents.test.ts` holds them to it.

/** Reads the body of `/submit`. */
export function decodeReport(xml: string | Uint8Array): Decoded<CyberTiplineReport> {
  return atOnce(decodingReport(xml));
}

/** `decodeReport` a piece at a time. */
export function decodingReport(xml: string | Uint8Array): Steps<Decoded<CyberTiplineReport>> {
  return decodingDocument(REPORT, xml) as Steps<Decoded<CyberTiplineReport>>;
}

/** Reads the body of `/fileinfo`. */
export function decodeFileDetails(xml: string | Uint8Array): Decoded<FileDetails> {
  return atOnce(decodingFileDetails(xml));
}

/** `decodeFileDetails` a piece at a time. */
export function decodingFileDetails(xml: string | Uint8Array): Steps<Decoded<FileDetails>> {
  return decodingDocument(FILE_DETAILS, xml) as Steps<Decoded<FileDetails>>;
}

/** Reads a server's answer to anything but `/finish`, or an error. */
export function decodeReportResponse(xml: string | Uint8Array): Decoded<ReportResponse> {
  return atOnce(decodingDocument(REPORT_RESPONSE, xml)) as Decoded<ReportResponse>;
}

/** Reads a server's answer to `/finish`. */
export function decodeReportDoneResponse(xml: string | Uint8Array): Decoded<ReportDoneResponse> {
  return atOnce(decodingDocument(REPORT_DONE_RESPONSE, xml)) as Decoded<ReportDoneResponse>;
}

export function encodeReport(report: CyberTiplineReport): string {
  return encodeDocument(REPORT, report);
}

export function encodeFileDetails(details: FileDetails): string {
  return encodeDocument(FILE_DETAILS, details);
}

export function encodeReportResponse(response: ReportResponse): string {
  return encodeDocument(REPORT_RESPONSE, response);
}

export function encodeReportDoneResponse(response: ReportDoneResponse): string {
  return encodeDocument(REPORT_DONE_RESPONSE, response);
}
