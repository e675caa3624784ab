export { type ErasedLeaves, erasedLeavesOf } from "./erased-leaves.ts";
export {
  type LeafEvent,
  type LeafKind,
  commitTo,
  insertLeaves,
  leafBytes,
  newLeaf,
  type NewLeaf,
  recordLeaf,
  recordLeaves,
} from "./leaf.ts";
export { type AuditLog, openAuditLog } from "./log.ts";
export { type LeafProof, type OpenedLeaf, proveLeaf, proveLeafIn } from "./proof.ts";
export { logRoutes } from "./routes.ts";
export { openTileFiles } from "./tile-files.ts";
