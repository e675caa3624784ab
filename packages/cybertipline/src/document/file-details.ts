/** The document that describes one uploaded file: root element `fileDetails`. */
import type {
  DetailType,
  FileAnnotation,
  FileRelevance,
  IndustryClassification,
} from "../schema/enumerations.ts";
import type { DeviceId, IpCaptureEvent } from "./common.ts";
import type { DateTimeText, ReportNumber } from "./scalars.ts";

/** On the wire a flag is absent or true; there is no "false". */
export type FileAnnotations = { readonly [Name in FileAnnotation]?: true };

export interface OriginalFileHash {
  /** The hash of the file as the user uploaded it. */
  readonly value: string;
  /** A free name: `MD5`, `SHA1`, `PDQ`. At most 64 characters. */
  readonly hashType: string;
}

export interface NameValuePair {
  readonly name: string;
  readonly value: string;
}

export interface Details {
  readonly type?: DetailType;
  readonly nameValuePair: readonly NameValuePair[];
}

interface FileFacts {
  readonly reportId: ReportNumber;
  /** As `/upload` gave it: 32 lower-case hexadecimal characters from NCMEC, but an opaque token by schema. */
  readonly fileId: string;
  /** In the schema, absent from NCMEC's documentation. */
  readonly fileName?: string;
  readonly originalFileName?: string;
  readonly uploadedToEspTimestamp?: DateTimeText;
  readonly locationOfFile?: string;
  /** The sender claims that it viewed the entire file. */
  readonly fileViewedByEsp?: boolean;
  readonly exifViewedByEsp?: boolean;
  /** The sender claims that the entire contents were publicly accessible. */
  readonly publiclyAvailable?: boolean;
  /** Absent means `Reported`. */
  readonly fileRelevance?: FileRelevance;
  readonly industryClassification?: IndustryClassification;
  readonly originalFileHash?: readonly OriginalFileHash[];
  readonly ipCaptureEvent?: IpCaptureEvent;
  readonly deviceId?: readonly DeviceId[];
  readonly details?: readonly Details[];
  readonly additionalInfo?: readonly string[];
}

interface LegacyMeme {
  /** Legacy and undocumented; it may be false, unlike the annotation of the same name. */
  readonly potentialMeme?: boolean;
  readonly fileAnnotations?: never;
}

interface Annotated {
  readonly potentialMeme?: never;
  readonly fileAnnotations?: FileAnnotations;
}

/** One description of one file. The wire lets it carry `potentialMeme` or `fileAnnotations`, never both. */
export type FileDetails = FileFacts & (LegacyMeme | Annotated);
