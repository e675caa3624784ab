/** A client of the CyberTipline wire: one method for each endpoint, every answer read to the letter. */
import { createHash } from "node:crypto";
import { encodeFileDetails, encodeReport } from "../codec/documents.ts";
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportNumber } from "../document/scalars.ts";
import { checkEnvironment, type Environment } from "./environment.ts";
import { ClientError } from "./error.ts";
import { type ClientTimeouts, exchange, type Fetch, type Outgoing, type Reply } from "./exchange.ts";
import { writeUpload } from "./multipart.ts";
import { badAnswer, readReportDoneResponse, readReportResponse, readSchema } from "./read-answer.ts";

export interface ClientOptions {
  /** Such as `https://exttest.cybertip.org/ispws`. Only https, but for loopback. */
  readonly base: string;
  /** What the base is: a base that is known to be the other one is refused. */
  readonly environment: Environment;
  readonly username: string;
  readonly password: string;
  readonly fetch: Fetch;
  /** Gives that many random bytes, for the boundaries of forms. */
  readonly random: (byteCount: number) => Uint8Array;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly timeouts?: Partial<ClientTimeouts>;
}

export interface OutgoingFile {
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface Answered {
  /** The server's name for the call; absent if it gave none. */
  readonly requestId?: string;
}

export interface Uploaded extends Answered {
  readonly fileId: string;
  /** Of the bytes sent and, the server says, of the bytes received; lower-case hexadecimal. */
  readonly md5: string;
  readonly byteLength: number;
}

export interface Finished extends Answered {
  /** The files that the server says are part of the report. */
  readonly fileIds: readonly string[];
}

/** Every method throws `ClientError`; writing a document that does not fit the schema throws `CyberTiplineError`. */
export interface Client {
  readonly base: string;
  readonly environment: Environment;
  readonly username: string;
  status(): Promise<Answered & { readonly description: string }>;
  xsd(): Promise<Answered & { readonly schema: string }>;
  /** @param report as data, or as a document that is sent as it is */
  submit(report: CyberTiplineReport | Uint8Array): Promise<Answered & { readonly reportId: ReportNumber }>;
  upload(reportId: ReportNumber, file: OutgoingFile): Promise<Uploaded>;
  fileinfo(details: FileDetails): Promise<Answered>;
  finish(reportId: ReportNumber): Promise<Finished>;
  retract(reportId: ReportNumber): Promise<Answered>;
}

const DEFAULT_TIMEOUTS: ClientTimeouts = { answerMs: 60_000, stallMs: 60_000 };
const XML = { "Content-Type": "text/xml; charset=utf-8" };

/** Lets bytes through, and counts and hashes what has gone. */
function measuring(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash("md5");
  const sent = { byteLength: 0, isWhole: false };
  async function* through(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      hash.update(chunk);
      sent.byteLength += chunk.byteLength;
      yield chunk;
    }
    sent.isWhole = true;
  }
  return { through: through(), sent, md5: () => hash.digest("hex") };
}

/**
 * Makes a client. Nothing is sent before a method is called.
 *
 * @throws ClientError `environment` if the base and the environment contradict each other
 */
export function createClient(options: ClientOptions): Client {
  const { environment, username, password, clock, random } = options;
  const base = checkEnvironment(options.base, environment);
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const authorization = `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;

  const send = (path: string, outgoing: Partial<Outgoing> = {}): Promise<Reply> => {
    const headers = { Authorization: authorization, Accept: "application/xml", ...outgoing.headers };
    const method = outgoing.body === undefined ? "GET" : "POST";
    return exchange(options.fetch, base + path, { ...outgoing, method, headers }, timeouts, clock);
  };
  const answered = ({ requestId }: Reply): Answered => ({ ...(requestId !== undefined && { requestId }) });

  /** An answer about another report than ours is somebody else's answer. */
  const checkEcho = (reply: Reply, sent: ReportNumber, echoed: ReportNumber | undefined): void => {
    if (echoed !== undefined && echoed !== sent)
      throw badAnswer(reply, "The answer is about another report.");
  };
  const sendId = (path: string, reportId: ReportNumber): Promise<Reply> =>
    send(path, {
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: `id=${reportId}`,
    });

  return {
    base,
    environment,
    username,

    async status() {
      const reply = await send("/status");
      return { ...answered(reply), description: readReportResponse(reply).responseDescription };
    },

    async xsd() {
      const reply = await send("/xsd");
      return { ...answered(reply), schema: readSchema(reply) };
    },

    async submit(report) {
      const body = report instanceof Uint8Array ? report : encodeReport(report);
      const reply = await send("/submit", { headers: XML, body });
      const { reportId } = readReportResponse(reply);
      if (reportId === undefined) throw badAnswer(reply, "The answer gives no report number.");
      return { ...answered(reply), reportId };
    },

    async upload(reportId, file) {
      const boundary = `fairlead-${Buffer.from(random(24)).toString("hex")}`;
      const { through, sent, md5 } = measuring(file.bytes);
      const reply = await send("/upload", {
        headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
        body: writeUpload(boundary, reportId, { ...file, bytes: through }),
      });
      const answer = readReportResponse(reply);
      checkEcho(reply, reportId, answer.reportId);
      if (answer.fileId === undefined) throw badAnswer(reply, "The answer gives no file id.");
      if (!sent.isWhole) throw badAnswer(reply, "The server accepted a file before it had the whole of it.");
      const ours = md5();
      if (answer.hash?.toLowerCase() !== ours) {
        throw new ClientError("hash-mismatch", "The server received other bytes than were sent.", {
          // The file is part of the report and cannot be taken out: retract, and start afresh.
          advice: "retry",
          effect: "unknown",
          httpStatus: reply.httpStatus,
          ...answered(reply),
        });
      }
      return { ...answered(reply), fileId: answer.fileId, md5: ours, byteLength: sent.byteLength };
    },

    async fileinfo(details) {
      const reply = await send("/fileinfo", { headers: XML, body: encodeFileDetails(details) });
      checkEcho(reply, details.reportId, readReportResponse(reply).reportId);
      return answered(reply);
    },

    async finish(reportId) {
      const reply = await sendId("/finish", reportId);
      const answer = readReportDoneResponse(reply);
      checkEcho(reply, reportId, answer.reportId);
      return { ...answered(reply), fileIds: answer.files.fileId ?? [] };
    },

    async retract(reportId) {
      const reply = await sendId("/retract", reportId);
      checkEcho(reply, reportId, readReportResponse(reply).reportId);
      return answered(reply);
    },
  };
}
