import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { StationError } from "../../errors.ts";

/** The lists of a directory, with a mark that changes when any of them does. */
export interface ListedDirectory {
  paths: string[];
  mark: string;
}

/**
 * Looks at a directory of lists. One that is not there or has no list is a mistake, never a source that took everything back.
 * @throws StationError `peer.refused`
 */
export async function listedDirectory(directory: string): Promise<ListedDirectory> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new StationError("peer.refused", "The directory of lists cannot be read.", {
      audience: "reviewer",
      cause,
    });
  });
  const lists = names.filter((name) => !name.startsWith(".") && /\.(?:csv|json)$/.test(name)).toSorted();
  if (lists.length === 0)
    throw new StationError("peer.refused", "The directory holds no list, .csv or .json.", {
      audience: "reviewer",
    });
  const hash = createHash("sha256");
  const paths = lists.map((name) => join(directory, name));
  for (const path of paths) {
    const { size, mtimeMs, ino } = await stat(path);
    hash.update(JSON.stringify([path, size, mtimeMs, ino]));
  }
  return { paths, mark: hash.digest("hex") };
}
