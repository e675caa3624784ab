import type { FastifyRequest } from "fastify";
import { newDigests } from "@fairlead/matching/node";
import { StationError } from "../../errors.ts";
import type { Held } from "../../http/held-bytes.ts";
import { isCutOff } from "../../intake/index.ts";

/** HMA's kinds of files, by the name of the form's part, with its kinds of hashes of each. */
export const HMA_FILES = { photo: "pdq", video: "video_md5" } as const;
type HmaFile = keyof typeof HMA_FILES;

/** What there is to hash of the one file of a form. */
export type ReadFile = { kind: "photo"; bytes: Uint8Array } | { kind: "video"; md5: string };

/** A photo lies in memory while it is decoded; of a video only its digest is taken as it comes. */
export const MOST_PHOTO_BYTES = 64 * 1024 * 1024;

/** @throws StationError `request.invalid`, `request.too-large`, `intake.busy` */
export async function readHmaFile(request: FastifyRequest, held: Held): Promise<ReadFile> {
  if (!request.isMultipart()) throw invalid("Missing multipart/form-data file upload");
  let read: ReadFile | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type !== "file") continue;
      if (read !== undefined || !isKind(part.fieldname)) {
        part.file.resume();
        throw invalid(
          read === undefined
            ? `no such content_type: '${part.fieldname.slice(0, 64)}'; the part is called photo or video`
            : "Only one file allowed per request",
        );
      }
      read =
        part.fieldname === "photo"
          ? { kind: "photo", bytes: await bytesOf(part.file, held) }
          : { kind: "video", md5: await md5Of(part.file) };
    }
  } catch (cause) {
    throw isCutOff(cause) ? invalid("The form ends before its last boundary.") : cause;
  }
  if (read === undefined) throw invalid("Missing multipart/form-data file upload");
  return read;
}

function isKind(name: string): name is HmaFile {
  return Object.hasOwn(HMA_FILES, name);
}

async function bytesOf(file: AsyncIterable<Uint8Array>, held: Held): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    if (size > MOST_PHOTO_BYTES) continue;
    held.hold(chunk.length);
    chunks.push(chunk);
  }
  if (size <= MOST_PHOTO_BYTES) return Buffer.concat(chunks);
  throw new StationError(
    "request.too-large",
    `The photo has ${size} bytes; at most ${MOST_PHOTO_BYTES} are decoded.`,
  );
}

async function md5Of(file: AsyncIterable<Uint8Array>): Promise<string> {
  const digests = newDigests();
  for await (const chunk of file) digests.update(chunk);
  return digests.finish().md5;
}

function invalid(message: string): StationError {
  return new StationError("request.invalid", message);
}
