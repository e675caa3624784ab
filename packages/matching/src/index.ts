export { distance, HASH_BYTES, hashFromHex, hexOfHash } from "./pdq/hash.ts";
export type { PdqHash, PdqSemantics } from "./pdq/hash.ts";
export { MAX_LIMIT, MAX_RADIUS } from "./near/near-index.ts";
export type { Near, NearFound, NearIndex } from "./near/near-index.ts";
export { plainNearIndex as createNearIndex, plainNearIndex } from "./near/plain.ts";
export { KEY_BYTES } from "./exact/exact-index.ts";
export type { ExactIndex } from "./exact/exact-index.ts";
export { plainExactIndex as createExactIndex, plainExactIndex } from "./exact/plain.ts";
