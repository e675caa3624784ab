import type { Reason } from "../api/shapes.ts";

/** One thing that was found, with everything that it was found in. */
export interface ReasonGroup {
  text: string;
  /** JSON Pointers, each once. */
  paths: string[];
  sources: string[];
}

/** The same finding about eight events is one finding with eight fields; the order is that of the rules. */
export function groupReasons(reasons: readonly Reason[]): ReasonGroup[] {
  return [...Map.groupBy(reasons, ({ code, text }) => `${code} ${text}`).values()].map((same) => ({
    text: same[0]?.text ?? "",
    paths: distinct(same.map(({ path }) => path)),
    sources: distinct(same.map(({ source }) => source)),
  }));
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
