import { loadKernels } from "./kernel.ts";
import { liveNearIndex, mergeHere } from "./live.ts";
import type { CreatedNearIndex } from "./near-index.ts";
import { plainNearIndex } from "./plain.ts";

/** A permutation that anybody can know. */
const KNOWN_SEED = 0x5eed_0001;

/**
 * An empty near index for one thread: in WebAssembly where there is SIMD, comparing with every hash where there is not. With
 * every 65,536 additions one of them takes as long as the merge that it brings about.
 *
 * @param seed which permutation of bits: unsigned 32 bits. Give one that others do not know where they choose hashes of the bank
 */
export function createNearIndex({ seed = KNOWN_SEED }: { readonly seed?: number } = {}): CreatedNearIndex {
  const kernels = loadKernels(false);
  return kernels === null
    ? plainNearIndex()
    : liveNearIndex(kernels, { seed, threads: 1, whenFull: mergeHere(kernels) });
}
