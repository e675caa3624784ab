/** The station that a case is sent to: each has doors of its own. */
export type Target = "clearinghouse" | "platform";

/** One attack: the bytes of a connection, and what a station must answer. */
export interface HostileCase {
  readonly kind: string;
  readonly name: string;
  readonly target: Target;
  /** What goes over the connection, given what the station knows the sender by. */
  readonly bytes: (place: Place) => Uint8Array;
  readonly expected: Expected;
}

/** What a case may use of the station that it attacks. */
export interface Place {
  readonly authorization: string;
  /** An open CyberTipline report of this account, and a file of it. */
  readonly reportId: string;
  readonly fileId: string;
  /** An upload of this account, of 100 bytes, 10 of which are there. */
  readonly uploadId: string;
}

/**
 * `statuses`: the answer's, one of them. `codes`: the wire's own response codes, where it is the CyberTipline's. A connection is
 * answered once at most: a second answer would be one to smuggled bytes. `maybeSilent`: closing without an answer is right too.
 */
export interface Expected {
  readonly statuses: readonly number[];
  readonly codes?: readonly number[];
  readonly maybeSilent?: boolean;
}

const CRLF = "\r\n";

/** A request as bytes, on a connection that is closed after it. */
export function requestBytes(
  line: string,
  headers: readonly string[],
  body: Uint8Array | string = "",
  withLength = true,
): Uint8Array {
  const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
  const length = withLength ? [`Content-Length: ${bytes.byteLength}`] : [];
  const head = [`${line} HTTP/1.1`, "Host: station.example", "Connection: close", ...length, ...headers];
  return Buffer.concat([Buffer.from(head.join(CRLF) + CRLF + CRLF, "latin1"), bytes]);
}

/** A document for `/submit` or `/fileinfo`. */
export function documentCase(
  kind: string,
  name: string,
  document: string | Uint8Array,
  expected: Expected,
  endpoint: "submit" | "fileinfo" = "submit",
): HostileCase {
  return {
    kind,
    name,
    target: "clearinghouse",
    expected,
    bytes: ({ authorization }) =>
      requestBytes(
        `POST /ispws/${endpoint}`,
        [`Authorization: ${authorization}`, "Content-Type: text/xml; charset=utf-8"],
        document,
      ),
  };
}
