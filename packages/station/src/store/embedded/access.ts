import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Identity } from "./identity.ts";

/** The role that stations use. It owns its databases and is no superuser, so that no SQL can reach files or programs. */
export const stationRole = "fairlead";

/** The role that made the cluster; only the launcher logs in as it. */
export const superuser = "postgres";

/** The two files that say who may log in. */
export interface AccessFiles {
  readonly hba: string;
  readonly ident: string;
}

/**
 * Writes who may log in. Nothing listens on the network. When only we can enter the socket's folder, being there is
 * proof enough. When PostgreSQL runs as `nobody`, other programs of that user can enter it too, so the kernel is
 * asked who is calling (`peer`), and only this process's user passes.
 */
export function writeAccessFiles(folder: string, identity: Identity): AccessFiles {
  mkdirSync(folder, { recursive: true });
  // Readable for the user that PostgreSQL runs as, whatever our umask is; there is no secret in it.
  chmodSync(folder, 0o755);
  const callersAreChecked = identity.name === "nobody" || identity.name === "owner";
  const method = callersAreChecked ? "peer map=launcher" : "trust";
  const caller = callersAreChecked ? userInfo().username : "";
  return {
    hba: write(join(folder, "pg_hba.conf"), `local all all ${method}\n`),
    ident: write(
      join(folder, "pg_ident.conf"),
      caller === "" ? "" : [superuser, stationRole].map((role) => `launcher "${caller}" ${role}\n`).join(""),
    ),
  };
}

function write(file: string, content: string): string {
  writeFileSync(`${file}.new`, content);
  chmodSync(`${file}.new`, 0o644);
  renameSync(`${file}.new`, file);
  return file;
}
