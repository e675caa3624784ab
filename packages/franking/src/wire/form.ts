import { FrankingError } from "../error.ts";

/** The bytes, or null if a value from outside has none (a number beyond its field, half a surrogate pair): then no signature fits. */
export function formOf(encode: () => Uint8Array): Uint8Array | null {
  try {
    return encode();
  } catch (cause) {
    if (cause instanceof FrankingError && cause.code === "wire.value") return null;
    throw cause;
  }
}
