import type { Report } from "../report.ts";
import type { UkFile, UkItems } from "./document.ts";
import type { Say } from "./items-of.ts";
import type { Taken } from "./taken.ts";

type ContentItems = Pick<
  UkItems,
  "detected-content" | "platform" | "upload-time" | "exif" | "content-url" | "original-hash"
>;
type FileEvents = Extract<UkItems["upload-connection"], { state: "held" }>["value"]["files"];

/** What Schedule 1 asks about the content itself. The document of another wire is no content. */
export function contentItems(
  report: Report,
  say: Say,
  taken: Taken,
): { items: ContentItems; connections: FileEvents } {
  const evidence = report.evidence.filter(({ kind }) => kind !== "wire-document");
  for (const item of evidence) taken.add(item);
  const files = evidence.map(
    ({
      uploadedAt: _at,
      events: _events,
      location: _url,
      declaredHashes: _hashes,
      details: _details,
      ...file
    }): UkFile => file,
  );
  const texts = report.statements.filter(({ topic }) => topic === "chat" || topic === "note");
  for (const text of texts) taken.add(text);
  const times = evidence.flatMap(({ id, uploadedAt }) =>
    uploadedAt === undefined ? [] : [{ file: id, at: uploadedAt }],
  );
  const urls = evidence.flatMap(({ id, location }) =>
    location === undefined ? [] : [{ file: id, url: location }],
  );
  const hashes = evidence.flatMap(({ id, declaredHashes }) =>
    declaredHashes.map((hash) => ({ file: id, hash })),
  );
  const exif = evidence.flatMap(({ id, details }) =>
    details.filter(isExif).map((detail) => {
      taken.add(detail);
      return { file: id, detail };
    }),
  );
  const { platform: name, channel } = report.incident;
  const page = channel?.kind === "web-page" ? channel : undefined;
  const service = {
    ...(name === undefined ? {} : { name }),
    ...(channel === undefined || page !== undefined ? {} : { channel }),
  };
  return {
    items: {
      "detected-content": say("detected-content", files.length + texts.length > 0, { files, texts }),
      platform: say("platform", Object.keys(service).length > 0, service),
      "upload-time": say("upload-time", times.length > 0, times),
      exif: say("exif", exif.length > 0, exif),
      "content-url": say("content-url", urls.length > 0 || page !== undefined, {
        files: urls,
        ...(page === undefined ? {} : { page }),
      }),
      "original-hash": say("original-hash", hashes.length > 0, hashes),
    },
    connections: evidence.flatMap(({ id, events }) => events.map((event) => ({ file: id, event }))),
  };
}

function isExif({ group }: Report["evidence"][number]["details"][number]): boolean {
  return group?.toLowerCase() === "exif";
}
