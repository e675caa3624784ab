import { fileURLToPath } from "node:url";

/** The repository's folder, with a slash at its end. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * What a package is, from the bottom up: the report itself; knowledge, which is pure; the server; the command; pages for a
 * browser, which know the server only by its OpenAPI document.
 */
export type Layer = "report" | "knowledge" | "station" | "cli" | "browser";

/** Every package that there is or will be. A folder that is not named here belongs to no layer, and the layer check says so. */
export const layerOf: Readonly<Record<string, Layer>> = {
  report: "report",
  assessment: "knowledge",
  cybertipline: "knowledge",
  franking: "knowledge",
  ledger: "knowledge",
  matching: "knowledge",
  sealing: "knowledge",
  simulator: "knowledge",
  station: "station",
  cli: "cli",
  desk: "browser",
  messenger: "browser",
};

/** The layers a package of this layer may import from. */
export const below: Readonly<Record<Layer, readonly Layer[]>> = {
  report: [],
  knowledge: ["report"],
  station: ["report", "knowledge"],
  cli: ["report", "knowledge", "station"],
  browser: [],
};

/** Knowledge that also runs in a browser, with the pages that rest on it. */
export const inBrowser: Readonly<Record<string, readonly string[]>> = {
  desk: ["franking"],
  messenger: ["franking"],
};

export function isPure(name: string): boolean {
  const layer = layerOf[name];
  return layer === "report" || layer === "knowledge";
}

/**
 * The parts of knowledge that have input and output all the same: processes that decode, threads, files. Each is a door of
 * its own, and nothing pure loads it.
 */
export const outwardParts: readonly string[] = ["packages/matching/src/node/"];

/** Whether the file at this path is pure: without input, output, clock or chance of its own. */
export function isPureFile(path: string): boolean {
  const name = packageOf(path);
  return name !== null && isPure(name) && !outwardParts.some((part) => path.startsWith(part));
}

/** The package that a path below the repository's folder is in, or null. */
export function packageOf(path: string): string | null {
  return /^packages\/([^/]+)\//.exec(path)?.[1] ?? null;
}
