/** For tests: clients of the loopback server, and of answers made by hand. */
import { randomBytes } from "node:crypto";
import type { CyberTiplineReport } from "../document/report.ts";
import { type Loopback, NOW_MS, PLATFORM } from "../server/loopback-fixture.ts";
import { type Client, type ClientOptions, createClient } from "./client.ts";

export const REPORT: CyberTiplineReport = {
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-02-28T18:00:00Z" },
  reporter: { reportingPerson: { email: [{ value: "safety@platform.example" }] } },
  personOrUserReported: [{ espIdentifier: "00123", screenName: 'a "hill" & <sea>' }],
};

export function clientOf({ base }: Pick<Loopback, "base">, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    base,
    environment: "test",
    ...PLATFORM,
    fetch: globalThis.fetch,
    random: randomBytes,
    clock: () => NOW_MS,
    ...options,
  });
}

/** A client that hears the same answer to everything; it still reads a body to its end before. */
export function clientHearing(answer: () => Response | Promise<Response>): Client {
  return clientOf(
    { base: "https://clearinghouse.example/ispws" },
    {
      fetch: async (url, init) => {
        await new Request(url, init).arrayBuffer();
        return answer();
      },
    },
  );
}

export async function* bytesOf(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

export const reportResponse = (code: number, more = ""): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<reportResponse>\n    <responseCode>${String(code)}</responseCode>\n    <responseDescription>said</responseDescription>${more}\n</reportResponse>`;
