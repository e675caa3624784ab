import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import {
  type FilingEntry,
  type FilingJournal,
  type FilingLease,
  parseFilingEntry,
} from "@fairlead/cybertipline";

/**
 * A filing's journal as a JSON file beside the report: written whole, made durable, then renamed into place. One process at a
 * time: the lease is the file's revision itself, which a second process would find moved on.
 */
export function fileJournal(path: string): FilingJournal {
  return {
    async read() {
      const text = await readFile(path, "utf8").catch(() => undefined);
      return text === undefined ? undefined : parseFilingEntry(JSON.parse(text));
    },
    async write(_key, entry: FilingEntry) {
      const before = await readFile(path, "utf8").catch(() => undefined);
      const revision = before === undefined ? 0 : parseFilingEntry(JSON.parse(before)).revision;
      if (revision !== entry.revision - 1) return false;
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${process.pid}.tmp`;
      const file = await open(temporary, "w", 0o600);
      try {
        await file.writeFile(`${JSON.stringify(entry, null, 2)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncFolder(dirname(path));
      return true;
    },
  };
}

/** The command line files one report in one process; the journal's revisions catch a second one. */
export const soleLease: FilingLease = { hold: async () => true };

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
