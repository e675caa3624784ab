import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { UK_PRIORITIES, type UkReport } from "@fairlead/report/uk-direct";
import { type Envelope, SealingError, type StatementType, verifyStatement } from "@fairlead/sealing";
import { z } from "zod";
import { StationError } from "../errors.ts";
import { exchange, pinned, type Peer } from "../peers/index.ts";

/**
 * The wire of UK direct reports: the one file that knows it. The agency's own portal and interface are not public
 * (docs/reference/uk-direct-reports.md lists what is open), so what stands here is ours, and both ends would be changed here.
 *
 * A report is one form: the field `report` with the document (`UkReport`) and a part for each file, named by the id that it has in
 * the document. The answer is a receipt that the receiver signed. The provider's number makes a report one report: sent again it is
 * answered with the same receipt, and `GET .../receipts?reference=NUMBER` tells what became of a sending whose answer was lost.
 */
export const UK_REPORTS = "/door/uk-direct/reports";
export const UK_RECEIPTS = "/door/uk-direct/receipts";
export const UK_OPENAPI = "/door/uk-direct/openapi.json";
export const REPORT_FIELD = "report";

/** What the receiver promises: it holds this document and these bytes under this unique reference. */
export interface UkReceipt {
  station: string;
  account: string;
  /** The provider's number. */
  theirs: string;
  /** The unique reference, which both keep for five years. */
  reference: string;
  /** SHA-256 over the canonical JSON (RFC 8785) of the document as it came. */
  documentSha256: string;
  files: Array<{ id: string; sha256: string }>;
  priority: UkReport["priority"]["level"];
  /** The unique reference of the first report, where this one was joined to it. */
  first: string | null;
  issuedAt: string;
}
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const ukReceiptSchema = z.strictObject({
  station: z.string(),
  account: z.string(),
  theirs: z.string(),
  reference: z.string().min(1).max(255),
  documentSha256: sha256,
  files: z.array(z.strictObject({ id: z.uuid(), sha256 })),
  priority: z.enum(UK_PRIORITIES),
  first: z.string().nullable(),
  issuedAt: z.iso.datetime(),
});
export const ukReceiptType: StatementType<UkReceipt> = {
  name: "uk-direct-receipt",
  version: 1,
  schema: ukReceiptSchema,
};

/** The answer to a question about a sending: null where the receiver has no report of this number. */
export const lookUpSchema = z.object({ receipt: z.unknown() });

export function documentDigest(document: UkReport): string {
  return createHash("sha256").update(canonicalJson(document)).digest("hex");
}

/** A file that goes with a report. */
export interface UkPart {
  id: string;
  size: number;
  sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

export interface UkSending {
  fetch: typeof fetch;
  peer: Peer;
  username: string;
  password: string;
  document: UkReport;
  files: readonly UkPart[];
}

/** Time for a report: a minute, and what its bytes take over a slow line. */
const BASE_TIMEOUT_MS = 60_000;
const SLOW_LINE_BYTES_PER_MS = 128;

/**
 * Sends a report and verifies the receipt.
 * @throws StationError `peer.*`; after `peer.unreachable` the report may have arrived: `lookUpReceipt` tells
 */
export async function sendUkReport(sending: UkSending): Promise<Verified> {
  const form = formOf(sending.document, sending.files);
  const answer = await exchange({
    fetch: sending.fetch,
    method: "POST",
    url: `${sending.peer.url}${UK_REPORTS}`,
    authorization: basic(sending),
    contentType: form.contentType,
    body: ReadableStream.from(form.bytes()),
    length: form.length,
    timeoutMs: BASE_TIMEOUT_MS + Math.ceil(form.length / SLOW_LINE_BYTES_PER_MS),
  });
  return verified(sending, answer);
}

/** Asks what became of a sending. @throws StationError `peer.*` */
export async function lookUpReceipt(sending: UkSending): Promise<Verified | undefined> {
  const number = encodeURIComponent(sending.document.reference.value);
  const answer = await exchange({
    fetch: sending.fetch,
    method: "GET",
    url: `${sending.peer.url}${UK_RECEIPTS}?reference=${number}`,
    authorization: basic(sending),
    timeoutMs: BASE_TIMEOUT_MS,
  });
  const found = lookUpSchema.safeParse(answer);
  if (!found.success) throw unproven();
  return found.data.receipt === null ? undefined : verified(sending, found.data.receipt);
}

export interface Verified {
  receipt: UkReceipt;
  envelope: Envelope;
}

/** A receipt counts if the pinned key signed it and it names this report, this document and these bytes. */
function verified({ peer, username, document, files }: UkSending, answer: unknown): Verified {
  let receipt: UkReceipt;
  try {
    receipt = verifyStatement(answer, pinned(peer).keys, ukReceiptType).body;
  } catch (cause) {
    if (!(cause instanceof SealingError)) throw cause;
    throw unproven(cause);
  }
  const received = new Map(receipt.files.map((file) => [file.id, file.sha256]));
  const whole =
    receipt.station === peer.id &&
    receipt.account === username &&
    receipt.theirs === document.reference.value &&
    receipt.documentSha256 === documentDigest(document) &&
    files.every(({ id, sha256: sent }) => received.get(id) === sent);
  if (!whole) throw unproven();
  return { receipt, envelope: answer as Envelope };
}

function unproven(cause?: unknown): StationError {
  return new StationError(
    "peer.answer-invalid",
    "The agency's receipt does not prove that it has the report.",
    {
      audience: "reviewer",
      cause,
    },
  );
}

function basic({ username, password }: UkSending): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

interface Form {
  contentType: string;
  length: number;
  bytes(): AsyncIterable<Uint8Array>;
}

/** A form whose length is known before its files are read (RFC 7578), so that a large one streams in constant memory. */
function formOf(document: UkReport, files: readonly UkPart[]): Form {
  const boundary = `fairlead-${randomUUID()}`;
  const part = (name: string, rest: string) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n\r\n`);
  const field = part(REPORT_FIELD, "\r\ncontent-type: text/plain; charset=utf-8");
  const text = Buffer.from(canonicalJson(document));
  const line = Buffer.from("\r\n");
  const end = Buffer.from(`--${boundary}--\r\n`);
  const heads = files.map((file) => ({
    file,
    head: part(file.id, `; filename="${file.id}"\r\ncontent-type: application/octet-stream`),
  }));
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: heads.reduce(
      (sum, { file, head }) => sum + head.length + file.size + line.length,
      field.length + text.length + line.length + end.length,
    ),
    async *bytes() {
      yield Buffer.concat([field, text, line]);
      for (const { file, head } of heads) {
        yield head;
        yield* file.open();
        yield line;
      }
      yield end;
    },
  };
}
