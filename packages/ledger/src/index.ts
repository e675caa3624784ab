export { LedgerError, type LedgerErrorCode } from "./error.ts";
export { type Disagreement, fsck, type FsckProgress, type FsckResult } from "./log/fsck.ts";
export { createLog, type Log, openLog } from "./log/log.ts";
export { formatProof, parseProof, type TlogProof, verifyProof } from "./log/proof.ts";
export { type InclusionProof, type LogReader, openLogReader } from "./log/reader.ts";
export { emptyRoot, HASH_BYTES, leafHash, nodeHash } from "./merkle/hash.ts";
export { consistencyProof, inclusionProof, rootOf } from "./merkle/tree.ts";
export {
  type ConsistencyClaim,
  type InclusionClaim,
  verifyConsistency,
  verifyInclusion,
} from "./merkle/verify.ts";
export {
  addSignatures,
  type Checkpoint,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
} from "./note/checkpoint.ts";
export {
  generateKey,
  newSigner,
  newVerifier,
  type SignatureType,
  type Signer,
  type Verifier,
} from "./note/keys.ts";
export { formatNote, formatSignatureLine, type Note, type NoteSignature, parseNote } from "./note/note.ts";
export { type VerifiedSignature, verifyNote } from "./note/verify.ts";
export { decodeBundle, decodeHashTile, encodeBundle, MAX_LEAF_BYTES } from "./tiles/bundle.ts";
export { changedTiles } from "./tiles/growth.ts";
export { memoryTileStore } from "./tiles/memory-store.ts";
export {
  CHECKPOINT_PATH,
  type EntryBundle,
  type HashTile,
  parseStorePath,
  type StorePath,
  type Tile,
  TILE_WIDTH,
  tilePath,
} from "./tiles/path.ts";
export type { TileStore } from "./tiles/store.ts";
