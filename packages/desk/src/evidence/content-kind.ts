/** How the desk may show bytes. Only raster pictures and plain text are drawn; everything else leaves as a file. */
export type ContentKind = "picture" | "text" | "file";

/** More text than this is a file: a browser that lays out fifty megabytes stands still. */
const TEXT_LIMIT_BYTES = 2_000_000;
const PICTURES = new Set(["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/avif"]);

/** Decides by the type that the station answered with, never by what the sender claimed or by a file's name. */
export function contentKind(mediaType: string, size: number): ContentKind {
  const type = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (PICTURES.has(type)) return "picture";
  return type === "text/plain" && size <= TEXT_LIMIT_BYTES ? "text" : "file";
}
