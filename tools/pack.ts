import { execFileSync } from "node:child_process";
import { cp, glob, mkdir, mkdtempDisposable, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { layerOf, outwardParts, root } from "./house.ts";
import { isTestSide } from "./layer-rules.ts";

// npm run pack -- NAME... [--out DIR]: makes an npm package of each, as JavaScript with its types, since Node reads no
// TypeScript from node_modules. Prints the packages' paths.

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const { values, positionals } = parseArgs({
  options: { out: { type: "string", default: join(root, "dist", "npm") } },
  allowPositionals: true,
});
const free = Object.keys(layerOf).filter((name) => ["report", "knowledge"].includes(layerOf[name] ?? ""));
const unknown = positionals.filter((name) => !free.includes(name));
if (positionals.length === 0 || unknown.length > 0) {
  const what =
    unknown.length > 0 ? `There is no package ${unknown.join(", ")} that stands alone.` : "Say which.";
  process.stderr.write(`${what} Those that do: ${free.join(", ")}\n`);
  process.exit(2);
}
for (const name of positionals) process.stdout.write(`${await pack(name, resolve(values.out))}\n`);

/** @returns the path of the package that was made */
async function pack(name: string, out: string): Promise<string> {
  const from = join(root, "packages", name);
  await mkdir(out, { recursive: true });
  await using staged = await mkdtempDisposable(join(tmpdir(), `pack-${name}-`));
  const manifest = withoutTests(JSON.parse(await readFile(join(from, "package.json"), "utf8")) as Manifest);
  await compile(name, from, Object.values(manifest.exports), join(staged.path, "dist"));
  await copyOthers(join(from, "src"), join(staged.path, "dist"));
  await writeFile(join(staged.path, "package.json"), JSON.stringify(published(manifest), null, 2));
  await cp(join(from, "README.md"), join(staged.path, "README.md"));
  for (const file of ["LICENSE", "NOTICE"]) await cp(join(root, file), join(staged.path, file));
  const npm = ["pack", "--silent", "--ignore-scripts", "--pack-destination", out];
  const file =
    execFileSync("npm", npm, { cwd: staged.path, encoding: "utf8" }).trim().split("\n").at(-1) ?? "";
  return join(out, file);
}

/** Without doors that lead to helpers of tests: they need libraries that whoever installs a package does not get. */
function withoutTests(manifest: Manifest): Manifest {
  const doors = Object.entries(manifest.exports).filter(([, file]) => !isTestSide(file));
  return { ...manifest, exports: Object.fromEntries(doors) };
}

/** What is reached from the package's doors, and the programs that its part with processes starts by name. */
async function compile(name: string, from: string, doors: readonly string[], to: string): Promise<void> {
  const programs = outwardParts.filter((part) => part.startsWith(`packages/${name}/`));
  const config = join(from, "tsconfig.pack.json");
  const compilerOptions = {
    noEmit: false,
    outDir: to,
    rootDir: join(from, "src"),
    rewriteRelativeImportExtensions: true,
    allowImportingTsExtensions: false,
    declaration: true,
  };
  const include = [...doors, ...programs.map((part) => join(root, part, "*.ts"))];
  const description = {
    extends: join(root, "tsconfig.json"),
    compilerOptions,
    include,
    exclude: ["**/*.test.ts"],
  };
  await writeFile(config, JSON.stringify(description));
  try {
    execFileSync(join(root, "node_modules", ".bin", "tsc"), ["-p", config], { stdio: ["ignore", 2, 2] });
  } finally {
    await rm(config);
  }
}

/** Files that the code reads beside itself. */
async function copyOthers(from: string, to: string): Promise<void> {
  for await (const path of glob("**/*.{json,sql,wasm,xsd,cedar}", { cwd: from })) {
    if (/(^|\/)(testing|vectors|examples)\//.test(path)) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(from, path), join(to, path));
  }
}

function published(manifest: Manifest): Readonly<Record<string, unknown>> {
  const doors = Object.entries(manifest.exports).map(([door, file]) => {
    const built = file.replace("./src/", "./dist/").replace(/\.ts$/, "");
    return [door, { types: `${built}.d.ts`, default: `${built}.js` }];
  });
  const kept = Object.entries(manifest).filter(([field]) => field !== "devDependencies");
  return {
    ...Object.fromEntries(kept),
    exports: Object.fromEntries(doors) as unknown,
    files: ["dist", "NOTICE"],
  };
}
