import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { LargeFile } from "./content.ts";

/** How a file came over a line that broke again and again. */
export interface Resumed {
  /** The last segment of the upload's address. */
  upload: string;
  breaks: number;
  /** Bytes that were sent in all, those included that were sent again. */
  sent: number;
  seconds: number;
}

const TUS = { "tus-resumable": "1.0.0" };
/** A station that was killed is back well before. */
const MOST_SILENCE_MS = 120_000;

/**
 * Sends a file by tus, and breaks each connection after so many bytes; half-way the station is killed instead, with the connection open.
 * After each break the client knows nothing but the upload's address: it asks for the offset and goes on from there.
 */
export async function sendResumed(options: {
  base: string;
  authorization: string;
  file: LargeFile;
  breakAfter: number;
  kill: () => Promise<void>;
}): Promise<Resumed> {
  const { base, file, breakAfter } = options;
  const headers = { ...TUS, authorization: options.authorization };
  const began = performance.now();
  const created = await fetch(`${base}/door/uploads`, {
    method: "POST",
    headers: { ...headers, "upload-length": String(file.bytes) },
  });
  const path = created.headers.get("location") ?? "";
  if (created.status !== 201) throw new Error(`the upload was not begun: ${await created.text()}`);
  let [breaks, sent, killed] = [0, 0, false];
  for (;;) {
    const offset = await offsetOf(`${base}${path}`, headers);
    if (offset === file.bytes) break;
    const kills = !killed && offset + breakAfter >= file.bytes / 2;
    const until = Math.min(file.bytes, offset + breakAfter);
    const one = await sendPiece(`${base}${path}`, headers, file, offset, until);
    sent += one;
    if (kills) {
      killed = true;
      await options.kill();
    }
    if (until < file.bytes) breaks += 1;
  }
  return {
    upload: path.slice(path.lastIndexOf("/") + 1),
    breaks,
    sent,
    seconds: (performance.now() - began) / 1000,
  };
}

/** Declares all that is missing and sends it up to `until`. @returns how many bytes were handed to the connection */
async function sendPiece(
  url: string,
  headers: Record<string, string>,
  file: LargeFile,
  offset: number,
  until: number,
): Promise<number> {
  const req = request(url, {
    method: "PATCH",
    headers: {
      ...headers,
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
      "content-length": String(file.bytes - offset),
    },
  });
  let isOver = false;
  const over: Promise<IncomingMessage | undefined> = once(req, "response")
    .then(
      ([response]: IncomingMessage[]) => response,
      () => undefined,
    )
    .finally(() => {
      isOver = true;
    });
  const closed = new Promise((done) => req.once("close", done));
  req.on("error", () => undefined);
  let at = offset;
  while (at < until && !isOver) {
    const portion = file.from(at).subarray(0, until - at);
    at += portion.length;
    if (!req.write(portion))
      await Promise.race([new Promise((done) => req.once("drain", done)), over, closed]);
  }
  if (at < file.bytes) req.destroy();
  else {
    req.end();
    const response = await over;
    response?.resume();
    if (response !== undefined && response.statusCode !== 204 && response.statusCode !== 409)
      throw new Error(`the last bytes were answered with ${String(response.statusCode)}`);
  }
  await closed;
  return at - offset;
}

/** Asks until the station answers. A moment after a break it may still be counting what had come. */
async function offsetOf(url: string, headers: Record<string, string>): Promise<number> {
  const until = Date.now() + MOST_SILENCE_MS;
  for (;;) {
    const response = await fetch(url, { method: "HEAD", headers }).catch(() => undefined);
    if (response?.status === 200) return Number(response.headers.get("upload-offset"));
    if (response !== undefined && response.status < 500)
      throw new Error(`the station answered ${response.status} when it was asked for the offset`);
    if (Date.now() > until) throw new Error("the station has not answered for two minutes");
    await pause(200);
  }
}
