/** How a message bundle is known on a wire that has only files. */
import type { Evidence } from "@fairlead/report";

/** Media type and file name of a report bundle from an encrypted chat, as its provider's verifier makes it. */
const BUNDLE_TYPE = "application/vnd.fairlead.report-bundle+cbor";
const BUNDLE_NAME = "report-bundle.cbor";

/** Types that say nothing of what a file is; clients fill them in by themselves (RFC 7578, section 4.4; RFC 2046, section 4.5.1). */
const SILENT: ReadonlySet<string> = new Set([
  "",
  "application/octet-stream",
  "application/cbor",
  "binary/octet-stream",
  "text/plain",
]);

/** What an uploaded file is, by its media type; by its name only where the type says nothing. */
export function kindOfUpload(
  name: string | undefined,
  mediaType: string | undefined,
): Exclude<Evidence["kind"], "wire-document"> {
  const type = (mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return type === BUNDLE_TYPE || (SILENT.has(type) && name === BUNDLE_NAME) ? "message-bundle" : "file";
}
