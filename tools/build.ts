import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./house.ts";

// npm run build: builds the desk and the messenger, each when its sources are not those of its last build.

/** The pages that a station serves, each with the folders that its build reads. */
const pages = [
  { name: "desk", sources: ["packages/desk", "packages/franking"] },
  { name: "messenger", sources: ["packages/messenger", "packages/franking"] },
] as const;

for (const { name, sources } of pages) {
  const folder = join(root, "packages", name);
  if (!existsSync(join(folder, "index.html"))) continue;
  const stamp = join(folder, "dist", ".sources");
  const digest = await digestOf(sources);
  const built = existsSync(stamp) ? await readFile(stamp, "utf8") : "";
  if (built === digest) process.stderr.write(`the ${name} is built\n`);
  else {
    process.env["FAIRLEAD_BUILD"] = digest;
    const { build } = await import("vite");
    await build({ root: folder, logLevel: "warn" });
    await writeFile(stamp, digest);
    process.stderr.write(`built the ${name}\n`);
  }
}

/** One digest over every source file of these folders, by name and content. */
async function digestOf(folders: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const path of await filesIn(join(root, folder), ""))
      hash
        .update(join(folder, path))
        .update("\0")
        .update(await readFile(join(root, folder, path)));
  hash.update(await readFile(join(root, "package-lock.json")));
  return hash.digest("hex");
}

async function filesIn(folder: string, below: string): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(
        ({ name }) =>
          !["dist", "node_modules", "e2e", "testing"].includes(name) && !name.endsWith(".test.ts"),
      )
      .map((entry) => {
        const path = join(below, entry.name);
        return entry.isDirectory() ? filesIn(folder, path) : Promise.resolve([path]);
      }),
  );
  return found.flat().toSorted();
}
