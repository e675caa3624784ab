import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Measured, measureFile } from "./measure-file.ts";
import { StationError, UK_LIMITS } from "@fairlead/station";

/** A UK direct report as it lies on disk: `report.json`, and `files/NAME` for each file. */
export interface UkFolder {
  /** What `report.json` holds; undefined if it is no JSON. */
  stated: unknown;
  isTooLarge: boolean;
  /** What was measured of each file, under the name that it has in the folder. */
  files: Array<{ name: string; measured: Measured }>;
}

/** Whether a path is a UK direct report's rather than a CyberTipline report's. */
export async function isUkReport(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) return path.endsWith(".json");
  const names = new Set(await readdir(path));
  if (!names.has("report.json")) return false;
  if (!names.has("report.xml")) return true;
  throw new StationError("request.invalid", `${path} has both a report.xml and a report.json.`, {
    remedy: "Name the one that is meant, or move the other away.",
  });
}

/** @throws StationError `not-found` */
export async function readUkFolder(path: string): Promise<UkFolder> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const bytes = await readFile(isFolder ? join(path, "report.json") : path).catch((cause: unknown) => {
    throw new StationError("not-found", `${path} cannot be read as a file.`, {
      remedy: "Name a report.json, or a folder with report.json and files/.",
      cause,
    });
  });
  const names = isFolder ? await readdir(join(path, "files")).catch(() => []) : [];
  return {
    stated: parsed(bytes),
    isTooLarge: bytes.length > UK_LIMITS.documentBytes,
    files: await Promise.all(
      names
        .toSorted()
        .map(async (name) => ({ name, measured: await measureFile(join(path, "files", name)) })),
    ),
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
