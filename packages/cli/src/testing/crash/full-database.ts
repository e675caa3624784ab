import { open } from "node:fs/promises";
import { databaseTrouble } from "@fairlead/station";
import type { Target } from "./target.ts";

const MEBIBYTE = Buffer.alloc(1024 * 1024);

/** Writes a file until its disk has no byte left. */
export async function fillUp(path: string): Promise<void> {
  await using file = await open(path, "w");
  for (const portion of [MEBIBYTE, MEBIBYTE.subarray(0, 4096)])
    for (;;) {
      try {
        await file.write(portion);
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOSPC") break;
        throw error;
      }
    }
}

/** More than PostgreSQL keeps of its log beforehand. */
const MOST_MEBIBYTES = 512;

/** Writes into PostgreSQL's log until that finds no room, and PostgreSQL ends of it: it cannot go on without. */
export async function endOfLog({ place }: Target): Promise<void> {
  for (let written = 0; written < MOST_MEBIBYTES; written += 1) {
    try {
      await place.db.pool.query("select pg_logical_emit_message(false, 'kite', repeat('x', 1048576), true)");
    } catch (error) {
      if (databaseTrouble(error) === undefined) throw error;
      return;
    }
  }
  throw new Error("PostgreSQL's log found room for more than there is");
}
