export { distance, HASH_BYTES, hashFromHex, hexOfHash } from "./pdq/hash.ts";
export type { PdqHash, PdqSemantics } from "./pdq/hash.ts";
