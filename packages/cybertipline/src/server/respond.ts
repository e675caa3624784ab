/** Sends one answer, also to a client that is still sending. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";

export interface LingerLimits {
  /** How much of a refused body is read and thrown away so that the client gets to see the answer. */
  readonly lingerBytes: number;
  readonly lingerMs: number;
}

/** False for requests without a body: they are whole as soon as their head has been read. */
function mayHaveMore(req: IncomingMessage): boolean {
  const { "transfer-encoding": coding, "content-length": length } = req.headers;
  return !req.complete && (coding !== undefined || Number(length ?? 0) > 0);
}

/** Reads and drops what the client still sends, within the limits. */
async function drain(req: IncomingMessage, limits: LingerLimits): Promise<void> {
  if (req.destroyed || req.complete) return;
  await new Promise<void>((resolve) => {
    let seen = 0;
    const stop = (): void => {
      clearTimeout(timer);
      req.off("data", count);
      resolve();
    };
    const count = (chunk: Uint8Array): void => {
      seen += chunk.byteLength;
      if (seen > limits.lingerBytes) stop();
    };
    const timer = setTimeout(stop, limits.lingerMs);
    req.on("data", count);
    for (const event of ["end", "close", "error"]) req.once(event, stop);
    req.resume();
  });
}

/**
 * Writes the answer and returns when it is handed over or the client is gone.
 *
 * A client that is still sending when it is refused gets its answer at once, whole, and only then, after a bounded wait,
 * loses the connection. Closing first would make its operating system drop the answer unread (RFC 9112, section 9.6).
 *
 * @param mayLinger false for a client that has shown that it sends too slowly
 */
export async function respond(
  req: IncomingMessage,
  res: ServerResponse,
  answer: Answer,
  limits: LingerLimits,
  mayLinger: boolean,
): Promise<void> {
  if (res.destroyed || res.writableEnded) return;
  const body = Buffer.from(answer.body, "utf8");
  res.statusCode = answer.httpStatus;
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.setHeader("Content-Length", body.byteLength);
  const isEarly = mayHaveMore(req);
  if (isEarly) res.setHeader("Connection", "close");
  const closed = new Promise<void>((resolve) => {
    res.once("finish", resolve);
    res.once("close", resolve);
  });
  if (isEarly) {
    res.flushHeaders();
    if (req.method !== "HEAD") res.write(body);
    if (mayLinger) await drain(req, limits);
    res.end();
  } else {
    res.end(req.method === "HEAD" ? undefined : body);
  }
  await closed;
}
