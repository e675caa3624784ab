export { COME_BACK_SECONDS, type DiskTrouble, diskTrouble } from "./disk-trouble.ts";
export { openFileStore } from "./file-store.ts";
export { type Digests, measuring } from "./hashing.ts";
export type { ObjectStore } from "./object-store.ts";
export { sweepOrphans } from "./sweep.ts";
export { openVault, recordObjects, recordObjectsOf, type Vault, type VaultObject } from "./vault.ts";
