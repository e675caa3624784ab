import { createRequire } from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The folders that a decoding process must read, each with a separator at its end: this package, and its libraries. */
export function codeFolders(): readonly string[] {
  const libraries = `${sep}node_modules${sep}`;
  const library = createRequire(import.meta.url).resolve("sharp");
  return [
    fileURLToPath(new URL("../../", import.meta.url)),
    library.slice(0, library.indexOf(libraries) + libraries.length),
  ];
}
