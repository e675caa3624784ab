import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Attacked } from "./attack.ts";

/** What slow clients do: they send a header or a body, or read an answer, a byte a second. */
const WAYS = ["header", "body", "answer"] as const;
const BYTE_MS = 1000;
/** Between two calls of the sender that is not slow. */
const GAP_MS = 250;

/** A sender that goes about its work, and what it heard. */
interface Heard {
  readonly answers: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface SlowRun {
  readonly clients: number;
  readonly seconds: number;
  /** Connections that the station closed on slow clients, which then came again. */
  readonly closed: number;
  readonly othersBefore: Heard;
  readonly othersMeanwhile: Heard;
}

/**
 * Many slow clients of one account at once, for minutes, while another account opens reports.
 * @param other HTTP Basic of an account that is not slow
 */
export async function slowClients(
  { port, place }: Attacked,
  other: string,
  options: { clients: number; seconds: number; document: string },
): Promise<SlowRun> {
  const { clients, seconds, document } = options;
  const url = `http://127.0.0.1:${port}/ispws/submit`;
  const othersBefore = await work(url, other, document, Math.min(15, seconds));
  const stop = new AbortController();
  let closed = 0;
  const slow = Array.from({ length: clients }, async (_, n) => {
    while (!stop.signal.aborted) {
      await beSlow(port, requestOf(WAYS[n % WAYS.length] ?? "body", place.authorization), stop.signal);
      if (!stop.signal.aborted) closed += 1;
    }
  });
  const othersMeanwhile = await work(url, other, document, seconds);
  stop.abort();
  await Promise.all(slow);
  return { clients, seconds, closed, othersBefore, othersMeanwhile };
}

interface SlowRequest {
  /** Sent at once. */
  readonly head: string;
  /** Sent byte by byte. */
  readonly rest: string;
  readonly readsSlowly: boolean;
}

function requestOf(way: (typeof WAYS)[number], authorization: string): SlowRequest {
  const line = (method: string, path: string) =>
    `${method} /ispws/${path} HTTP/1.1\r\nHost: station.example\r\n`;
  const signedIn = `Authorization: ${authorization}\r\n`;
  switch (way) {
    case "header":
      return { head: line("POST", "submit"), rest: `X-Kite: ${"k".repeat(10_000)}`, readsSlowly: false };
    case "body":
      return {
        head: `${line("POST", "submit")}${signedIn}Content-Type: text/xml\r\nContent-Length: 100000\r\n\r\n`,
        rest: "<report>".padEnd(100_000),
        readsSlowly: false,
      };
    case "answer":
      // So many that what the station has to say does not fit into what the two systems buffer between them.
      return { head: `${line("GET", "xsd")}${signedIn}\r\n`.repeat(200), rest: "", readsSlowly: true };
  }
}

/** Resolves when the station has closed the connection, or it is over. */
async function beSlow(port: number, request: SlowRequest, signal: AbortSignal): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      isClosed = true;
      resolve();
    });
  });
  socket.on("error", () => undefined);
  socket.write(request.head);
  if (request.readsSlowly) socket.pause();
  else socket.resume();
  for (let at = 0; !isClosed && !signal.aborted; at += 1) {
    if (request.readsSlowly) socket.read(1);
    else if (at < request.rest.length) socket.write(request.rest.charAt(at));
    await Promise.race([sleep(BYTE_MS), closed]);
  }
  await end(socket, closed);
}

async function end(socket: Socket, closed: Promise<void>): Promise<void> {
  socket.destroy();
  await closed;
}

async function work(url: string, authorization: string, body: string, seconds: number): Promise<Heard> {
  const until = performance.now() + seconds * 1000;
  const took: number[] = [];
  let failed = 0;
  while (performance.now() < until) {
    const began = performance.now();
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization, "content-type": "text/xml" },
      body,
      signal: AbortSignal.timeout(60_000),
    }).catch(() => undefined);
    if (answer?.status !== 200) failed += 1;
    await answer?.arrayBuffer();
    took.push(performance.now() - began);
    await sleep(GAP_MS);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const share = (part: number) => Math.round(sorted[Math.ceil(sorted.length * part) - 1] ?? 0);
  return { answers: took.length - failed, failed, p50Ms: share(0.5), p99Ms: share(0.99) };
}
