import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folders that a decoding process must read, each with a separator at its end: this package, every folder where Node looks
 * for its libraries, and the one where they really are, as some installers link them.
 */
export function codeFolders(): readonly string[] {
  const libraries = `${sep}node_modules${sep}`;
  const real = createRequire(import.meta.url).resolve("sharp");
  const own = fileURLToPath(new URL("../../", import.meta.url));
  return [
    own,
    ...foldersAbove(own).map((folder) => join(folder, libraries)),
    real.slice(0, real.indexOf(libraries) + libraries.length),
  ];
}

function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}
