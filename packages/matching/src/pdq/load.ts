import { openModule, openModuleNow } from "../web-assembly.ts";
import { type Pdq, plainPdq } from "./plain.ts";
import type { Kernel } from "./simd/kernel.ts";
import { moduleBase64 } from "./simd/module.gen.ts";
import { simdPdq } from "./simd/simd.ts";

/**
 * PDQ in the fastest form that this place can run, in Node or a browser: compiled where there is WebAssembly with SIMD,
 * otherwise plain. Both give the same hashes, to the bit. Each has a memory of its own; one hashes one picture at a time.
 */
export async function loadPdq(): Promise<Pdq> {
  return opened(await openModule(moduleBase64));
}

/** The same without waiting, for Node and workers; on a browser's own thread it may be plain where `loadPdq` is compiled. */
export function loadPdqNow(): Pdq {
  return opened(openModuleNow(moduleBase64));
}

function opened(exports: unknown): Pdq {
  return exports === null ? plainPdq() : simdPdq(exports as Kernel);
}
