import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const home = new URL("../", import.meta.url);

/** A WebAssembly module of this package: its entry, below `as/`, and the file that holds its bytes. */
export interface Module {
  readonly entry: string;
  readonly to: URL;
  /** What the compiler is told besides. */
  readonly options: readonly string[];
}

/** One memory, shared by the threads of a process: its largest size is all that 32 bits can say. */
const SHARED = "--enable threads --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536".split(
  " ",
);

export const modules: readonly Module[] = [
  { entry: "as/pdq/index.ts", to: new URL("src/pdq/simd/module.gen.ts", home), options: [] },
  { entry: "as/index/index.ts", to: new URL("src/near/kernel.gen.ts", home), options: SHARED },
];

/** The text of the file that holds the module's bytes. The same sources always give the same text. */
export async function buildModule({ entry, options: own }: Module): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-wasm-"));
  try {
    const out = join(folder, "module.wasm");
    const compiler = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");
    const options = ["--enable", "simd", "-O3", "--noAssert", "--runtime", "stub", "--use", "abort=", ...own];
    await promisify(execFile)(process.execPath, [compiler, entry, ...options, "--outFile", out], {
      cwd: fileURLToPath(home),
    });
    const bytes = await readFile(out);
    const lines = bytes.toString("base64").replaceAll(/.{1,120}/g, '  "$&" +\n');
    return `// Made by packages/matching/scripts/build-wasm.ts from ${entry}; ${bytes.length} bytes.\nexport const moduleBase64 =\n${lines}  "";\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
