/** The field `id`: the number of the report that a form is about. */
import { parseReportNumber, type ReportNumber } from "../document/scalars.ts";
import { Refused } from "./answer.ts";
import { collectBody, receiveBody } from "./body.ts";
import { bodyLimits, type Call, mediaTypeOf } from "./call.ts";
import { type FormReader, readMultipart, readUrlencoded } from "./form.ts";

/** A form that holds one number. */
const MAX_FORM_BYTES = 16 * 1024;

export interface IdField {
  readonly field: (name: string, value: string) => void;
  /** The number so far, if it has come. */
  readonly get: () => ReportNumber | undefined;
  /** The number, now that the whole form has been read. */
  readonly need: () => ReportNumber;
}

/** Takes the field `id` out of a form, whenever it comes. */
export function idField(): IdField {
  let reportId: ReportNumber | undefined;
  return {
    field: (name, value) => {
      // Other fields mean nothing on this wire; clients send a submit button's name and the like.
      if (name !== "id") return;
      if (reportId !== undefined) {
        throw new Refused("invalidRequest", {
          detail: "The form holds the field id more than once. Send it once.",
        });
      }
      reportId = parseReportNumber(value.trim());
      if (reportId === undefined) {
        throw new Refused("invalidRequest", {
          detail: "The field id is not a report number. Send the digits that /submit answered with.",
        });
      }
    },
    get: () => reportId,
    need: () => {
      if (reportId !== undefined) return reportId;
      throw new Refused("invalidRequest", {
        detail: "The form lacks the field id. Send the report number that /submit answered with.",
      });
    },
  };
}

/** Reads the form of `/finish` and `/retract`, in either of the two encodings that clients use. */
export async function readIdForm(call: Call): Promise<ReportNumber> {
  const id = idField();
  const limits = bodyLimits(call, MAX_FORM_BYTES, call.limits.documentTotalMs);
  const mediaType = mediaTypeOf(call.req);
  if (mediaType === "multipart/form-data") {
    const reader: FormReader = {
      field: id.field,
      file: async () => {
        throw new Refused("invalidRequest", { detail: "This form holds no file. Send files to /upload." });
      },
    };
    const body = (signal: AbortSignal) => receiveBody(call.req, limits, signal);
    await readMultipart(call.req.headers["content-type"] ?? "", body, reader);
  } else if (mediaType === "application/x-www-form-urlencoded" || mediaType === "") {
    readUrlencoded(await collectBody(call.req, limits), id);
  } else {
    throw new Refused("invalidRequest", {
      httpStatus: 415,
      detail: "Send the field id as multipart/form-data or as application/x-www-form-urlencoded.",
    });
  }
  return id.need();
}
