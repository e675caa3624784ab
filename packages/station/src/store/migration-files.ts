import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { StoreError } from "./error.ts";

/** One step of the schema, as it lies in the folder. */
export interface Migration {
  readonly number: number;
  /** The file's name, `0001-station.sql`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text in hexadecimal, the same whatever line ends a checkout has. */
  readonly checksum: string;
}

/** The migrations of this version of Fairlead. */
export const ownMigrations: string = fileURLToPath(new URL("migrations", import.meta.url));

/**
 * Reads a folder of migrations, `NNNN-name.sql`, numbered from 1 without a gap.
 *
 * @throws StoreError `migration-invalid`
 */
export function readMigrations(folder: string): readonly Migration[] {
  const names = listFolder(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return names.map((name, index) => {
    const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
    if (number !== index + 1) {
      throw new StoreError(
        "migration-invalid",
        `${join(folder, name)} is not migration number ${index + 1}. Files are called NNNN-name.sql, in small letters, counted from 0001 without a gap or a double.`,
      );
    }
    const sql = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
    return { number, name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new StoreError(
      "migration-invalid",
      `The folder of migrations ${folder} cannot be read. Reinstall Fairlead.`,
      { cause },
    );
  }
}

/** One checksum for a whole folder: two databases with the same one have the same schema. */
export function schemaChecksum(migrations: readonly Migration[]): string {
  const hash = createHash("sha256");
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`);
  return hash.digest("hex");
}
