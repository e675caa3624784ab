import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const OPTIONS = [
  ..."--enable simd --enable threads -O3 --noAssert --runtime stub --use abort=".split(" "),
  // One memory, shared by the threads of a process: its largest size is all that 32 bits can say.
  ..."--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536".split(" "),
];

/**
 * The index's kernel, compiled from `as/index`. The same sources give the same bytes wherever this runs.
 *
 * @throws Error with what the compiler says
 */
export async function compileNear(): Promise<Uint8Array> {
  const written: Uint8Array[] = [];
  const baseDir = fileURLToPath(new URL("../as/index", import.meta.url));
  const said: string[] = [];
  const { error } = await asc.main(["index.ts", "--baseDir", baseDir, ...OPTIONS, "-o", "near.wasm"], {
    stderr: { write: (chunk: Uint8Array | string) => said.push(chunk.toString()) > 0 },
    writeFile: (_name: string, contents: Uint8Array | string) => {
      if (typeof contents !== "string") written.push(contents);
    },
  });
  const [wasm] = written;
  if (error !== null || wasm === undefined)
    throw new Error(`as/index does not compile: ${said.join("")}`, { cause: error });
  return wasm;
}

/** The module that brings these bytes to where there is no file to read, such as a browser. */
export function generatedNear(wasm: Uint8Array): string {
  return `// Made by packages/matching/scripts/build-near.ts from as/index.\nexport const nearWasm =\n  "${Buffer.from(wasm).toString("base64")}";\n`;
}
