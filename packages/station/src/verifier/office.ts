import { decodeRecords, type ProviderRecords, type ServerContext } from "@fairlead/franking";
import { z } from "zod";
import { StationError } from "../errors.ts";

const base64url = z.string().transform((text) => new Uint8Array(Buffer.from(text, "base64url")));

/** A report as it waits at the hub: sealed to the verifier. */
const waitingSchema = z.object({
  id: z.uuid(),
  sealed: base64url,
  reporter: z.object({ uri: z.string(), deviceId: base64url }),
  receivedAt: z.number(),
});
export type WaitingReport = z.infer<typeof waitingSchema>;

/** What the provider knows of an account: the subscriber's data that a report may carry. */
const subscriberSchema = z.object({
  uri: z.string(),
  handle: z.string(),
  name: z.string(),
  createdAt: z.coerce.number(),
  young: z.boolean().optional(),
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string().optional(),
      validFrom: z.coerce.number(),
      revokedAt: z.coerce.number().nullable(),
    }),
  ),
  connections: z.array(
    z.object({
      deviceId: z.string(),
      ip: z.string(),
      port: z.int().min(1).max(65_535).nullable(),
      firstAt: z.coerce.number(),
      lastAt: z.coerce.number(),
    }),
  ),
});
export type Subscriber = z.infer<typeof subscriberSchema>;

export type ReportState = "verified" | "unverified" | "not-opened";

/**
 * The verifier's side of the hub's office door: what it may ask, always for one report, and nothing else. There is no way to ask for
 * other messages (rule R6).
 */
export interface Office {
  waiting(waitSeconds: number): Promise<WaitingReport[]>;
  checkFrank(reportId: string, question: FrankQuestion): Promise<boolean>;
  records(
    reportId: string,
    roomUri: string,
    roomSeqs: readonly bigint[],
  ): Promise<{ bytes: Uint8Array; records: ProviderRecords }>;
  subscriber(reportId: string, handle: string): Promise<Subscriber | null>;
  /** Ciphertext of a file; null if it is gone. */
  blob(reportId: string, id: string): Promise<AsyncIterable<Uint8Array> | null>;
  finish(id: string, result: { state: ReportState; reference?: string }): Promise<void>;
}

/** What only the hub can answer: whether a server frank is its own. */
export interface FrankQuestion {
  readonly frankingTag: Uint8Array;
  readonly context: ServerContext;
  readonly serverFrank: Uint8Array;
  readonly hubKid: number;
}

/** Opens the office door of a station with HTTP Basic sign-in. */
export function openOffice(options: {
  url: string;
  account: string;
  password: string;
  fetch: typeof fetch;
}): Office {
  const authorization = `Basic ${Buffer.from(`${options.account}:${options.password}`).toString("base64")}`;
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await options.fetch(`${options.url}/chat-office/${path}`, {
      ...init,
      headers: { authorization, ...(init.body === undefined ? {} : { "content-type": "application/json" }) },
    });
    if (response.ok || response.status === 404) return response;
    await response.body?.cancel();
    throw new StationError(
      "peer.refused",
      `The hub answered ${response.status} to ${path.split("?", 1)[0]}.`,
      {
        audience: "operator",
      },
    );
  };
  const post = (path: string, body: unknown) => call(path, { method: "POST", body: JSON.stringify(body) });
  return {
    async waiting(waitSeconds) {
      const response = await call(`reports?wait=${waitSeconds}`);
      return z.object({ reports: z.array(waitingSchema) }).parse(await response.json()).reports;
    },
    async checkFrank(reportId, { frankingTag, context, serverFrank, hubKid }) {
      const item = {
        frankingTag: encoded(frankingTag),
        serverFrank: encoded(serverFrank),
        context: { ...context, acceptedAt: Number(context.acceptedAt) },
        hubKid,
      };
      const response = await post("frank-checks", { reportId, items: [item] });
      return z.object({ valid: z.array(z.boolean()) }).parse(await response.json()).valid[0] === true;
    },
    async records(reportId, roomUri, roomSeqs) {
      const response = await post("records", { reportId, roomUri, seqs: roomSeqs.map(Number) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { bytes, records: decodeRecords(bytes) };
    },
    async subscriber(reportId, handle) {
      const response = await call(`accounts/${encodeURIComponent(handle)}?report=${reportId}`);
      return response.status === 404 ? null : subscriberSchema.parse(await response.json());
    },
    async blob(reportId, id) {
      const response = await call(`blobs/${encodeURIComponent(id)}?report=${reportId}`);
      return response.status === 404 || response.body === null ? null : response.body;
    },
    async finish(id, result) {
      const response = await post(`reports/${id}/result`, result);
      await response.body?.cancel();
    },
  };
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
