import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { encodeFileDetails, encodeReport, parseReportNumber } from "@fairlead/cybertipline";

/** One call of the wire, as its sender sees it. */
export type CallName = "submit" | "upload" | "fileinfo" | "finish";

/** Files of one report, and the bytes of each. */
export const FILES = 3;
export const FILE_BYTES = 100_000;

const BOUNDARY = "fairlead-bench";
/** Random bytes from which files are cut, each with a beginning of its own: no two are the same file. */
const bytes = randomBytes(FILE_BYTES);

/** Files of one report, and the bytes of each. */
export interface Attached {
  readonly files: number;
  readonly fileBytes: number;
}

interface Door {
  readonly port: number;
  readonly authorization: string;
  readonly agent: Agent;
  /** What a report comes with; FILES of FILE_BYTES unless given. */
  readonly attached?: Attached | undefined;
}

/** Connections that stay open, as many as reports are sent at once. */
export function openAgent(connections: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: connections });
}

/** A call that the station did not take: 429 and 503 name the seconds to wait. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, retryAfterSeconds: number | undefined, body: string) {
    super(`HTTP ${status}: ${body.slice(0, 300)}`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Files one report: submit, each file with its details, finish.
 * @param n its number among all that are sent
 * @param onCall told of each call that was answered, with the milliseconds from its first byte sent to its answer's last
 */
export async function fileOne(
  door: Door,
  n: number,
  onCall: (name: CallName, ms: number) => void,
): Promise<void> {
  const call = async (name: CallName, type: string, body: Uint8Array): Promise<string> => {
    const began = performance.now();
    const answer = await post(door, `/ispws/${name}`, type, body);
    onCall(name, performance.now() - began);
    return answer;
  };
  const xml = "text/xml; charset=utf-8";
  const opened = await call("submit", xml, encoded(reportOf(n)));
  const reportId = /<reportId>(\d+)</.exec(opened)?.[1] ?? "";
  const { files, fileBytes } = door.attached ?? { files: FILES, fileBytes: FILE_BYTES };
  for (let file = 0; file < files; file += 1) {
    const answer = await call(
      "upload",
      `multipart/form-data; boundary=${BOUNDARY}`,
      formOf(reportId, n, file, fileBytes),
    );
    const fileId = /<fileId>([0-9a-f]{32})</.exec(answer)?.[1] ?? "";
    await call("fileinfo", xml, encoded(detailsOf(reportId, fileId, n, file)));
  }
  await call("finish", "application/x-www-form-urlencoded", Buffer.from(`id=${reportId}`));
}

function post(door: Door, path: string, type: string, body: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const req = request({
      port: door.port,
      agent: door.agent,
      method: "POST",
      path,
      headers: {
        authorization: door.authorization,
        "content-type": type,
        "content-length": body.byteLength,
      },
    });
    req.on("error", reject);
    req.on("response", (res) => {
      let text = "";
      res.setEncoding("utf8");
      res.on("data", (part: string) => {
        text += part;
      });
      res.on("error", reject);
      res.on("end", () => {
        const seconds = res.headers["retry-after"];
        if (res.statusCode === 200 && text.includes("<responseCode>0<")) resolve(text);
        else
          reject(
            new NotTaken(res.statusCode ?? 0, seconds === undefined ? undefined : Number(seconds), text),
          );
      });
    });
    req.end(body);
  });
}

function encoded(document: string): Uint8Array {
  return Buffer.from(document, "utf8");
}

/** A multipart form with the report's number and a file that no other call has sent. */
function formOf(reportId: string, n: number, file: number, size: number): Uint8Array {
  const head =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n${reportId}\r\n` +
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="kite-${n}-${file}.bin"\r\n` +
    "Content-Type: application/octet-stream\r\n\r\n";
  const own = `${n} ${file} ${reportId} `;
  return Buffer.concat([
    Buffer.from(head + own),
    bytes.subarray(own.length, size),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

function address(n: number): string {
  return `198.51.100.${n % 250}`;
}

function reportOf(n: number): string {
  const dateTime = "2026-01-01T00:00:00Z";
  return encodeReport({
    incidentSummary: {
      incidentType: "Misleading Domain Name",
      platform: "Kites and Weather",
      incidentDateTime: dateTime,
    },
    internetDetails: [
      {
        webPageIncident: {
          url: [`https://kites.example.com/pictures/${n}`],
          additionalInfo: "A picture of a kite over a harbour, posted in the channel on weather.",
        },
      },
    ],
    reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
    personOrUserReported: [
      {
        espIdentifier: `account-${n}`,
        screenName: `kite-flyer-${n}`,
        personOrUserReportedPerson: { email: [{ value: `person-${n}@example.net`, verified: true }] },
        ipCaptureEvent: ["Login", "Upload"].map((eventName, at) => ({
          ipAddress: address(n + at),
          eventName: eventName as "Login" | "Upload",
          dateTime,
          port: 1024 + (n % 60_000),
        })),
      },
    ],
    additionalInfo: "Sent by a measurement. Nothing in it is about anybody.",
  });
}

function detailsOf(reportId: string, fileId: string, n: number, file: number): string {
  const number = parseReportNumber(reportId);
  if (number === undefined) throw new Error("the station answered without a report number");
  return encodeFileDetails({
    reportId: number,
    fileId,
    originalFileName: `kite-${n}-${file}.bin`,
    fileViewedByEsp: true,
    ipCaptureEvent: { ipAddress: address(n), eventName: "Upload", dateTime: "2026-01-01T00:00:00Z" },
  });
}
