import { readFileSync } from "node:fs";

/** A statement from a `.sql` file beside its room. Read once, when the module is loaded. */
export function sqlFile(base: string, name: string): string {
  return readFileSync(new URL(name, base), "utf8");
}
