/** Reads a request's body at the client's pace, within bounds, and without closing the connection on the way out. */
import type { IncomingMessage } from "node:http";

export interface BodyLimits {
  /** The longest silence. */
  readonly idleMs: number;
  /** After this much waiting for the client in total, its average must be `bytesPerSecond` or more. */
  readonly graceMs: number;
  readonly bytesPerSecond: number;
  /** The longest a body may take as a whole, our own writing included. */
  readonly totalMs: number;
  readonly maxBytes: number;
}

/**
 * `gone`: the client closed or broke off. `stalled`: it is too slow. `too-large`: it sends more than allowed. `unwanted`:
 * whoever was reading has found a reason to stop.
 */
export type BodyFaultKind = "gone" | "stalled" | "too-large" | "unwanted";

export class BodyFault extends Error {
  override readonly name = "BodyFault";
  readonly kind: BodyFaultKind;

  constructor(kind: BodyFaultKind, cause?: unknown) {
    super(`request body ${kind}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** Waits for more bytes, the end, or a broken connection; rejects when that takes too long or is no longer wanted. */
async function waitForMore(
  req: IncomingMessage,
  idleMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const signs = ["readable", "end", "close", "error"] as const;
  let stop: () => void = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new BodyFault("stalled"));
      }, idleMs);
      const abort = (): void => {
        reject(new BodyFault("unwanted"));
      };
      stop = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        for (const sign of signs) req.off(sign, resolve);
      };
      signal?.addEventListener("abort", abort, { once: true });
      for (const sign of signs) req.on(sign, resolve);
    });
  } finally {
    stop();
  }
}

/**
 * The body's bytes. Only the time spent waiting for the client counts against `idleMs` and the average: a slow disk of
 * ours is not the client's fault. However it ends, the connection is left usable for the answer.
 *
 * @param signal ends the wait for more at once
 * @throws BodyFault
 */
export async function* receiveBody(
  req: IncomingMessage,
  limits: BodyLimits,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (Number(req.headers["content-length"] ?? 0) > limits.maxBytes) throw new BodyFault("too-large");
  const startedMs = performance.now();
  let waitedMs = 0;
  let received = 0;
  while (!req.readableEnded) {
    if (signal?.aborted === true) throw new BodyFault("unwanted");
    const chunk = req.read() as Uint8Array | null;
    if (chunk === null) {
      // `close` comes after `end` too, but then everything has been read.
      if (req.destroyed) throw new BodyFault("gone", req.errored);
      const beforeMs = performance.now();
      await waitForMore(req, limits.idleMs, signal);
      waitedMs += performance.now() - beforeMs;
      continue;
    }
    received += chunk.byteLength;
    if (received > limits.maxBytes) throw new BodyFault("too-large");
    const owed = (limits.bytesPerSecond * (waitedMs - limits.graceMs)) / 1000;
    if (received < owed || performance.now() - startedMs > limits.totalMs) throw new BodyFault("stalled");
    yield chunk;
  }
}

/** The whole body in memory. */
export async function collectBody(req: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of receiveBody(req, limits)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
