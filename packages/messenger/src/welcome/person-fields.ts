import { t } from "../messages/catalogue.ts";

const HANDLE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** Nobody who is alive was born longer ago. */
const OLDEST = 125;

/** What somebody typed or pasted as a handle, as handles are written: no `@`, no spaces, lower case. */
export function asHandle(text: string): string {
  return text
    .trim()
    .replace(/^@/, "")
    .toLowerCase()
    .replaceAll(/[\s_.]+/g, "-");
}

export function handleProblem(handle: string): string | null {
  if (handle.length < 2) return t("make.handle-short");
  return HANDLE.test(handle) ? null : t("make.handle-wrong");
}

/** @param thisYear the year of this device's calendar */
export function yearProblem(text: string, thisYear: number): string | null {
  const year = /^\d{4}$/.test(text) ? Number(text) : Number.NaN;
  return year <= thisYear && year >= thisYear - OLDEST ? null : t("make.year-wrong");
}
