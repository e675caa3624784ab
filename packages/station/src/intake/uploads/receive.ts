import { createHash } from "node:crypto";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { type BodyParts, bodyParts } from "./parts.ts";
import type { Checksum } from "./headers.ts";
import { PART_BYTES } from "./limits.ts";
import { addParts, type NewPart, type UploadRow } from "./store.ts";

/**
 * Takes bytes in at the upload's end. They are sealed while they arrive, in parts that each are on disk and counted before the next is
 * read; the part in which a connection breaks counts as far as it came. With a checksum all of them count together, or none: what has come of
 * a broken body is not what its checksum is of.
 *
 * "The Server SHOULD always attempt to store as much of the received data as possible."
 *
 * @returns the upload as it is afterwards
 * @throws StationError `upload.offset` when somebody else went on meanwhile, `upload.checksum`, `request.too-large`, `vault.*`
 */
export async function receiveBytes(
  station: Station,
  upload: UploadRow,
  body: AsyncIterator<Uint8Array>,
  checksum: Checksum | undefined,
): Promise<UploadRow> {
  const parts = bodyParts(body, upload.length - upload.received);
  return checksum === undefined
    ? await partByPart(station, upload, parts)
    : await allOrNothing(station, upload, parts, checksum);
}

async function partByPart(station: Station, upload: UploadRow, parts: BodyParts): Promise<UploadRow> {
  let now = upload;
  for (;;) {
    const part = await sealNext(station, now.received, parts);
    if (part === undefined) return now;
    now = await count(station, now.id, [part]);
  }
}

async function allOrNothing(
  station: Station,
  upload: UploadRow,
  body: BodyParts,
  { algorithm, digest }: Checksum,
): Promise<UploadRow> {
  const hash = createHash(algorithm);
  const kept: NewPart[] = [];
  let isTheirs = false;
  try {
    for (let start = upload.received; ; ) {
      const part = await sealNext(station, start, body, (bytes) => hash.update(bytes));
      if (part === undefined) break;
      kept.push(part);
      start += part.size;
    }
    if (!hash.digest().equals(digest))
      throw new StationError("upload.checksum", `The bytes that came have another ${algorithm}.`, {
        remedy: "Send them again from the same offset: none of them was kept.",
      });
    if (kept.length === 0) return upload;
    isTheirs = true;
    return await count(station, upload.id, kept);
  } finally {
    if (!isTheirs) for (const { object } of kept) await station.vault.remove(object.name);
  }
}

async function sealNext(
  station: Station,
  start: number,
  parts: BodyParts,
  look: (bytes: Uint8Array) => unknown = () => undefined,
): Promise<NewPart | undefined> {
  const bytes = await parts.next(PART_BYTES);
  if (bytes === undefined) return undefined;
  let size = 0;
  const object = await station.vault.sealMeasured(
    (async function* () {
      for await (const portion of bytes) {
        look(portion);
        size += portion.length;
        yield portion;
      }
    })(),
  );
  return { start, size, object };
}

async function count(station: Station, id: string, parts: readonly NewPart[]): Promise<UploadRow> {
  // Should the transaction fail, its outcome may be unknown to us: objects are left to the orphan sweep then.
  const now = await addParts(station, id, parts);
  if (now !== undefined) return now;
  for (const { object } of parts) await station.vault.remove(object.name);
  throw wrongOffset();
}

export function wrongOffset(): StationError {
  return new StationError("upload.offset", "The upload does not go on at this offset.", {
    remedy: "Ask for the offset by HEAD and go on from there.",
  });
}
