import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type CyberTiplineReport,
  decodeFileDetails,
  decodeReport,
  type FileDetails,
  type Places,
  type Problem,
} from "@fairlead/cybertipline";
import { StationError } from "@fairlead/station";
import { type Measured, measureFile } from "./measure-file.ts";

/** One file of a report's folder, with its details if it has any. */
export interface FolderFile {
  name: string;
  path: string;
  received: Measured;
  details?: FileDetails;
  places?: Places;
}

/** A report as it lies on disk: `report.xml`, and `files/NAME` with `files/NAME.xml` for each file. */
export interface ReportFolder {
  report: CyberTiplineReport;
  places: Places;
  files: FolderFile[];
}

/** A problem with the file it is in, so that an editor can jump to it. */
export interface PlacedProblem extends Problem {
  file: string;
}

/**
 * Reads a report from a folder or a single `report.xml`.
 * @returns the documents, or what is wrong with their form
 */
export async function readReportFolder(
  path: string,
): Promise<{ ok: true; folder: ReportFolder } | { ok: false; problems: PlacedProblem[] }> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new StationError("not-found", `${path} is not there.`, {
      remedy: "Name a report.xml, or a folder with report.xml and files/.",
      cause,
    });
  });
  const root = found.isDirectory() ? path : undefined;
  const reportPath = root === undefined ? path : join(root, "report.xml");
  const decoded = decodeReport(await readReport(reportPath));
  const problems: PlacedProblem[] = decoded.ok ? [] : placed(decoded.problems, "report.xml");
  const files: FolderFile[] = [];
  for (const name of root === undefined ? [] : await fileNames(join(root, "files"))) {
    const filePath = join(path, "files", name);
    const details = await detailsOf(`${filePath}.xml`);
    if (details !== undefined && !details.ok) problems.push(...placed(details.problems, `files/${name}.xml`));
    files.push({
      name,
      path: filePath,
      received: await measureFile(filePath),
      ...(details?.ok === true ? { details: details.value, places: details.places } : {}),
    });
  }
  if (!decoded.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, folder: { report: decoded.value, places: decoded.places, files } };
}

async function readReport(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: unknown) => {
    throw new StationError("not-found", `${path} cannot be read as a file.`, {
      remedy: "Name a report.xml, or a folder with report.xml and files/.",
      cause,
    });
  });
}

export function placed(problems: readonly Problem[], file: string): PlacedProblem[] {
  return problems.map((problem) => ({ ...problem, file }));
}

async function fileNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const all = new Set(names);
  // `photo.jpg.xml` describes `photo.jpg`; an XML file that describes nothing is a file of the report.
  return names.filter((name) => !(name.endsWith(".xml") && all.has(name.slice(0, -4)))).toSorted();
}

async function detailsOf(path: string) {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : decodeFileDetails(bytes);
}
