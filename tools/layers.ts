import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./house.ts";
import { exceptions } from "./layer-exceptions.ts";
import { type Finding, findingsIn } from "./layer-rules.ts";

// npm run layers: names every import and every use of a clock that the house of DESIGN section 5 does not allow.

const places = "packages/*/{src,e2e,bench,deep,scripts}/**/*.{ts,tsx}";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const findings = await findAll();
const left = findings.filter((one) => !exceptions.some((known) => covers(known, one)));
const unused = exceptions.filter((known) => !findings.some((one) => covers(known, one)));
for (const { path, line, what, why } of left) process.stdout.write(`${path}:${line}: ${what}: ${why}\n`);
for (const { path, what } of unused)
  process.stdout.write(
    `${path}: the exception for ${what} is not needed; remove it from tools/layer-exceptions.ts\n`,
  );
if (left.length + unused.length > 0) process.exitCode = 1;
else process.stderr.write("the layers hold\n");

function covers(known: { path: string; what: string }, one: Finding): boolean {
  return known.path === one.path && known.what === one.what;
}

async function findAll(): Promise<readonly Finding[]> {
  const ofAll = await manifest(".");
  const manifests = new Map<string, Manifest>();
  const found: Finding[] = [];
  for await (const path of glob(places, { cwd: root })) {
    if (path.includes("node_modules")) continue;
    const folder = path.split("/", 2).join("/");
    const own = manifests.get(folder) ?? (await manifest(folder));
    manifests.set(folder, own);
    found.push(
      ...findingsIn({
        path,
        text: await readFile(join(root, path), "utf8"),
        dependencies: new Set(Object.keys(own.dependencies ?? {})),
        devDependencies: new Set(Object.keys({ ...ofAll.devDependencies, ...own.devDependencies })),
      }),
    );
  }
  return found;
}

async function manifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")) as Manifest;
}
