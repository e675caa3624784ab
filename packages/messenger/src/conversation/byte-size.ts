import { t } from "../messages/catalogue.ts";

/** `412 B`, `3.1 KB`, `24 MB`: as phones and file managers say it, by thousands. */
export function byteSize(bytes: number): string {
  const units = ["file.bytes", "file.kilobytes", "file.megabytes", "file.gigabytes"] as const;
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const size = bytes / 1000 ** step;
  return t(units[step] ?? "file.bytes", {
    size: step === 0 || size >= 10 ? Math.round(size) : Math.round(size * 10) / 10,
  });
}
