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

/** `gone`: the client closed or broke off. `stalled`: it is too slow. `too-large`: it sends more than allowed. */
export type BodyFaultKind = "gone" | "stalled" | "too-large";

export class BodyFault extends Error {
  override readonly name = "BodyFault";
  readonly kind: BodyFaultKind;

  constructor(kind: BodyFaultKind, cause?: unknown) {
    super(`request body ${kind}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** Settles as `promise` does, or rejects as stalled when that takes too long. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new BodyFault("stalled"));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The body's bytes. Only the time spent waiting for the client counts against `idleMs` and the average: a slow disk of
 * ours is not the client's fault.
 *
 * @throws BodyFault
 */
export async function* receiveBody(req: IncomingMessage, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  if (Number(req.headers["content-length"] ?? 0) > limits.maxBytes) throw new BodyFault("too-large");
  // A refusal in the middle must leave the connection usable for the answer.
  const chunks: AsyncIterator<Uint8Array> = req.iterator({ destroyOnReturn: false });
  const startedMs = performance.now();
  let waitedMs = 0;
  let received = 0;
  let isWaiting = false;
  try {
    for (;;) {
      const beforeMs = performance.now();
      isWaiting = true;
      const result = await within(chunks.next(), limits.idleMs);
      isWaiting = false;
      const nowMs = performance.now();
      waitedMs += nowMs - beforeMs;
      if (result.done === true) return;
      received += result.value.byteLength;
      if (received > limits.maxBytes) throw new BodyFault("too-large");
      const owed = (limits.bytesPerSecond * (waitedMs - limits.graceMs)) / 1000;
      if (received < owed || nowMs - startedMs > limits.totalMs) throw new BodyFault("stalled");
      yield result.value;
    }
  } catch (error) {
    // Node says ECONNRESET, ERR_STREAM_PREMATURE_CLOSE and others; for us they are all one.
    throw error instanceof BodyFault ? error : new BodyFault("gone", error);
  } finally {
    // A read that is still pending would make `return` wait for a client that does not send.
    if (!isWaiting) await chunks.return?.();
  }
}

/** The whole body in memory. */
export async function collectBody(req: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of receiveBody(req, limits)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
