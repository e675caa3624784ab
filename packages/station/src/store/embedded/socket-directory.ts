import { chmodSync, lchownSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreError } from "../error.ts";
import type { Owner } from "./identity.ts";

/** The port is only the socket's name; nothing listens on the network. */
export const socketPort = 5432;

const socketName = `.s.PGSQL.${socketPort}`;

/** Linux keeps a socket's path in 108 bytes with its final zero (unix(7), sun_path). */
const longestSocketPath = 107;

/**
 * Makes the folder that PostgreSQL's Unix socket lies in. Who can enter it can log in, so it is closed to everybody
 * else. It lies in the data directory, or, if that path is too long for a socket, in the system's folder for
 * temporary files under a name that is always the same for the same data directory.
 *
 * @param owner the user PostgreSQL runs as, if that is not this process's
 * @throws StoreError `invalid-setting` when `requested` is too long
 */
export function makeSocketDirectory(
  dataDir: string,
  tag: string,
  requested: string | undefined,
  owner: Owner | null,
): string {
  if (requested !== undefined && !fits(requested)) {
    throw new StoreError(
      "invalid-setting",
      `The socket directory ${requested} does not do: its path must be at most ${longestSocketPath - socketName.length - 1} bytes of letters, digits and . _ - /.`,
    );
  }
  const wanted = [requested ?? join(dataDir, "socket"), join(tmpdir(), tag), join("/tmp", tag)].find(fits);
  // The last one always fits: the tag has 25 characters.
  const folder = claim(wanted ?? join("/tmp", tag), owner);
  // We hold the data directory's lock and its processes are gone: a socket that is left is stale, and PostgreSQL
  // would take the pid in its lock file for a living server if another process has that pid now.
  for (const name of [socketName, `${socketName}.lock`]) rmSync(join(folder, name), { force: true });
  return folder;
}

/** PostgreSQL splits its setting at commas and reads quotes in it, so only plain paths will do. */
function fits(folder: string): boolean {
  return /^\/[\w./-]*$/.test(folder) && Buffer.byteLength(join(folder, socketName)) <= longestSocketPath;
}

function claim(folder: string, owner: Owner | null): string {
  const uid = owner?.uid ?? process.getuid?.() ?? 0;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (found.isDirectory() && [uid, process.getuid?.()].includes(found.uid)) return handOver(folder, owner);
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  // In a folder that everybody may write to, somebody else can have taken the name. Then any other name does.
  return handOver(mkdtempSync(`${folder}-`), owner);
}

function handOver(folder: string, owner: Owner | null): string {
  chmodSync(folder, 0o700);
  if (owner !== null) lchownSync(folder, owner.uid, owner.gid);
  return folder;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EEXIST" || error.code === "ENOTDIR");
}
