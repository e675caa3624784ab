import { moduleBase64 } from "./kernel.gen.ts";

/** Memory that a kernel works in; bytes are looked at afresh after it has grown. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}

/** What `as/index` exports. Addresses and counts are unsigned, and come back signed. */
export interface Kernel {
  bind(
    slots: number,
    distinct: number,
    hashes: number,
    offsets: number,
    signatures: number,
    postings: number,
    dead: number,
    leads: number,
    follows: number,
  ): void;
  permute(at: number, count: number, table: number): void;
  buildTable(table: number, temp: number, counts: number): void;
  findTwins(stamps: number, places: number, twins: number): number;
  search(query: number, radius: number, scratch: number, out: number, most: number, budget: number): number;
  workOfLast(): number;
  countNear(query: number, radius: number, counters: number): void;
  takeNear(query: number, farthest: number, many: number, out: number): number;
  sweep(
    queries: number,
    count: number,
    radius: number,
    costs: number,
    budget: number,
    counts: number,
    order: number,
    words: number,
    queue: number,
    out: number,
    most: number,
    found: number,
    each: number,
  ): number;
  bindRecent(base: number): void;
  addRecent(entry: number, source: number): void;
  removeRecent(entry: number): void;
  searchRecent(query: number, radius: number, count: number, out: number): number;
}

/** The part of the global that the kernel needs: neither the standard's library nor Node's types declare it. */
interface WebAssemblyGlobal {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => KernelMemory;
}

/** 32 bits of address, in pages. */
const MOST_PAGES = 65_536;
const PAGE_BYTES = 65_536;

/** How a module says that it imports a memory of its own thread, or one that threads share: `limits` with a maximum. */
const OWN = 1;
const SHARED = 3;

/** Makes memories and kernels over them. */
export interface Kernels {
  /** Whether threads can share its memories. */
  readonly shared: boolean;
  /** @throws RangeError if there is no such memory to be had */
  memory(bytes: number): KernelMemory;
  /** A kernel for one thread. It touches nothing of the memory before it is called. */
  over(memory: KernelMemory): Kernel;
}

/**
 * Compiles the kernel.
 *
 * @param shared whether threads share the memories: a browser has such memory only in a page that is isolated
 * @returns null where WebAssembly cannot do this: without it, its SIMD or its threads
 */
export function loadKernels(shared: boolean): Kernels | null {
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyGlobal };
  if (WebAssembly === undefined || (shared && typeof SharedArrayBuffer === "undefined")) return null;
  let module: object;
  try {
    module = new WebAssembly.Module(withMemory(bytesOfKernel(), shared));
  } catch {
    return null;
  }
  return {
    shared,
    memory: (bytes) =>
      new WebAssembly.Memory({
        initial: Math.ceil(bytes / PAGE_BYTES),
        maximum: shared ? Math.ceil(bytes / PAGE_BYTES) : MOST_PAGES,
        shared,
      }),
    over: (memory) => new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel,
  };
}

function bytesOfKernel(): Uint8Array {
  return Uint8Array.from(atob(moduleBase64), (char) => char.charCodeAt(0));
}

/** The same code over memory of the other kind: the module differs by one byte, the flags of its only import. */
function withMemory(wasm: Uint8Array, shared: boolean): Uint8Array {
  const name = Array.from("memory", (char) => char.charCodeAt(0));
  const end = wasm.findIndex((_, at) => name.every((code, next) => wasm[at + next] === code)) + name.length;
  wasm[end + 1] = shared ? SHARED : OWN;
  return wasm;
}
