import { readFile, stat } from "node:fs/promises";
import { StationError } from "../errors.ts";

const KEY_BYTES = 32;
/** Access for everybody on the machine. A group may be how a service is given its secrets. */
const ANYBODY = 0o007;

/** Which key a file holds: whose, and for which year. */
export interface KeyFile {
  peer: string;
  year: number;
  file: string;
}

/**
 * Reads one agreed key.
 * @returns the key, or nothing where there is no such file: not agreed yet, or destroyed
 * @throws StationError `keys.missing` for a file that cannot be read, is not 32 bytes long, or that anybody on the machine may read
 */
export async function readKey(key: KeyFile): Promise<Uint8Array | undefined> {
  const found = await stat(key.file).catch((cause: unknown) => {
    if (isAbsent(cause)) return undefined;
    throw unusable(key, "cannot be read", cause);
  });
  if (found === undefined) return undefined;
  if ((found.mode & ANYBODY) !== 0)
    throw unusable(key, "may be used by anybody on this machine; take that away with `chmod o-rwx`");
  const bytes = await readFile(key.file).catch((cause: unknown) => {
    throw unusable(key, "cannot be read", cause);
  });
  if (bytes.length !== KEY_BYTES) throw unusable(key, `has ${bytes.length} bytes and must have ${KEY_BYTES}`);
  return new Uint8Array(bytes);
}

/** @throws StationError `keys.missing` always */
export function unusable({ peer, year, file }: KeyFile, why: string, cause?: unknown): StationError {
  return new StationError(
    "keys.missing",
    `The key ${file} for deconfliction with ${peer} in ${year} ${why}.`,
    {
      audience: "operator",
      remedy:
        "Agree a key of 32 random bytes with the peer's operator (docs/how-to/agree-a-deconfliction-key.md), or take the year out.",
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
