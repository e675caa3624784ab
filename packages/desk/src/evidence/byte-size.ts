import { t } from "../messages/catalogue.ts";

/** A size as a person compares sizes: `412 bytes`, `3.2 KB`, `18 MB` (powers of 1,000). */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return t("size.bytes", { count: bytes });
  const units = ["size.kb", "size.mb", "size.gb"] as const;
  let value = bytes / 1000;
  let unit = 0;
  // 999.5 would round to 1,000 of the smaller unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return t(units[unit] ?? "size.gb", { amount: value < 10 ? value.toFixed(1) : value.toFixed(0) });
}
