import { readFile, writeFile } from "node:fs/promises";
import { buildModule, modules } from "./wasm-modules.ts";

// node packages/matching/scripts/build-wasm.ts [--check]: compiles the AssemblyScript in `as/` into `src/**/*.gen.ts`, which
// hold the module's bytes, so that neither Node nor a browser has to find a file. With --check nothing is written: exit code 1
// if what is there is not what the sources give.

const check = process.argv.includes("--check");
for (const module of modules) {
  const text = await buildModule(module);
  const there = await readFile(module.to, "utf8").catch(() => "");
  if (there === text) continue;
  if (check) {
    process.stderr.write(`${module.to.pathname} is not what its sources give: run build-wasm.ts\n`);
    process.exitCode = 1;
  } else await writeFile(module.to, text);
}
