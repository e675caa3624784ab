import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as turn } from "node:timers/promises";
import type { TestSender } from "./report.ts";
import type { TestStation } from "./station.ts";

/** A client of tus 1.0.0 by hand: what it sends is what its caller says. */
export interface TestUploads {
  /** @returns the upload's address */
  begin(length: number, more?: { headers?: Record<string, string>; body?: Uint8Array }): Promise<string>;
  /** Any request at all, with the headers that every one has; a value of "" leaves one of them out. */
  ask(method: string, url: string, headers?: Record<string, string>, body?: Uint8Array): Promise<Response>;
  patch(url: string, offset: number, body: Uint8Array, headers?: Record<string, string>): Promise<Response>;
  /** The offset that the station says. */
  offset(url: string): Promise<number>;
  /** The offset once the station has counted something: it may still be reading what a broken connection has left. */
  settled(url: string): Promise<number>;
  /** Declares `length` bytes, sends `body` and breaks the connection. */
  broken(url: string, offset: number, body: Uint8Array, length: number): Promise<void>;
}

export const UPLOADS = "/door/uploads";
const OFFSET_STREAM = "application/offset+octet-stream";

export function testUploads(at: TestStation, sender: TestSender): TestUploads {
  const port = Number(new URL(at.url).port);
  const always: Record<string, string> = { authorization: sender.authorization, "tus-resumable": "1.0.0" };
  const ask: TestUploads["ask"] = (method, url, headers = {}, body) => {
    const all = Object.entries({ ...always, ...headers }).filter(([, value]) => value !== "");
    return fetch(`${at.url}${url}`, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
  };
  const offset: TestUploads["offset"] = async (url) => {
    const response = await ask("HEAD", url);
    if (response.status !== 200) throw new Error(`the station said ${response.status}`);
    return Number(response.headers.get("upload-offset"));
  };
  return {
    ask,
    offset,
    async settled(url) {
      for (let tries = 0; tries < 500; tries += 1) {
        const now = await offset(url);
        if (now > 0) return now;
        await turn(10);
      }
      throw new Error("the station has counted nothing");
    },
    async begin(length, { headers = {}, body } = {}) {
      const type: Record<string, string> = body === undefined ? {} : { "content-type": OFFSET_STREAM };
      const response = await ask(
        "POST",
        UPLOADS,
        { "upload-length": String(length), ...type, ...headers },
        body,
      );
      if (response.status !== 201) throw new Error(`no upload was begun: ${await response.text()}`);
      return response.headers.get("location") ?? "";
    },
    patch: (url, offset, body, headers = {}) =>
      ask("PATCH", url, { "content-type": OFFSET_STREAM, "upload-offset": String(offset), ...headers }, body),
    async broken(url, offset, body, length) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      const headers = {
        ...always,
        "content-type": OFFSET_STREAM,
        "upload-offset": offset,
        "content-length": length,
      };
      const lines = Object.entries({ host: "station.example", ...headers }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      socket.write(`PATCH ${url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      await new Promise((written) => socket.write(body, written));
      const closed = once(socket, "close");
      // Half a close first: what was sent arrives before the end does.
      socket.end();
      socket.resume();
      await closed;
    },
  };
}

/** The id of the upload at an address, as a report names it. */
export function idOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
