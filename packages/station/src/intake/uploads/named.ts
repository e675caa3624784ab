import { evidenceIdSchema } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import type { Tables } from "../../store/tables.ts";
import type { Digests, VaultObject } from "../../vault/index.ts";
import { invalid } from "../form-parts.ts";
import { REMEMBERED_MS } from "./limits.ts";
import { findUpload } from "./store.ts";
import type { Joiner } from "./whole.ts";

/** The field of a report's form in which files are named that came before it. */
export const UPLOADS_FIELD = "uploads";

/** What stands in the field: which evidence each upload is, by the last part of its address, and what its bytes are. */
export const namedUploadsSchema = z
  .array(
    z.strictObject({
      evidence: evidenceIdSchema,
      upload: z.string().regex(/^[0-9a-f]{32}$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  )
  .max(10_000);

/** A file that a report names; `object` is undefined when a report has it already, perhaps this one, sent before. */
export interface NamedFile {
  upload: string;
  object: VaultObject | undefined;
  digests: Digests;
}

/** By the id of the evidence that each is. */
export type NamedFiles = ReadonlyMap<string, NamedFile>;

/**
 * Finds what a report names in its form's field, if it has one. An upload counts when it is whole and is what the report says.
 * @throws StationError `request.invalid` with every one that does not, and why
 */
export async function findNamed(
  station: Station,
  join: Joiner,
  account: string,
  field: unknown,
): Promise<NamedFiles> {
  if (field === undefined) return new Map();
  const stated = namedUploadsSchema.safeParse(field);
  if (!stated.success)
    throw invalid(
      `The field \`${UPLOADS_FIELD}\` is not a list of evidence, upload and sha256.`,
      stated.error.issues.map(({ path, message }) => ({
        path: `/${[UPLOADS_FIELD, ...path].join("/")}`,
        message,
      })),
    );
  const named = new Map<string, NamedFile>();
  const ids = new Set<string>();
  const problems: Array<{ path: string; message: string }> = [];
  for (const [at, { evidence, upload: id, sha256 }] of stated.data.entries()) {
    const refuse = (message: string) => problems.push({ path: `/${UPLOADS_FIELD}/${at}`, message });
    if (named.has(evidence) || ids.has(id)) {
      refuse("the evidence or the upload is named twice");
      continue;
    }
    ids.add(id);
    const file = await fileOf(station, join, account, { id, sha256 });
    if (typeof file === "string") refuse(file);
    else named.set(evidence, file);
  }
  if (problems.length > 0) throw invalid("An upload that the report names cannot be taken.", problems);
  return named;
}

/** @returns why it cannot be taken, where it cannot */
async function fileOf(
  station: Station,
  join: Joiner,
  account: string,
  stated: { id: string; sha256: string },
): Promise<NamedFile | string> {
  const upload = await findUpload(station.db.kysely, account, stated.id);
  if (upload === undefined) return "you have no such upload";
  if (upload.ended !== "used") {
    if (upload.ended !== null || Date.parse(upload.expires_at) <= station.clock())
      return "the upload has ended, and nothing of it is kept: send the file again";
    if (upload.received !== upload.length)
      return `the upload has ${upload.received} of its ${upload.length} bytes: send the others first`;
  }
  const whole = await join(upload);
  if (whole === undefined) return "the upload has ended, and nothing of it is kept: send the file again";
  const { sha256, sha1, md5, length: size } = whole;
  if (sha256.toString("hex") !== stated.sha256)
    return `the bytes that came have the SHA-256 ${sha256.toString("hex")}`;
  return {
    upload: whole.id,
    object: await objectOf(station, whole.object_name),
    digests: { size, sha256, sha1, md5 },
  };
}

async function objectOf(station: Station, name: string | null): Promise<VaultObject | undefined> {
  if (name === null) return undefined;
  const row = await station.db.kysely
    .selectFrom("vault_object")
    .selectAll()
    .where("name", "=", name)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { ciphertext_size, ciphertext_sha256: sha256, payload_sha256: payloadSha256 } = row;
  return { name, size: Number(ciphertext_size), sha256, payloadSha256 };
}

/**
 * Locks uploads until the transaction ends.
 * @returns whether each of them may become a report's: it is whole, has not ended and has no report
 */
export async function lockNamed(tx: Transaction<Tables>, named: NamedFiles): Promise<boolean> {
  if (named.size === 0) return true;
  const free = await tx
    .selectFrom("upload")
    .select("id")
    .where("id", "=", anyOf(named))
    .where("ended", "is", null)
    .where("object_name", "is not", null)
    // Whoever locks several locks them in one order: two reports never wait for each other.
    .orderBy("id")
    .forUpdate()
    .execute();
  return free.length === named.size;
}

/** Gives uploads that `lockNamed` found free to the report that was just taken in. */
export async function useNamed(station: Station, tx: Transaction<Tables>, named: NamedFiles): Promise<void> {
  if (named.size === 0) return;
  const until = new Date(station.clock() + REMEMBERED_MS).toISOString();
  await tx
    .updateTable("upload")
    .set({ ended: "used", object_name: null, expires_at: until })
    .where("id", "=", anyOf(named))
    .execute();
}

export function notFree(): StationError {
  return new StationError(
    "conflict",
    "An upload that the report names has become another report's, or has ended.",
    {
      remedy: "A file belongs to one report: upload it again for this one.",
    },
  );
}

function anyOf(named: NamedFiles) {
  return sql<string>`any(${[...named.values()].map(({ upload }) => upload)}::text[])`;
}
