/** What the client hears when an endpoint could not answer by itself. The one place where errors become HTTP. */
import type { ResponseCodeName } from "../responses/codes.ts";
import { type Answer, Refused } from "./answer.ts";
import { BodyFault, type BodyFaultKind } from "./body.ts";
import { FormFault } from "./form.ts";
import { NotNow, StoreFault } from "./store.ts";

export type Endpoint = "status" | "xsd" | "submit" | "upload" | "fileinfo" | "finish" | "retract";

export interface Fault {
  /** Absent if nobody is there to read it. */
  readonly answer: Answer | undefined;
  /** False if reading on would wait for a client that does not send. */
  readonly mayLinger: boolean;
  /** True for what an operator must look at. */
  readonly isOurs: boolean;
}

/** Each endpoint's own way to say "try again": the store is out of service, or the body did not arrive in time. */
const RETRY_CODES: Readonly<
  Record<Endpoint, { readonly store: ResponseCodeName; readonly body: ResponseCodeName }>
> = {
  status: { store: "serverError", body: "serverError" },
  xsd: { store: "serverError", body: "serverError" },
  submit: { store: "saveFailed", body: "saveFailed" },
  upload: { store: "fileUploadFailed", body: "uploadFailed" },
  fileinfo: { store: "updateFailed", body: "updateFailed" },
  finish: { store: "updateFailed", body: "updateFailed" },
  retract: { store: "updateFailed", body: "updateFailed" },
};

const TOO_LARGE: Readonly<Record<Endpoint, readonly [ResponseCodeName, string]>> = {
  status: ["invalidRequest", "Send no body."],
  xsd: ["invalidRequest", "Send no body."],
  submit: [
    "malformedXml",
    "The document is larger than 4 MiB. Send long texts, such as chat logs, as uploaded files.",
  ],
  upload: ["malformedFile", "The file is larger than this server takes. Ask the receiver of your reports."],
  fileinfo: [
    "malformedXml",
    "The document is larger than 4 MiB. Send long texts, such as chat logs, as uploaded files.",
  ],
  finish: ["invalidRequest", "The form is larger than 16 KiB. Send the field id alone."],
  retract: ["invalidRequest", "The form is larger than 16 KiB. Send the field id alone."],
};

function bodyFault(kind: BodyFaultKind, endpoint: Endpoint): Answer | undefined {
  if (kind === "gone" || kind === "unwanted") return undefined;
  if (kind === "stalled") {
    return new Refused(RETRY_CODES[endpoint].body, {
      httpStatus: 408,
      detail: "The body did not arrive in time. Nothing of it was kept. Send it again.",
    }).answer;
  }
  const [code, detail] = TOO_LARGE[endpoint];
  return new Refused(code, { httpStatus: 413, detail }).answer;
}

/**
 * The answer to whatever an endpoint threw.
 * @param endpoint undefined while the request was not yet with one
 */
export function faultAnswer(error: unknown, endpoint: Endpoint | undefined): Fault {
  const at = endpoint ?? "status";
  if (error instanceof Refused) return { answer: error.answer, mayLinger: true, isOurs: false };
  if (error instanceof BodyFault) {
    return { answer: bodyFault(error.kind, at), mayLinger: error.kind === "too-large", isOurs: false };
  }
  if (error instanceof FormFault) {
    const code = at === "upload" ? "malformedFile" : "invalidRequest";
    return { answer: new Refused(code, { detail: error.message }).answer, mayLinger: true, isOurs: false };
  }
  if (error instanceof StoreFault) {
    const { answer } = new Refused(RETRY_CODES[at].store, {
      httpStatus: 503,
      detail: "Nothing was lost that was acknowledged. Send this request again later.",
      headers: { "Retry-After": String(Math.max(1, Math.ceil(error.retryAfterSeconds))) },
    });
    return { answer, mayLinger: true, isOurs: true };
  }
  if (error instanceof NotNow) {
    const { answer } = new Refused(RETRY_CODES[at].body, {
      httpStatus: error.httpStatus,
      detail: `${error.message} Nothing of this call was read. Send it again after the seconds in Retry-After.`,
      headers: { "Retry-After": String(Math.max(1, Math.ceil(error.retryAfterSeconds))) },
    });
    return { answer, mayLinger: true, isOurs: false };
  }
  // Ours, whatever it is: the client learns nothing but the Request-ID to quote.
  const { answer } = new Refused("serverError", {
    detail: "Quote the Request-ID header of this answer to support.",
  });
  return { answer, mayLinger: true, isOurs: true };
}
