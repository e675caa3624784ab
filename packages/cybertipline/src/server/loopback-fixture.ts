/** For tests: the server on a loopback port, over memory, with a clock that the test moves. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { createMemoryStore, type MemoryStore } from "./memory-store.ts";
import { createServer, type ServerEvent, type ServerOptions } from "./server.ts";
import type { ServerStore } from "./store.ts";

/** Midday of 1 March 2026, milliseconds since 1970. */
export const NOW_MS = Date.UTC(2026, 2, 1, 12);

export const PLATFORM = { username: "platform", password: "a:long&secret<é" };
export const OTHER_PLATFORM = { username: "other", password: "another secret" };
const RIGHTS = { use: true, submit: true, update: true };

export interface Loopback extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40001/ispws`. */
  readonly base: string;
  readonly port: number;
  readonly http: Server;
  readonly store: MemoryStore;
  readonly events: ServerEvent[];
  /** Moves the server's clock. */
  pass(ms: number): void;
}

export type LoopbackOptions = Partial<Omit<ServerOptions, "store" | "clock" | "log">> & {
  /** Puts something between the server and its store. */
  readonly around?: (store: MemoryStore) => ServerStore;
};

export const basic = ({ username, password }: { username: string; password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

export async function startLoopback({ around, ...options }: LoopbackOptions = {}): Promise<Loopback> {
  const store = createMemoryStore({
    accounts: [
      { accountId: "1", ...PLATFORM, may: RIGHTS },
      { accountId: "2", ...OTHER_PLATFORM, may: RIGHTS },
      { accountId: "3", username: "closed", password: "x", may: { ...RIGHTS, use: false } },
      { accountId: "4", username: "no-submit", password: "x", may: { ...RIGHTS, submit: false } },
      { accountId: "5", username: "no-update", password: "x", may: { ...RIGHTS, update: false } },
    ],
  });
  let nowMs = NOW_MS;
  const events: ServerEvent[] = [];
  const handler = createServer({
    store: around?.(store) ?? store,
    clock: () => nowMs,
    random: randomBytes,
    turn,
    mode: "strict",
    log: (event) => events.push(event),
    ...options,
  });
  const http = createHttpServer((req, res) => {
    void handler(req, res);
  });
  http.requestTimeout = 0;
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${String(port)}/ispws`,
    port,
    http,
    store,
    events,
    pass: (ms) => {
      nowMs += ms;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}

const SUMMARY =
  "<incidentSummary><incidentType>Misleading Domain Name</incidentType><incidentDateTime>2026-02-28T18:00:00Z</incidentDateTime></incidentSummary>";
const REPORTER =
  "<reporter><reportingPerson><email>safety@platform.example</email></reportingPerson></reporter>";

export const REPORT_XML = `<?xml version="1.0" encoding="UTF-8"?><report>${SUMMARY}${REPORTER}</report>`;
export const BATCHED_XML = `<report><batchedReport reason="VIRAL_POTENTIAL_MEME"/>${SUMMARY}${REPORTER}</report>`;
export const reportAbout = (user: string): string => `<report>${SUMMARY}${REPORTER}${user}</report>`;

export const detailsXml = (reportId: string, fileId: string, more = ""): string =>
  `<fileDetails><reportId>${reportId}</reportId><fileId>${fileId}</fileId>${more}</fileDetails>`;

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The text of an element of the answer. */
  element(name: string): string | undefined;
  /** The response code, as a number; NaN if there is none. */
  readonly code: number;
}

export async function heard(response: Response): Promise<Heard> {
  const body = await response.text();
  const element = (name: string): string | undefined =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  return {
    status: response.status,
    headers: response.headers,
    body,
    element,
    code: Number(element("responseCode") ?? Number.NaN),
  };
}

/** The wire by hand: what a platform's engineer would type, with nothing of our own client in it. */
export function platform(base: string, credentials = PLATFORM) {
  const call = async (path: string, init: RequestInit = {}): Promise<Heard> => {
    const headers = new Headers(init.headers);
    headers.set("Authorization", basic(credentials));
    return heard(await fetch(`${base}${path}`, { ...init, headers }));
  };
  const post = (path: string, body: NonNullable<RequestInit["body"]>, contentType?: string): Promise<Heard> =>
    call(path, {
      method: "POST",
      body,
      ...(contentType !== undefined && { headers: { "Content-Type": contentType } }),
    });
  return {
    call,
    post,
    submit: (xml = REPORT_XML): Promise<Heard> => post("/submit", xml, "text/xml; charset=utf-8"),
    open: async (xml = REPORT_XML): Promise<string> => {
      const answer = await post("/submit", xml, "text/xml; charset=utf-8");
      const reportId = answer.element("reportId");
      if (answer.status !== 200 || reportId === undefined) throw new Error(answer.body);
      return reportId;
    },
    upload: (
      reportId: string,
      bytes: Uint8Array<ArrayBuffer> | string,
      name = "hills.png",
    ): Promise<Heard> => {
      const form = new FormData();
      form.append("id", reportId);
      form.append("file", new File([bytes], name, { type: "image/png" }));
      return post("/upload", form);
    },
    describe: (reportId: string, fileId: string, more?: string): Promise<Heard> =>
      post("/fileinfo", detailsXml(reportId, fileId, more), "text/xml; charset=utf-8"),
    finish: (reportId: string): Promise<Heard> => post("/finish", new URLSearchParams({ id: reportId })),
    retract: (reportId: string): Promise<Heard> => post("/retract", new URLSearchParams({ id: reportId })),
  };
}

/** Every error document: its type, a Request-ID, a root that clients parse, and nothing from inside the server. */
export function assertRefused(answer: Heard, status: number, code: number, text?: RegExp): void {
  assert.deepEqual([answer.status, answer.code], [status, code], answer.body);
  assert.equal(answer.headers.get("content-type"), "application/xml");
  assert.match(answer.headers.get("request-id") ?? "", /^[0-9a-f]{32}$/);
  assert.match(answer.body, /^<\?xml version="1.0" encoding="UTF-8"[^>]*\?>\s*<reportResponse>/);
  assert.doesNotMatch(answer.body, /\bat .*\.ts|node:|Error:/);
  if (text !== undefined) assert.match(answer.element("responseDescription") ?? "", text);
}
