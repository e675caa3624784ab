import { writeFile } from "node:fs/promises";
import { compileNear, generatedNear } from "./near-wasm.ts";

// node packages/matching/scripts/build-near.ts: compiles as/index into wasm/near.wasm and src/near/kernel.gen.ts.

const wasm = await compileNear();
await writeFile(new URL("../wasm/near.wasm", import.meta.url), wasm);
await writeFile(new URL("../src/near/kernel.gen.ts", import.meta.url), generatedNear(wasm));
process.stderr.write(`near.wasm: ${wasm.length} bytes\n`);
