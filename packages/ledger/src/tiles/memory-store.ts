import { sameBytes } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { parseStorePath } from "./path.ts";
import type { TileStore } from "./store.ts";

/**
 * A store in memory, for tests and for tools that build a log only to look at it. Two stores over one map see the
 * same files, as two processes over one folder would.
 */
export function memoryTileStore(files: Map<string, Uint8Array> = new Map()): TileStore {
  return {
    async read(path) {
      parseStorePath(path);
      return files.get(path)?.slice();
    },
    async write(path, bytes) {
      const place = parseStorePath(path);
      const existing = files.get(path);
      if (place.kind !== "checkpoint" && existing !== undefined && !sameBytes(existing, bytes)) {
        throw new LedgerError(
          "conflict",
          `${path} is already written with different bytes and never changes.`,
        );
      }
      files.set(path, bytes.slice());
    },
  };
}
