import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Names under which systems install Chromium or its twin. */
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The first Chromium on the search path, or the one that CHROMIUM_PATH names; null if there is none. */
export function findChromium(environment: NodeJS.ProcessEnv): string | null {
  const given = environment["CHROMIUM_PATH"];
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates =
    given === undefined || given === ""
      ? names.flatMap((name) => folders.map((folder) => join(folder, name)))
      : [given];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
