import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeColumns, encodeColumns, type PartColumns } from "./columns.ts";

const NAME = /^part-(\d{5})\.bin$/;

/** Where a year's parts lie: each is written once, whole, and is there after a crash or not at all. */
export interface PartFiles {
  /** Numbers of the parts that are there. */
  done(): Promise<Set<number>>;
  read(number: number): Promise<PartColumns>;
  write(number: number, columns: PartColumns): Promise<void>;
}

export function partFiles(folder: string): PartFiles {
  const pathOf = (number: number) => join(folder, `part-${String(number).padStart(5, "0")}.bin`);
  return {
    async done() {
      const names = await readdir(folder);
      return new Set(
        names.flatMap((name) => (NAME.exec(name)?.[1] === undefined ? [] : [Number(NAME.exec(name)?.[1])])),
      );
    },
    async read(number) {
      try {
        return decodeColumns(await readFile(pathOf(number)));
      } catch (cause) {
        throw new RangeError(
          `Part ${number} of the year cannot be read from ${pathOf(number)}. Remove the file and start again: only this part is made anew.`,
          { cause },
        );
      }
    },
    async write(number, columns) {
      const path = pathOf(number);
      const half = `${path}.half`;
      await rm(half, { force: true });
      {
        await using file = await open(half, "wx");
        await file.writeFile(encodeColumns(columns));
        await file.sync();
      }
      await rename(half, path);
      await using directory = await open(folder);
      await directory.sync();
    },
  };
}
