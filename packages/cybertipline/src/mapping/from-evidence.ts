/** Evidence as files of the wire, and what the sender states about them. */
import type { Evidence, EvidenceId } from "@fairlead/report";
import type { Details, FileAnnotations, FileDetails } from "../document/file-details.ts";
import type { ReportNumber } from "../document/scalars.ts";
import { FILE_ANNOTATIONS } from "../schema/enumerations.ts";
import { writeEvents } from "./from-events.ts";
import { FILE_ROOT } from "./to-evidence.ts";
import { FILE_ANNOTATION_WORDS, FILE_STATEMENT_WORDS } from "./vocabulary.ts";
import {
  type Writing,
  lost,
  saysAnything,
  sent,
  takeClaim,
  takeFlag,
  takeYes,
  writeMoment,
} from "./writing.ts";

type WithoutIds<T> = T extends unknown ? Omit<T, "reportId" | "fileId"> : never;

/** File details before the file has been uploaded: without the two ids that the server gives. */
export type FileDescription = WithoutIds<FileDetails>;

/** A file to be uploaded, and what to say about it. */
export interface FileToSend {
  readonly evidenceId: EvidenceId;
  readonly fileName?: string;
  readonly mediaType?: string;
  /** Absent if there is nothing to say: then no `/fileinfo` is needed. */
  readonly description?: FileDescription;
}

/** Completes a description with the ids that `/submit` and `/upload` gave. */
export function describeFile(
  description: FileDescription,
  reportId: ReportNumber,
  fileId: string,
): FileDetails {
  return { reportId, fileId, ...description };
}

function annotations(writing: Writing, id: EvidenceId): FileAnnotations | undefined {
  const about = { kind: "evidence", id } as const;
  const flags = sent(
    Object.fromEntries(
      FILE_ANNOTATIONS.map((name) => [name, takeYes(writing, about, FILE_ANNOTATION_WORDS[name])]),
    ),
  );
  return saysAnything(flags) ? flags : undefined;
}

/** Consecutive values of one group form one `details`. */
function writeDetails(writing: Writing, { details }: Evidence, pointer: string): readonly Details[] {
  const groups: { type?: "EXIF" | "HASH"; nameValuePair: { name: string; value: string }[] }[] = [];
  for (const [index, { group, name, value }] of details.entries()) {
    const type = group === "EXIF" || group === "HASH" ? group : undefined;
    if (group !== undefined && type === undefined) {
      lost(
        writing,
        `${pointer}/details/${String(index)}/group`,
        "The wire knows only the groups EXIF and HASH.",
      );
    }
    const last = groups.at(-1);
    if (last !== undefined && last.type === type) last.nameValuePair.push({ name, value });
    else groups.push({ ...(type === undefined ? {} : { type }), nameValuePair: [{ name, value }] });
  }
  return groups;
}

/** The address of the upload: an event of another kind than that, or a second one, is not it. */
function writeUpload(writing: Writing, evidence: Evidence, pointer: string) {
  const { ipCaptureEvent, deviceId } = writeEvents(writing, evidence.events, `${pointer}/events`, "upload");
  if (ipCaptureEvent.length > 1) {
    const addressed = [...evidence.events.entries()].filter(([, event]) => event.ip !== undefined);
    for (const [index] of addressed.slice(1)) {
      lost(writing, `${pointer}/events/${String(index)}`, "The wire takes one captured address of a file.");
    }
  }
  return { ipCaptureEvent: ipCaptureEvent[0], deviceId };
}

/**
 * The structured part of a description.
 *
 * @param inStatements paths of the document that come back as statements.
 */
export function writeFile(
  writing: Writing,
  evidence: Evidence,
  pointer: string,
  inStatements: ReadonlySet<string>,
): FileDescription {
  const about = { kind: "evidence", id: evidence.id } as const;
  const detailsInStatements = [...inStatements].some((path) => path.startsWith(`${FILE_ROOT}/details[`));
  const meme = takeClaim(
    writing,
    about,
    "flag",
    // The annotation can only say yes; the legacy element can say no.
    (states) => states.flag === "potential-meme" && !states.value,
  );
  const { fileViewedByEsp, exifViewedByEsp, publiclyAvailable } = FILE_STATEMENT_WORDS;
  const facts = sent({
    originalFileName: evidence.name,
    uploadedToEspTimestamp: writeMoment(writing, `${pointer}/uploadedAt`, evidence.uploadedAt),
    locationOfFile: evidence.location,
    fileViewedByEsp: takeFlag(writing, about, fileViewedByEsp),
    exifViewedByEsp: takeFlag(writing, about, exifViewedByEsp),
    publiclyAvailable: takeFlag(writing, about, publiclyAvailable),
    fileRelevance: evidence.relevance === "supplemental" ? ("Supplemental Reported" as const) : undefined,
    industryClassification: takeClaim(writing, about, "industry-grade", () => true)?.states.grade,
    originalFileHash: evidence.declaredHashes.map(({ algorithm, value }) => ({ value, hashType: algorithm })),
    ...writeUpload(writing, evidence, pointer),
    details: detailsInStatements ? [] : writeDetails(writing, evidence, pointer),
  });
  const flags = annotations(writing, evidence.id);
  if (flags !== undefined) {
    if (meme !== undefined)
      lost(writing, meme.pointer, "The wire cannot deny a meme beside other annotations.");
    return { ...facts, fileAnnotations: flags };
  }
  return meme === undefined ? facts : { ...facts, potentialMeme: false };
}
