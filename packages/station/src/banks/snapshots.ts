import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openExactIndex } from "@fairlead/matching";
import { openNear, readExact, SnapshotError, writeExact } from "@fairlead/matching/node";
import { z } from "zod";
import type { Database } from "../store/index.ts";
import type { Copy } from "./follow.ts";
import { EXACT_KINDS, type ExactKind, type Held } from "./held.ts";

// A folder of snapshots holds `manifest.json` and, named by it, a folder of one set: for each bank, by its place in the manifest, `0.near`,
// `0.md5`, `0.sha1` and `0.sha256`. A set is complete on the disk before the manifest names it, and the one before it goes afterwards.

const MANIFEST = "manifest.json";
const SET = /^set-[0-9a-f-]{36}$/;

const contentSchema = z.strictObject({
  version: z.literal(1),
  /** Every change up to this one is in the set, and perhaps some that came after. */
  seq: z.string().regex(/^\d{1,19}$/),
  /** What that change was: another database, or one that was restored from a backup, has another there. */
  anchor: z.string().regex(/^[0-9a-f]{64}$/),
  set: z.string().regex(SET),
  banks: z.array(z.string()),
});
type Content = z.infer<typeof contentSchema>;
const manifestSchema = z.strictObject({ content: contentSchema, sha256: z.string() });

/** Why a snapshot was not used. */
export type RefusedSnapshot = SnapshotError["code"] | "missing" | "foreign" | "unreadable";

/**
 * Reads the banks from the folder, as they were at the change that it says.
 *
 * @returns `missing` where none was ever written, or why what lies there is not used
 * @throws Error if the database does not answer
 */
export async function readSnapshots(folder: string, db: Database): Promise<Copy | RefusedSnapshot> {
  const content = await readManifest(folder);
  if (typeof content === "string") return content;
  const { seq, anchor, set, banks: ids } = content;
  if ((await anchorOf(db, BigInt(seq))) !== anchor) return "foreign";
  const held = new Map<string, Held>();
  try {
    for (const [at, id] of ids.entries()) held.set(id, await readHeld(join(folder, set, String(at)), seq));
  } catch (error) {
    await closeAll(held.values());
    if (error instanceof SnapshotError) return error.code;
    return "unreadable";
  }
  const rows = await db.kysely.selectFrom("bank").selectAll().execute();
  const banks: Copy["banks"] = new Map();
  for (const row of rows) {
    const own = held.get(row.id);
    if (own === undefined) continue;
    banks.set(row.id, { row, held: own });
    held.delete(row.id);
  }
  await closeAll(held.values());
  return { seq: BigInt(seq), banks };
}

/**
 * Writes the banks to the folder; they may change meanwhile. What was there before is there until the new set is whole on the disk.
 *
 * @returns up to which change, or null where nothing was ever changed
 */
export async function writeSnapshots(folder: string, db: Database, copy: Copy): Promise<bigint | null> {
  const { seq } = copy;
  const anchor = await anchorOf(db, seq);
  if (anchor === null) return null;
  const set = `set-${randomUUID()}`;
  const banks = [...copy.banks];
  const [path, draft] = [join(folder, set), join(folder, `${MANIFEST}.${set}`)];
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    for (const [at, [, { held }]] of banks.entries()) await writeHeld(join(path, String(at)), held, seq);
    await syncFolder(folder);
    const content: Content = { version: 1, seq: String(seq), anchor, set, banks: banks.map(([id]) => id) };
    const file = await open(draft, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify({ content, sha256: sumOf(content) }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, MANIFEST));
  } catch (error) {
    await rm(draft, { force: true });
    await rm(path, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(folder);
  // Sets and drafts that nothing names: those before this one, and those that a crash has left.
  for (const name of await readdir(folder))
    if (name !== set && name !== MANIFEST) await rm(join(folder, name), { recursive: true, force: true });
  return seq;
}

/** Ends the threads of banks that are not held any more. */
export async function closeAll(held: Iterable<Held>): Promise<void> {
  await Promise.all(Array.from(held, async ({ near }) => await near[Symbol.asyncDispose]()));
}

async function readManifest(folder: string): Promise<Content | RefusedSnapshot> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? "missing" : "unreadable";
  }
  try {
    const { content, sha256 } = manifestSchema.parse(JSON.parse(text));
    return sumOf(content) === sha256 ? content : "altered";
  } catch {
    return "altered";
  }
}

async function readHeld(path: string, seq: string): Promise<Held> {
  const near = openNear({ threads: 1, snapshot: `${path}.near` });
  try {
    if (String(near.seq) !== seq)
      throw new SnapshotError("altered", `${path}.near`, "it is of another set than the manifest's");
    const exact = async (kind: ExactKind) => openExactIndex(await readExact(`${path}.${kind}`));
    return {
      near,
      exact: { md5: await exact("md5"), sha1: await exact("sha1"), sha256: await exact("sha256") },
    };
  } catch (error) {
    await near[Symbol.asyncDispose]();
    throw error;
  }
}

async function writeHeld(path: string, { near, exact }: Held, seq: bigint): Promise<void> {
  near.seq = seq;
  await near.snapshot(`${path}.near`);
  for (const kind of EXACT_KINDS) await writeExact(`${path}.${kind}`, exact[kind].image());
}

/** What a change was, as a digest: nobody's changes are alike, since entries have random numbers and changes their time. */
async function anchorOf(db: Database, seq: bigint): Promise<string | null> {
  const row = await db.kysely
    .selectFrom("bank_change")
    .select(["bank_id", "entry_id", "what", "revision", "at"])
    .where("seq", "=", String(seq))
    .executeTakeFirst();
  return row === undefined ? null : createHash("sha256").update(JSON.stringify(row)).digest("hex");
}

function sumOf(content: Content): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
