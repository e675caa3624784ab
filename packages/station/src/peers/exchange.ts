import { StationError } from "../errors.ts";

/** The longest answer that a peer's document route may give; a receipt is a few kilobytes. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

export interface Exchange {
  fetch: typeof fetch;
  method: "GET" | "POST" | "PUT";
  url: string;
  /** For a door that asks for an account. */
  authorization?: string;
  contentType?: string;
  body?: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  /** Length of a streamed body, so that the receiver can refuse it before reading. */
  length?: number;
  timeoutMs: number;
}

/**
 * One request to a peer. Redirects are refused: a pinned address is the address.
 * @returns the answer's JSON
 * @throws StationError `peer.unreachable` (outcome unknown, or it cannot now: resend), `peer.refused` (it answered no), `peer.answer-invalid`
 */
export async function exchange(options: Exchange): Promise<unknown> {
  let response: Response;
  try {
    response = await options.fetch(options.url, {
      method: options.method,
      headers: {
        accept: "application/json",
        ...(options.contentType === undefined ? {} : { "content-type": options.contentType }),
        ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
        ...(options.length === undefined ? {} : { "content-length": String(options.length) }),
      },
      ...(options.body === undefined ? {} : { body: options.body }),
      redirect: "error",
      signal: AbortSignal.timeout(options.timeoutMs),
      ...(options.body instanceof ReadableStream ? { duplex: "half" } : {}),
    });
  } catch (cause) {
    throw new StationError("peer.unreachable", `The peer does not answer: ${reasonOf(cause)}.`, {
      audience: "reviewer",
      cause,
    });
  }
  const text = await boundedText(response);
  if (!response.ok) {
    const code = isPassing(response.status) ? "peer.unreachable" : "peer.refused";
    const retryAfterSeconds = secondsIn(response.headers.get("retry-after"));
    throw new StationError(code, `The peer answered ${response.status}: ${detailOf(text)}`, {
      audience: "reviewer",
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StationError("peer.answer-invalid", "The peer's answer is not JSON.", {
      audience: "reviewer",
      cause,
    });
  }
}

/** Its own fault, or too much at once (RFC 9110, sections 15.5.9 and 15.6; RFC 6585, section 4; RFC 8470): the same may be taken later. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** The longest that a peer's Retry-After is followed: what it asks for beyond that is a person's to know. */
const LONGEST_WAIT_SECONDS = 3600;

/** Seconds of a Retry-After (RFC 9110, section 10.2.3); a date is not read: its clock is another one. */
function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header)
    ? Math.min(Number(header), LONGEST_WAIT_SECONDS)
    : undefined;
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > ANSWER_LIMIT_BYTES) throw new Error("its answer is too long");
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new StationError("peer.unreachable", `The peer's answer broke off: ${reasonOf(cause)}.`, {
      audience: "reviewer",
      cause,
    });
  }
  return Buffer.concat(chunks).toString("utf8");
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown reason";
  const code = (cause.cause as { code?: string } | undefined)?.code;
  return code ?? (cause.name === "TimeoutError" ? "no answer in time" : cause.message);
}

function detailOf(text: string): string {
  try {
    const problem = JSON.parse(text) as { code?: unknown; detail?: unknown };
    if (typeof problem.detail === "string") return problem.detail.slice(0, 300);
  } catch {
    // Not problem+json: the status says enough, and foreign text is not shown.
  }
  return "no explanation";
}
