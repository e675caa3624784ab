import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Evidence, evidenceIdSchema, reportSchema } from "@fairlead/report";
import { sealStream } from "@fairlead/sealing";
import { z } from "zod";
import { measuring } from "../vault/index.ts";

/** What a finished piece of work says beside its sealed files. */
const readySchema = z.strictObject({
  state: z.enum(["verified", "unverified"]),
  report: reportSchema,
});
export type ReadyReport = z.infer<typeof readySchema>;

/** A piece of evidence that was sealed into the folder. */
export type SealedEvidence = Evidence & { received: NonNullable<Evidence["received"]> };

/** One report's work: sealed files and, at the end, what is handed in. Nothing in it is plain. */
export interface WorkInProgress {
  /** Seals bytes to the station's vault. They are measured on their way. */
  seal(
    about: { kind: Evidence["kind"]; name: string; mediaType?: string; relevance: Evidence["relevance"] },
    plaintext: AsyncIterable<Uint8Array>,
  ): Promise<SealedEvidence>;
  /** From now on the work is there to be handed in, whatever happens to this process. */
  finish(ready: ReadyReport): Promise<void>;
}

/** What was checked and is not handed in yet, on disk: a report is handed in as it was first made, however often that is tried. */
export interface WorkFolder {
  begin(reportId: string): Promise<WorkInProgress>;
  /** Work that was finished and not handed in yet. */
  ready(): Promise<string[]>;
  read(reportId: string): Promise<ReadyReport>;
  sealed(reportId: string, evidenceId: string): AsyncIterable<Uint8Array>;
  remove(reportId: string): Promise<void>;
}

/** @param recipient the age recipient of the station's vault */
export async function openWorkFolder(root: string, recipient: string): Promise<WorkFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  // What a crash cut off is begun again from the report at the hub.
  for (const name of await readdir(root))
    if (name.endsWith(".partial")) await rm(join(root, name), { recursive: true });
  const folderOf = (reportId: string) => join(root, z.uuid().parse(reportId));
  return {
    async begin(reportId) {
      const partial = `${folderOf(reportId)}.partial`;
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { mode: 0o700 });
      return {
        async seal({ mediaType, ...about }, plaintext) {
          const id = evidenceIdSchema.parse(randomUUID());
          const measured = measuring(plaintext);
          await writeSynced(join(partial, `${id}.age`), sealStream(measured.bytes, [recipient]));
          const { size, sha256, sha1, md5 } = measured.digests();
          const hex = (digest: Buffer) => digest.toString("hex");
          return {
            id,
            ...about,
            ...(mediaType === undefined ? {} : { mediaType }),
            received: { size, sha256: hex(sha256), sha1: hex(sha1), md5: hex(md5) },
            declaredHashes: [],
            events: [],
            details: [],
          };
        },
        async finish(ready) {
          await writeSynced(join(partial, "ready.json"), [
            Buffer.from(JSON.stringify(readySchema.parse(ready))),
          ]);
          await syncFolder(partial);
          await rename(partial, folderOf(reportId));
          await syncFolder(root);
        },
      };
    },
    async ready() {
      return (await readdir(root)).filter((name) => z.uuid().safeParse(name).success);
    },
    async read(reportId) {
      return readySchema.parse(JSON.parse(await readFile(join(folderOf(reportId), "ready.json"), "utf8")));
    },
    sealed: (reportId, evidenceId) =>
      createReadStream(join(folderOf(reportId), `${evidenceIdSchema.parse(evidenceId)}.age`)),
    async remove(reportId) {
      await rm(folderOf(reportId), { recursive: true, force: true });
    },
  };
}

async function writeSynced(
  path: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of source) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
