import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtempDisposable, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { root } from "./house.ts";

const run = promisify(execFile);

/** Makes packages and unpacks them as npm would, with the libraries that they declare and no others. */
async function installed(folder: string, names: readonly string[]): Promise<void> {
  const made = join(folder, "made");
  const { stdout } = await run(process.execPath, [join(root, "tools/pack.ts"), ...names, "--out", made]);
  const modules = join(folder, "node_modules");
  for (const [at, file] of stdout.trim().split("\n").entries()) {
    const home = join(modules, "@fairlead", names[at] ?? "");
    await mkdir(home, { recursive: true });
    await run("tar", ["-xzf", file, "-C", home, "--strip-components=1"]);
    const { dependencies = {} } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as {
      dependencies?: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies).filter((name) => !name.startsWith("@fairlead/"))) {
      await mkdir(dirname(join(modules, name)), { recursive: true });
      const own = join(root, "packages", names[at] ?? "", "node_modules", name);
      const library = existsSync(own) ? own : join(root, "node_modules", name);
      await symlink(library, join(modules, name)).catch(() => undefined);
    }
  }
  await writeFile(join(folder, "package.json"), `{"type":"module"}`);
}

async function printed(folder: string, code: string): Promise<string> {
  const file = join(folder, "example.ts");
  await writeFile(file, code);
  return (await run(process.execPath, [file], { cwd: folder })).stdout;
}

test("what is packed is code and types, without tests, and a stranger can use every door of it", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "packed-"));
  await installed(folder.path, ["report", "cybertipline", "franking", "matching"]);
  const home = join(folder.path, "node_modules", "@fairlead");
  for (const name of await readdir(home)) {
    const files = await readdir(join(home, name), { recursive: true });
    assert.deepEqual(
      files.filter((file) => /\.test\.|(?<!\.d)\.ts$|testing/.test(file)),
      [],
    );
    const { exports } = JSON.parse(await readFile(join(home, name, "package.json"), "utf8")) as {
      exports: Readonly<Record<string, unknown>>;
    };
    const doors = Object.keys(exports).map((door) => `@fairlead/${name}${door.slice(1)}`);
    const code = doors
      .map((door) => `console.log(Object.keys(await import("${door}")).length > 0);\n`)
      .join("");
    assert.equal(await printed(folder.path, code), "true\n".repeat(doors.length), name);
  }
});

test("the programs that a package starts by name are found where it was installed", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "packed-"));
  await installed(folder.path, ["matching"]);
  const picture = join(root, "packages/matching/data/pdq/images/misc-images-small.jpg");
  const code = `import { readFile } from "node:fs/promises";
import { openPictureHasher } from "@fairlead/matching/node";
const pictures = await openPictureHasher();
console.log(JSON.stringify(await pictures.hash(await readFile(${JSON.stringify(picture)}))));
pictures.close();
`;
  const answer = JSON.parse(await printed(folder.path, code)) as { kind: string; hashed: unknown[] };
  assert.equal(answer.kind, "picture", JSON.stringify(answer));
  assert.equal(answer.hashed.length, 1);
});
