import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./house.ts";
import { licenceProblems, type LockedPackage } from "./licence-rules.ts";

// npm run licences: what we pass on is under licences that let us, and nothing needs a script to run when it is installed.

const { packages } = (await read("package-lock.json")) as { packages: Record<string, LockedPackage> };
const { allowScripts } = (await read("package.json")) as { allowScripts: Record<string, boolean> };
const problems = licenceProblems(packages, allowScripts);
for (const problem of problems) process.stdout.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
else process.stderr.write(`the licences of ${Object.keys(packages).length} packages are in order\n`);

async function read(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(root, name), "utf8"));
}
