import { StationError } from "../../errors.ts";

/** A page of a source; a thousand entries of NCMEC's are half a megabyte. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;
/** Making a cursor for a long time takes a source a while (cybertipline.md, 3.1). */
const ANSWER_MS = 60_000;
const LONGEST_WAIT_SECONDS = 3600;

export interface Ask {
  fetch: typeof fetch;
  method: "GET" | "PUT" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs?: number;
}

/**
 * One question to a source of hashes, with bounds on its answer's time and size. Redirects are refused: credentials go where the
 * configuration says.
 * @throws StationError `peer.unreachable` (it cannot now), `peer.refused` (a person must act), `peer.refused-for-good` (a 404, 410 or 422)
 */
export async function ask({ fetch, method, url, headers, body, timeoutMs }: Ask): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(timeoutMs ?? ANSWER_MS);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "error",
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const bytes = await boundedBytes(response);
    if (!response.ok) throw refusal(response);
    return bytes;
  } catch (cause) {
    if (cause instanceof StationError) throw cause;
    throw new StationError("peer.unreachable", `The source does not answer: ${reasonOf(cause)}.`, {
      audience: "reviewer",
      cause,
    });
  }
}

function refusal({ status, headers }: Response): StationError {
  const wait = headers.get("retry-after") ?? "";
  const retryAfter = /^\d{1,9}$/.test(wait)
    ? { retryAfterSeconds: Math.min(Number(wait), LONGEST_WAIT_SECONDS) }
    : {};
  const passing = status >= 500 || status === 408 || status === 425 || status === 429;
  const code = passing
    ? "peer.unreachable"
    : status === 404 || status === 410 || status === 422
      ? "peer.refused-for-good"
      : "peer.refused";
  return new StationError(code, `The source answered ${status}.`, { audience: "reviewer", ...retryAfter });
}

async function boundedBytes(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > ANSWER_LIMIT_BYTES)
      throw new StationError("peer.answer-invalid", "The source's answer is longer than 4 MiB.", {
        audience: "reviewer",
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown reason";
  const code = (cause.cause as { code?: string } | undefined)?.code;
  return code ?? (cause.name === "TimeoutError" ? "no answer in time" : cause.message);
}

/** @throws never returns: the source's answer is not what its protocol says */
export function unreadable(what: string): never {
  throw new StationError(
    "peer.answer-invalid",
    `The source's answer cannot be read: ${what.slice(0, 300)}.`,
    {
      audience: "reviewer",
    },
  );
}
