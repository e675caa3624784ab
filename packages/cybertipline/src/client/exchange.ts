/** One call over HTTP: what was sent, what came back, within its time and size. */
import { ClientError } from "./error.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientTimeouts {
  /** The longest wait for an answer once everything has been sent. */
  readonly answerMs: number;
  /** The longest that an upload may make no progress. */
  readonly stallMs: number;
}

export interface Reply {
  readonly httpStatus: number;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly body: string;
}

/** Answers are a few hundred bytes, the schema about a hundred thousand. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Seconds or a date (RFC 9110, section 10.2.3). */
function readRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      byteLength += chunk.byteLength;
      if (byteLength > MAX_ANSWER_BYTES) throw new RangeError("the answer is larger than 4 MiB");
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A timer that can be wound up again, until it is stopped for good: a body may still be asked for chunks after that. */
function alarm(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const wind = (ms: number): void => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(ring, ms);
  };
  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
  };
  return { wind, stop };
}

export interface Outgoing {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/**
 * Sends a request and reads the whole answer.
 *
 * @throws ClientError `no-answer`: nobody knows whether the server did it. `source` if the body's own bytes failed.
 */
export async function exchange(
  fetch: Fetch,
  url: string,
  { method, headers, body }: Outgoing,
  timeouts: ClientTimeouts,
  clock: () => number,
): Promise<Reply> {
  const abort = new AbortController();
  const { wind, stop } = alarm(() => {
    abort.abort(new DOMException("The server did not answer in time.", "TimeoutError"));
  });
  let source: { readonly error: unknown } | undefined;
  async function* progressing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of bytes) {
        wind(timeouts.stallMs);
        yield chunk;
      }
    } catch (error) {
      source = { error };
      throw error;
    }
    wind(timeouts.answerMs);
  }
  const isStream = body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
  wind(isStream ? timeouts.stallMs : timeouts.answerMs);
  try {
    const response = await fetch(url, {
      method,
      headers,
      // Credentials and reports go where the configuration says, and nowhere that an answer says.
      redirect: "manual",
      signal: abort.signal,
      ...(isStream
        ? { body: ReadableStream.from(progressing(body)), duplex: "half" }
        : body !== undefined && { body: Buffer.from(body) }),
    });
    return {
      httpStatus: response.status,
      requestId: response.headers.get("request-id") ?? undefined,
      retryAfterMs: readRetryAfter(response.headers.get("retry-after"), clock()),
      body: await readText(response),
    };
  } catch (error) {
    if (source !== undefined) {
      throw new ClientError("source", "A file could not be read to its end.", {
        advice: "unknown",
        effect: "unknown",
        cause: source.error,
      });
    }
    throw new ClientError("no-answer", "The server gave no answer. It may have done what was asked.", {
      advice: "retry",
      effect: "unknown",
      cause: error,
    });
  } finally {
    stop();
  }
}
