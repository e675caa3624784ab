import type { IncomingHttpHeaders } from "node:http";
import { StationError } from "../../errors.ts";

/** The headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload), as they come in. */

export const VERSION = "1.0.0";
export const EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination";
/** By the name that tus gives it and Node. "The Server MUST support at least the SHA1 checksum algorithm". */
export const CHECKSUMS = ["sha1", "sha256", "md5"] as const;
export const OFFSET_STREAM = "application/offset+octet-stream";
const MOST_METADATA = 4096;
const DIGEST_BYTES: Record<(typeof CHECKSUMS)[number], number> = { sha1: 20, sha256: 32, md5: 16 };

export interface Checksum {
  algorithm: (typeof CHECKSUMS)[number];
  digest: Buffer;
}

/** "The value MUST be a non-negative integer." Larger ones than a double counts exactly name no file. */
export function byteCount(headers: IncomingHttpHeaders, name: "upload-offset" | "upload-length"): number {
  const value = headers[name];
  if (typeof value === "string" && /^(?:0|[1-9]\d{0,14})$/.test(value)) return Number(value);
  throw badHeader(name, "it is a number of bytes, in decimal digits");
}

/**
 * "one or more comma-separated key-value pairs. The key and value MUST be separated by a space. The key MUST NOT contain spaces and
 * commas and MUST NOT be empty. … the value MUST be Base64 encoded. All keys MUST be unique."
 * @returns the value as it came, which holds nothing that could not stand in an answer's header
 */
export function metadataOf(headers: IncomingHttpHeaders): string | null {
  const value = headers["upload-metadata"];
  if (value === undefined) return null;
  if (typeof value !== "string" || value.length > MOST_METADATA)
    throw badHeader("upload-metadata", `it has at most ${MOST_METADATA} characters`);
  const keys = new Set<string>();
  for (const pair of value.split(",")) {
    const found = /^[ \t]*(?<key>[!-+\--~]+)(?: (?<encoded>[A-Za-z0-9+/]*={0,2}))?[ \t]*$/.exec(pair);
    const { key, encoded = "" } = found?.groups ?? {};
    if (key === undefined || keys.has(key) || encoded.length % 4 !== 0)
      throw badHeader("upload-metadata", "it is a list of keys, each once, with values in Base64");
    keys.add(key);
  }
  return value;
}

/** "the name of the used checksum algorithm and the Base64 encoded checksum separated by a space" */
export function checksumOf(headers: IncomingHttpHeaders): Checksum | undefined {
  const value = headers["upload-checksum"];
  if (value === undefined) return undefined;
  const [name, encoded = "", ...rest] = String(value).split(" ");
  const algorithm = CHECKSUMS.find((known) => known === name);
  const digest = Buffer.from(encoded, "base64");
  const isWellFormed = rest.length === 0 && digest.toString("base64") === encoded;
  if (algorithm !== undefined && isWellFormed && digest.length === DIGEST_BYTES[algorithm])
    return { algorithm, digest };
  throw badHeader(
    "upload-checksum",
    `it is one of ${CHECKSUMS.join(", ")}, a space and the digest in Base64`,
  );
}

/** "If the version specified by the Client is not supported by the Server, it MUST respond with the 412 … status" */
export function mustBeResumable(headers: IncomingHttpHeaders): void {
  if (headers["tus-resumable"] === VERSION) return;
  throw new StationError("upload.version", "This door speaks tus 1.0.0, and the request does not say so.", {
    remedy: `Send the header Tus-Resumable: ${VERSION}.`,
  });
}

/** "All PATCH requests MUST use Content-Type: application/offset+octet-stream" */
export function mustBeOffsetStream(headers: IncomingHttpHeaders): void {
  if (headers["content-type"]?.toLowerCase() === OFFSET_STREAM) return;
  throw new StationError("upload.media-type", `Bytes of an upload come as ${OFFSET_STREAM}.`, {
    remedy: `Send the header Content-Type: ${OFFSET_STREAM}, and the bytes alone as the body.`,
  });
}

export function badHeader(name: string, what: string): StationError {
  return new StationError("upload.header", `The header ${name} is not as it must be: ${what}.`, {
    remedy: "docs/reference/resumable-uploads.md says what each header holds.",
  });
}
