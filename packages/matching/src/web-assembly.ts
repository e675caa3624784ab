/** What this package uses of WebAssembly, which is the same in Node and in browsers. */
interface WebAssemblyHere {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  readonly compile: (bytes: Uint8Array) => Promise<object>;
}

const here = (globalThis as unknown as { readonly WebAssembly?: WebAssemblyHere }).WebAssembly;

/** A module's exports, or null where there is no WebAssembly, or none with SIMD. */
export async function openModule(base64: string): Promise<unknown> {
  if (here === undefined) return null;
  const compiled = await here.compile(bytesOf(base64)).catch(() => null);
  return compiled === null ? null : new here.Instance(compiled).exports;
}

/** The same without waiting. Browsers allow that for large modules only in workers. */
export function openModuleNow(base64: string): unknown {
  if (here === undefined) return null;
  try {
    return new here.Instance(new here.Module(bytesOf(base64))).exports;
  } catch {
    return null;
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
