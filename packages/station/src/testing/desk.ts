import { setTimeout as sleep } from "node:timers/promises";
import type { ReportView } from "../desk-api/contract.ts";
import type { TestStation } from "./station.ts";

/** A person at a desk, as the browser sees the station. */
export interface TestDesk {
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** One report's page. */
  report(id: string): Promise<ReportView>;
}

export async function deskOf(at: TestStation, role: string): Promise<TestDesk> {
  const headers = await at.signIn(role);
  const request = (method: string, path: string, body?: unknown) =>
    fetch(`${at.url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    request,
    async report(id) {
      const response = await request("GET", `/api/reports/${id}`);
      if (!response.ok) throw new Error(`the desk answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as ReportView;
    },
  };
}

/**
 * Waits for what a station does behind its doors.
 * @throws Error naming `what` when it does not happen in half a minute
 */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what} did not happen`);
    await sleep(50);
  }
}
