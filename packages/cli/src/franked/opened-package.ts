import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROVIDER_CARD_FILE, type ProviderCard } from "@fairlead/franking/verify";
import type { Manifest } from "@fairlead/sealing";
import { type ReferredReport, referredReportSchema } from "@fairlead/station";
import { checkFolder, type FrankedCheck } from "./check.ts";
import { toHtml } from "./document.ts";
import { readFrankedFolder } from "./folder.ts";
import { type OpenedPackage, START_HERE_FILE, startHere } from "./start-here.ts";

/** How files of an opened package are called. */
export const evidenceFile = (id: string): string => `evidence-${id}`;
export const reportFile = (id: string): string => `report-${id}.json`;

/**
 * Finishes an opened package's folder: checks the proofs that came in it, puts the cards beside them that they were checked with, and
 * writes the page that says what all of it is.
 * @param verifiers the providers that the receiving station has pinned
 * @returns what the proofs came to
 */
export async function finishFolder(
  dir: string,
  manifest: Manifest,
  verifiers: readonly ProviderCard[],
  now: number,
): Promise<FrankedCheck[]> {
  const checks = await checkFolder(await readFrankedFolder(dir), verifiers, now);
  const used = new Set(checks.flatMap(({ trust }) => (trust === undefined ? [] : [trust.card])));
  for (const [index, card] of [...used].entries())
    await writeNew(dir, cardFile(index), `${JSON.stringify(card, null, 2)}\n`);
  await writeNew(dir, START_HERE_FILE, toHtml(startHere(await describe(dir, manifest), checks)));
  return checks;
}

/** Nearly always there is one provider. */
function cardFile(index: number): string {
  return index === 0 ? PROVIDER_CARD_FILE : PROVIDER_CARD_FILE.replace(".json", `-${index + 1}.json`);
}

async function describe(dir: string, manifest: Manifest): Promise<OpenedPackage> {
  const reports = await Promise.all(
    manifest.reports.map(async ({ reportId }) => ({ reportId, read: await readReport(dir, reportId) })),
  );
  const described = reports.flatMap(({ read }) => read?.report.evidence ?? []);
  return {
    packageId: manifest.packageId,
    createdAt: manifest.createdAt,
    from: manifest.from.name,
    to: manifest.to.name,
    purpose: manifest.purpose,
    reports: reports.map(({ reportId, read }) => ({
      file: reportFile(reportId),
      sender: read?.report.sender.name ?? "",
      platform: read?.report.incident.platform,
      numbers: (read?.numbers ?? []).map(({ station, number }) => `${station}: ${number}`),
    })),
    files: manifest.evidence.map(({ evidenceId, mediaType, plaintext }) => ({
      file: evidenceFile(evidenceId),
      name: described.find(({ id }) => id === evidenceId)?.name ?? "",
      mediaType: mediaType ?? "",
      size: plaintext.size,
      sha256: plaintext.sha256,
    })),
  };
}

/** @returns `undefined` for a report of a form that this version does not know; the file is there all the same */
async function readReport(dir: string, reportId: string): Promise<ReferredReport | undefined> {
  const text = await readFile(join(dir, reportFile(reportId)), "utf8");
  try {
    return referredReportSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function writeNew(dir: string, name: string, text: string): Promise<void> {
  await writeFile(join(dir, name), text, { flag: "wx", mode: 0o600 });
}
