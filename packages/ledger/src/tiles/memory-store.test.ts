import { tileStoreConformance } from "./conformance.ts";
import { memoryTileStore } from "./memory-store.ts";

tileStoreConformance("memory", async () => {
  const files = new Map<string, Uint8Array>();
  return {
    store: memoryTileStore(files),
    reopen: async () => memoryTileStore(files),
    close: async () => files.clear(),
  };
});
