import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// npm run build: builds the desk when its sources are not those of the last build.

const desk = fileURLToPath(new URL("../packages/desk", import.meta.url));
const stamp = join(desk, "dist", ".sources");

const sources = await digestOf(desk);
const built = existsSync(stamp) ? await readFile(stamp, "utf8") : "";
if (built === sources) process.stderr.write("the desk is built\n");
else {
  const { build } = await import("vite");
  await build({ root: desk, logLevel: "warn" });
  await writeFile(stamp, sources);
  process.stderr.write("built the desk\n");
}

/** One digest over every source file of the desk, by name and content. */
async function digestOf(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await filesIn(folder, ""))
    hash
      .update(path)
      .update("\0")
      .update(await readFile(join(folder, path)));
  hash.update(await readFile(new URL("../package-lock.json", import.meta.url)));
  return hash.digest("hex");
}

async function filesIn(folder: string, below: string): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !["dist", "node_modules", "e2e"].includes(entry.name))
      .map((entry) => {
        const path = join(below, entry.name);
        return entry.isDirectory() ? filesIn(folder, path) : Promise.resolve([path]);
      }),
  );
  return found.flat().toSorted();
}
