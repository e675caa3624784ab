import type { Opening } from "../access/index.ts";

/** What a browser may show in its place; everything else is saved, never rendered. No scripts in any of these. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain"]);

/** Evidence comes from strangers: its declared type never decides that it may run, and its name never reaches a header. */
export function evidenceHeaders(opening: Opening): Record<string, string> {
  const declared = (opening.mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const shown = SHOWN.has(declared);
  return {
    "content-type": shown ? declared : "application/octet-stream",
    "content-disposition": shown ? "inline" : 'attachment; filename="evidence.bin"',
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "no-store, private",
    ...(opening.size === undefined ? {} : { "content-length": String(opening.size) }),
  };
}
