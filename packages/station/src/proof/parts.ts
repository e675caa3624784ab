import {
  ATTESTATION_FILE,
  ATTESTATION_MEDIA_TYPE,
  RECORDS_FILE,
  RECORDS_MEDIA_TYPE,
} from "@fairlead/franking";
import type { Evidence } from "@fairlead/report";

/** Types that say nothing of what a file is, as a wire leaves them behind. */
const SILENT: ReadonlySet<string> = new Set([
  "",
  "application/json",
  "application/cbor",
  "application/octet-stream",
  "binary/octet-stream",
  "text/plain",
]);

type Described = Pick<Evidence, "kind" | "name" | "mediaType">;

/** Whether a piece of evidence is an attestation: by its media type, and by its name only where the type says nothing. */
export function isAttestation(item: Described): boolean {
  return isCalled(item, ATTESTATION_MEDIA_TYPE, ATTESTATION_FILE);
}

/** Whether a piece of evidence is what a provider's records of a report are handed on as. */
export function isRecords(item: Described): boolean {
  return isCalled(item, RECORDS_MEDIA_TYPE, RECORDS_FILE);
}

function isCalled({ kind, name, mediaType }: Described, type: string, file: string): boolean {
  const stated = (mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return kind === "file" && (stated === type || (SILENT.has(stated) && name === file));
}
