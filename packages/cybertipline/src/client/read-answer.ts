/** Makes a result or an error of what a server answered. */
import { decodeReportDoneResponse, decodeReportResponse } from "../codec/documents.ts";
import type { ReportDoneResponse, ReportResponse } from "../document/responses.ts";
import { RESPONSE_CODES, responseAdvice } from "../responses/codes.ts";
import { readXml } from "../xml/read.ts";
import { ClientError } from "./error.ts";
import type { Reply } from "./exchange.ts";

interface Said {
  readonly code: number;
  readonly description: string;
}

/** Code and description, of whichever root element and however incomplete: a refusal must be understood in any form. */
function readSaid(body: string): Said | undefined {
  const read = readXml(body);
  if (!read.ok) return undefined;
  const text = (name: string): string =>
    read.root.children.find((child) => child.name === name)?.text.trim() ?? "";
  const code = text("responseCode");
  if (!/^\d{1,9}$/.test(code)) return undefined;
  return { code: Number(code), description: text("responseDescription") };
}

/** What an HTTP status says when there is no document: NCMEC answers 401 with an empty body. */
function saidByStatus(httpStatus: number): Said | undefined {
  if (httpStatus === 401) {
    return {
      code: RESPONSE_CODES.authenticationRequired.code,
      description: RESPONSE_CODES.authenticationRequired.text,
    };
  }
  if (httpStatus === 403) {
    return { code: RESPONSE_CODES.notAuthorised.code, description: RESPONSE_CODES.notAuthorised.text };
  }
  return undefined;
}

/** Statuses by which proxies and balancers say "later" (408, 425, 429 and all of 5xx). */
function isPassing(httpStatus: number): boolean {
  return httpStatus >= 500 || [408, 425, 429].includes(httpStatus);
}

/** An answer that does not say what happened. */
export function badAnswer(reply: Reply, message: string): ClientError {
  const { httpStatus, requestId, retryAfterMs } = reply;
  return new ClientError("bad-answer", `${message} (HTTP ${String(httpStatus)})`, {
    advice: isPassing(httpStatus) ? "retry" : "unknown",
    effect: "unknown",
    httpStatus,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** @throws ClientError `refused` for every response code but 0, in a 200 as well as in an error */
function checkRefusal(reply: Reply): void {
  const said = readSaid(reply.body) ?? saidByStatus(reply.httpStatus);
  if (said === undefined || said.code === 0) return;
  const advice = responseAdvice(said.code);
  const { httpStatus, requestId, retryAfterMs } = reply;
  throw new ClientError(
    "refused",
    said.description === "" ? `Response code ${String(said.code)}` : said.description,
    {
      advice: advice === "success" ? "unknown" : advice,
      // A server that fails may fail after it has done its work; every other refusal is a decision not to do it.
      effect: advice === "retry" || advice === "unknown" ? "unknown" : "none",
      responseCode: said.code,
      httpStatus,
      ...(requestId !== undefined && { requestId }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  );
}

function isSuccess({ httpStatus }: Reply): boolean {
  return httpStatus >= 200 && httpStatus < 300;
}

/** The answer to everything but `/finish`. */
export function readReportResponse(reply: Reply): ReportResponse {
  checkRefusal(reply);
  const decoded = decodeReportResponse(reply.body);
  if (!decoded.ok || !isSuccess(reply)) throw badAnswer(reply, "The answer is no reportResponse.");
  return decoded.value;
}

/** The receipt. */
export function readReportDoneResponse(reply: Reply): ReportDoneResponse {
  checkRefusal(reply);
  const decoded = decodeReportDoneResponse(reply.body);
  if (!decoded.ok || !isSuccess(reply)) throw badAnswer(reply, "The answer is no reportDoneResponse.");
  return decoded.value;
}

/** The schema: any text that came with a 2xx and is no refusal. */
export function readSchema(reply: Reply): string {
  checkRefusal(reply);
  if (!isSuccess(reply) || reply.body === "") throw badAnswer(reply, "The answer is no schema.");
  return reply.body;
}
