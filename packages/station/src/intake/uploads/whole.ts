import type { Station } from "../../context.ts";
import { recordObjects } from "../../vault/index.ts";
import { forgetObjects, type UploadRow, uploadOf } from "./store.ts";

/** An upload of which everything is here, as one object. */
export interface WholeUpload extends UploadRow {
  sha256: Buffer;
  sha1: Buffer;
  md5: Buffer;
}

/**
 * Makes one object of a finished upload's parts, once for all who ask at one time.
 * @returns undefined when the upload has ended meanwhile
 */
export type Joiner = (upload: UploadRow) => Promise<WholeUpload | undefined>;

export function openJoiner(station: Station): Joiner {
  const underWay = new Map<string, ReturnType<Joiner>>();
  return async (upload) => {
    if (isWhole(upload)) return upload;
    const already = underWay.get(upload.id);
    if (already !== undefined) return await already;
    const joining = join(station, upload).finally(() => underWay.delete(upload.id));
    underWay.set(upload.id, joining);
    return await joining;
  };
}

/**
 * Reads the parts once, in their order, and seals and measures them as the one file that they are. Hashes cannot go on over a restart,
 * so this is where they are taken. The parts stay until the whole is recorded: a kill in between costs the work, and nothing else.
 */
async function join(station: Station, upload: UploadRow): Promise<WholeUpload | undefined> {
  const names = await partsOf(station, upload);
  const joined = names === undefined ? undefined : await tryJoin(station, names);
  if (joined === undefined || joined instanceof Error) {
    // Another process may have been faster, or the sender have ended it: then the parts are gone.
    const now = await lookUp(station, upload.id);
    if (now === undefined || isWhole(now)) return now;
    throw joined ?? new Error("the parts of a finished upload do not make it whole");
  }
  const { object, digests } = joined;
  const { sha256, sha1, md5 } = digests;
  const result = await station.db.transaction(async (tx) => {
    const row = await tx
      .selectFrom("upload")
      .selectAll()
      .where("id", "=", upload.id)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.ended !== null || row.sha256 !== null) return undefined;
    await recordObjects(tx, [object], station.clock()).execute();
    const values = { object_name: object.name, sha256, sha1, md5 };
    await tx.updateTable("upload").set(values).where("id", "=", upload.id).execute();
    return { dropped: await forgetObjects(tx, upload.id), whole: { ...uploadOf(row), ...values } };
  });
  if (result === undefined) {
    await station.vault.remove(object.name);
    const now = await lookUp(station, upload.id);
    return now !== undefined && isWhole(now) ? now : undefined;
  }
  for (const name of result.dropped) await station.vault.remove(name);
  return result.whole;
}

async function tryJoin(station: Station, names: readonly string[]) {
  try {
    return await station.vault.join(names);
  } catch (cause) {
    return cause instanceof Error ? cause : new Error("the parts cannot be joined", { cause });
  }
}

/** @returns the objects of all parts in their order; undefined if they do not reach from the first byte to the last */
async function partsOf(station: Station, upload: UploadRow): Promise<string[] | undefined> {
  const parts = await station.db.kysely
    .selectFrom("upload_part")
    .select(["start", "size", "object_name"])
    .where("upload_id", "=", upload.id)
    .orderBy("start")
    .execute();
  let end = 0;
  for (const { start, size } of parts) {
    if (Number(start) !== end) return undefined;
    end += Number(size);
  }
  return end === upload.length ? parts.map(({ object_name }) => object_name) : undefined;
}

async function lookUp(station: Station, id: string): Promise<UploadRow | undefined> {
  const row = await station.db.kysely
    .selectFrom("upload")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined || row.ended === "terminated" || row.ended === "expired"
    ? undefined
    : uploadOf(row);
}

function isWhole(upload: UploadRow): upload is WholeUpload {
  return upload.sha256 !== null;
}
