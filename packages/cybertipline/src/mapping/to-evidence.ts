/** Uploaded files as evidence, and what the sender states about them as claims. */
import type { Evidence, EvidenceId, Statement } from "@fairlead/report";
import type { Details, FileDetails, OriginalFileHash } from "../document/file-details.ts";
import { FILE_ANNOTATIONS } from "../schema/enumerations.ts";
import { FILE_DETAILS } from "../schema/documents.ts";
import { kindOfUpload } from "./bundle.ts";
import { leavesOf } from "./leaves.ts";
import { openLedger } from "./ledger.ts";
import { type Mapping, claim, claimFlag, present, takeMoment, takeText } from "./mapping.ts";
import { remainingStatements } from "./remainder.ts";
import { toEvents, toUploadEvent } from "./to-events.ts";
import { FILE_ANNOTATION_WORDS, FILE_STATEMENT_WORDS } from "./vocabulary.ts";

/** A file as a server received it. */
export interface ReceivedFile {
  /** The name by which the wire knows it. It is not part of the report: the caller keeps it beside the evidence's id. */
  readonly fileId: string;
  readonly evidenceId: EvidenceId;
  /** What was measured when the bytes came in. */
  readonly received?: NonNullable<Evidence["received"]>;
  /** From the upload: often a temporary name, so it is used only where the details name no original. */
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly details?: FileDetails;
}

export const FILE_ROOT = "/fileDetails";
/** The name that the upload gave; no path of a document, but beside the details. */
export const UPLOAD_NAME = `${FILE_ROOT}/@uploadName`;

const MOST_HASHES = 64;
const MOST_EVENTS = 1000;
const MOST_DETAILS = 10_000;
const LONGEST_HASH = 4096;

function toHashes(mapping: Mapping, hashes: readonly OriginalFileHash[]): Evidence["declaredHashes"] {
  return hashes.flatMap(({ hashType, value }, index) => {
    const path = `${FILE_ROOT}/originalFileHash[${String(index + 1)}]`;
    const room = index < MOST_HASHES && value !== "" && value.length <= LONGEST_HASH;
    if (!room || takeText(mapping, `${path}/@hashType`, hashType, 64) === undefined) return [];
    const lower = value.toLowerCase();
    if (lower === value) mapping.ledger.take(path);
    else mapping.ledger.takeMeaning(path);
    return lower.length <= LONGEST_HASH ? [{ algorithm: hashType, value: lower }] : [];
  });
}

/** Whether groups of pairs can be told apart again once they are one list. */
function areDistinct(groups: readonly Details[]): boolean {
  return groups.every(({ type }, index) => index === 0 || groups[index - 1]?.type !== type);
}

function toDetails(mapping: Mapping, groups: readonly Details[]): Evidence["details"] {
  const pairs = groups.flatMap(({ type, nameValuePair }) =>
    nameValuePair.map(({ name, value }) => present({ group: type, name, value })),
  );
  const fitting = pairs.filter(
    ({ name, value }) => name !== "" && name.length <= 64 && value.length <= 65_536,
  );
  const details = fitting.slice(0, MOST_DETAILS);
  const whole = details.length === pairs.length && areDistinct(groups);
  for (const [index, { nameValuePair }] of groups.entries()) {
    const path = `${FILE_ROOT}/details[${String(index + 1)}]`;
    const close = whole ? mapping.ledger.take : mapping.ledger.takeMeaning;
    close(`${path}/@type`);
    for (const position of nameValuePair.keys()) {
      close(`${path}/nameValuePair[${String(position + 1)}]/name`);
      close(`${path}/nameValuePair[${String(position + 1)}]/value`);
    }
  }
  return details;
}

function addFileClaims(mapping: Mapping, id: EvidenceId, details: FileDetails): void {
  const about = { kind: "evidence", id } as const;
  for (const name of ["fileViewedByEsp", "exifViewedByEsp", "publiclyAvailable"] as const) {
    claimFlag(mapping, about, FILE_STATEMENT_WORDS[name], `${FILE_ROOT}/${name}`, details[name]);
  }
  for (const name of FILE_ANNOTATIONS) {
    const path = `${FILE_ROOT}/fileAnnotations/${name}`;
    claimFlag(mapping, about, FILE_ANNOTATION_WORDS[name], path, details.fileAnnotations?.[name]);
  }
  if (details.potentialMeme !== undefined) {
    // The legacy flag says the same as the annotation, but unlike it can also say no.
    const path = `${FILE_ROOT}/potentialMeme`;
    claimFlag(mapping, about, "potential-meme", details.potentialMeme ? "" : path, details.potentialMeme);
    mapping.ledger.takeMeaning(path);
    if (details.potentialMeme) mapping.ledger.unsaid(`${FILE_ROOT}/fileAnnotations`);
  }
  const grade = details.industryClassification;
  if (grade === undefined || !claim(mapping, about, { kind: "industry-grade", grade })) return;
  mapping.ledger.take(`${FILE_ROOT}/industryClassification`);
}

function nameOf(mapping: Mapping, file: ReceivedFile): string | undefined {
  const path = `${FILE_ROOT}/originalFileName`;
  const original = takeText(mapping, path, file.details?.originalFileName, 2056);
  if (original !== undefined) {
    if (file.fileName === original) mapping.ledger.take(UPLOAD_NAME);
    return original;
  }
  if (file.details?.originalFileName !== undefined || file.fileName === undefined) return undefined;
  mapping.ledger.unsaid(path);
  return file.fileName.slice(0, 2056).toWellFormed();
}

/**
 * One file: its evidence, its claims (added to the mapping) and what is left as statements.
 *
 * @param room how many readable statements the report still has room for.
 */
export function toEvidence(
  mapping: Omit<Mapping, "ledger">,
  file: ReceivedFile,
  room: number,
): { readonly evidence: Evidence; readonly statements: readonly Statement[] } {
  const { evidenceId: id, details, received, fileName, mediaType } = file;
  const leaves = details === undefined ? [] : leavesOf(FILE_DETAILS, details, FILE_ROOT);
  const content = leaves.filter(
    ({ path }) => path !== `${FILE_ROOT}/reportId` && path !== `${FILE_ROOT}/fileId`,
  );
  const upload = fileName === undefined || fileName === "" ? [] : [{ path: UPLOAD_NAME, text: fileName }];
  const ledger = openLedger([...content, ...upload]);
  const inner: Mapping = { ...mapping, ledger };
  const name = nameOf(inner, file);
  ledger.takeMeaning(UPLOAD_NAME);
  if (details?.fileRelevance === "Reported") ledger.takeMeaning(`${FILE_ROOT}/fileRelevance`);
  else ledger.take(`${FILE_ROOT}/fileRelevance`);
  const evidence: Evidence = present({
    id,
    kind: kindOfUpload(name, mediaType),
    received,
    declaredHashes: toHashes(inner, details?.originalFileHash ?? []),
    name,
    mediaType: mediaType === undefined || mediaType.length > 255 ? undefined : mediaType,
    location: takeText(inner, `${FILE_ROOT}/locationOfFile`, details?.locationOfFile, 2083),
    uploadedAt: takeMoment(inner, `${FILE_ROOT}/uploadedToEspTimestamp`, details?.uploadedToEspTimestamp),
    // Absent means Reported, by the wire's own definition.
    relevance: details?.fileRelevance === "Supplemental Reported" ? "supplemental" : "reported",
    events: [
      ...toUploadEvent(inner, `${FILE_ROOT}/ipCaptureEvent`, details?.ipCaptureEvent),
      ...toEvents(inner, FILE_ROOT, [], details?.deviceId ?? [], MOST_EVENTS - 1),
    ],
    details: toDetails(inner, details?.details ?? []),
  });
  if (details !== undefined) addFileClaims(inner, id, details);
  const statements = remainingStatements(FILE_ROOT, ledger.balance(), () => ({ evidence: id }), room);
  return { evidence, statements };
}
