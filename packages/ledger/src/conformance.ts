export { failingTileStore, StoreFailure, type WriteFailure } from "./tiles/failing-store.ts";
export { REFUSED_PATHS, type StoreHarness, tileStoreConformance } from "./tiles/conformance.ts";
