import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { StationError } from "../errors.ts";
import { isCutOff } from "../intake/index.ts";

/**
 * Reads a form of one JSON field and files.
 * @returns the field's value, `undefined` where the form has none
 * @throws StationError `request.invalid`; whatever `onFile` throws
 */
export async function readParts(
  request: FastifyRequest,
  field: string,
  onFile: (part: MultipartFile) => Promise<void>,
): Promise<unknown> {
  let value: unknown;
  try {
    for await (const part of request.parts()) {
      if (part.type === "file") await onFile(part);
      // A field that is declared as JSON has been parsed on its way in.
      else if (part.fieldname === field)
        value = typeof part.value === "string" ? parsed(part.value, field) : part.value;
    }
  } catch (cause) {
    throw isCutOff(cause) ? invalid("The form ends before its last boundary.", cause) : cause;
  }
  return value;
}

function parsed(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(`The field \`${field}\` is not JSON.`, cause);
  }
}

function invalid(message: string, cause: unknown): StationError {
  return new StationError("request.invalid", message, {
    cause,
    problems: [{ path: "/", message }],
    remedy: "Send the whole form again; nothing of it was kept.",
  });
}
