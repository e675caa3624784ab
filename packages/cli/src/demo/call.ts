import { Agent, type IncomingHttpHeaders, request } from "node:http";

export interface Call {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  timeoutMs: number;
}

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Connections that stay open, and that nothing waits for once they are idle. */
export function openLine(): Agent {
  return new Agent({ keepAlive: true });
}

/**
 * Calls a station of the demonstration: plain HTTP on this machine, which through `fetch` takes several times the processor time.
 * @throws Error when it does not answer, not in time, or breaks off: nobody knows whether it did what was asked
 */
export async function call(
  line: Agent,
  url: string,
  { method, headers, body, timeoutMs }: Call,
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(url, { agent: line, method, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
