import type { Kysely } from "kysely";
import type { Tables } from "../store/tables.ts";
import type { Vault } from "./vault.ts";

/** Younger objects may belong to a transaction that is still open. */
const ORPHAN_AGE_MS = 25 * 3_600_000;

/**
 * Removes objects that no transaction ever claimed: a crash between the file and the commit leaves them, and one before that half-written ones.
 * @returns how many were removed
 */
export async function sweepOrphans(db: Kysely<Tables>, vault: Vault, now: number): Promise<number> {
  let removed = await vault.objects.removeUnfinished(now - ORPHAN_AGE_MS);
  for await (const object of vault.objects.list()) {
    if (object.modifiedAt > now - ORPHAN_AGE_MS) continue;
    const known = await db
      .selectFrom("vault_object")
      .select("name")
      .where("name", "=", object.name)
      .executeTakeFirst();
    if (known !== undefined) continue;
    await vault.remove(object.name);
    removed += 1;
  }
  return removed;
}
