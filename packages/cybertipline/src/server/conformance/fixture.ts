/** What the conformance tests send, and what they need to see of a store. */
import { createHash } from "node:crypto";
import type { CyberTiplineReport } from "../../document/report.ts";
import type { ReportNumber } from "../../document/scalars.ts";
import { newFileId } from "../file-id.ts";
import type { Account, FileId, ServerStore, Submission, Upload } from "../store.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One report as it lies in the store, read behind the back of `ServerStore`; from the disk, where there is one. */
export interface Kept {
  readonly state: "open" | "finished";
  readonly xml: Uint8Array;
  /** In the order of upload. */
  readonly files: readonly {
    readonly fileId: string;
    readonly bytes: Uint8Array;
    /** The `<fileDetails>` document, if there is one. */
    readonly detailsXml?: Uint8Array;
  }[];
}

/** A store that is ready for tests, and a window into it. */
export interface StoreUnderTest extends AsyncDisposable {
  readonly store: ServerStore;
  /** Two accounts of different organisations, each with every right. */
  readonly platform: Credentials;
  readonly otherPlatform: Credentials;
  /** Undefined when nothing of the report's contents is left. */
  kept(reportId: ReportNumber): Promise<Kept | undefined>;
  /** How many files are stored that belong to no report, finished or not. */
  stagedCount(): Promise<number>;
}

/** Midday of 1 March 2026, milliseconds since 1970. The tests bring their own time. */
export const START_MS = Date.UTC(2026, 2, 1, 12);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

const REPORT: CyberTiplineReport = {
  incidentSummary: {
    incidentType: "Misleading Domain Name",
    incidentDateTime: "2026-02-28T18:00:00Z",
  },
  reporter: { reportingPerson: { email: [{ value: "safety@platform.example" }] } },
};

const submissionXml = (batched: boolean): string =>
  `<report>${batched ? '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>' : ""}<incidentSummary><incidentType>Misleading Domain Name</incidentType><incidentDateTime>2026-02-28T18:00:00Z</incidentDateTime></incidentSummary><reporter><reportingPerson><email>safety@platform.example</email></reportingPerson></reporter></report>`;

export function submission(receivedAt: number, batched = false): Submission {
  return {
    report: batched ? { batchedReport: { reason: "VIRAL_POTENTIAL_MEME" }, ...REPORT } : REPORT,
    xml: new TextEncoder().encode(submissionXml(batched)),
    receivedAt,
  };
}

let counter = 0;

/** File ids that differ within this process, so that one database serves many tests. */
function distinctBytes(byteCount: number): Uint8Array {
  counter += 1;
  return createHash("sha256")
    .update(`${String(process.pid)} ${String(process.hrtime.bigint())} ${String(counter)}`)
    .digest()
    .subarray(0, byteCount);
}

export function upload(bytes: Uint8Array, receivedAt: number): Upload {
  const hash = (name: string): string => createHash(name).update(bytes).digest("hex");
  return {
    fileId: newFileId(distinctBytes),
    fileName: "landscape.png",
    mediaType: "image/png",
    byteLength: bytes.byteLength,
    md5: hash("md5"),
    sha1: hash("sha1"),
    sha256: hash("sha256"),
    receivedAt,
  };
}

export const detailsXml = (reportId: ReportNumber, fileId: FileId): Uint8Array =>
  new TextEncoder().encode(
    `<fileDetails><reportId>${reportId}</reportId><fileId>${fileId}</fileId><originalFileName>hills.png</originalFileName></fileDetails>`,
  );

/** Bytes in small pieces, as they would come from a socket. */
export async function* pieces(bytes: Uint8Array, pieceLength = 7): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += pieceLength) {
    yield bytes.subarray(start, start + pieceLength);
  }
}

/** The few steps that nearly every test takes. */
export function steps(store: ServerStore) {
  return {
    async signIn(credentials: Credentials): Promise<Account> {
      const account = await store.authenticate(credentials.username, credentials.password);
      if (account === undefined) throw new Error("the credentials of the test must be an account's");
      return account;
    },

    open: (account: Account, at: number, batched = false): Promise<ReportNumber> =>
      store.open(account, submission(at, batched)),

    async send(account: Account, reportId: ReportNumber, bytes: Uint8Array, at: number) {
      const staged = await store.stage(account, pieces(bytes), at);
      const sent = upload(bytes, at);
      return { fileId: sent.fileId, outcome: await store.attach(account, reportId, staged, sent) };
    },

    describe: (account: Account, reportId: ReportNumber, fileId: FileId, at: number) =>
      store.describe(account, {
        details: { reportId, fileId, originalFileName: "hills.png" },
        xml: detailsXml(reportId, fileId),
        receivedAt: at,
      }),
  };
}

export type Steps = ReturnType<typeof steps>;
