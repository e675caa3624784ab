import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatedReport } from "@fairlead/simulator";
import type { Layout } from "./layout.ts";
import { MODERATION_ACCOUNT } from "./layout.ts";

const PATIENCE_MS = 120_000;
const PAUSE_MS = 200;

/**
 * The platform's own moderation system: hands a case to the platform's station and keeps at it until the station acknowledges.
 * @returns the station's number for it
 */
export async function handIn(layout: Layout, simulated: SimulatedReport): Promise<string> {
  const until = Date.now() + PATIENCE_MS;
  const authorization = `Basic ${Buffer.from(`${MODERATION_ACCOUNT}:${layout.moderationSecret}`).toString("base64")}`;
  for (;;) {
    const response = await fetch(`${layout.places.platform.url}/door/reports`, {
      method: "POST",
      headers: { authorization },
      body: formOf(simulated),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => undefined);
    if (response?.ok === true) return ((await response.json()) as { number: string }).number;
    if (response !== undefined && response.status < 500)
      throw new Error(
        `the platform's station refused case ${simulated.caseNumber}: ${await response.text()}`,
      );
    if (Date.now() > until) throw new Error("the platform's station does not answer");
    await sleep(PAUSE_MS);
  }
}

function formOf({ report, files }: SimulatedReport): FormData {
  const form = new FormData();
  form.set("report", JSON.stringify(report));
  for (const file of files)
    form.set(file.evidenceId, new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  return form;
}
