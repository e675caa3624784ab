export { type AttachmentOpening, type AttachmentSecrets } from "./attachment/keys.ts";
export { attachmentRoot, openAttachment } from "./attachment/open.ts";
export {
  attachmentPart,
  attachmentsIn,
  CHUNKED_AES_256_GCM,
  openingOf,
  type SentAttachment,
} from "./attachment/part.ts";
export { type ChunkProof, openChunk, proveChunks } from "./attachment/prove.ts";
export { isCommittedFile, resealedRoot } from "./attachment/reseal.ts";
export { sealAttachment, type SealedAttachment, type SealingAttachment } from "./attachment/seal.ts";
export {
  ATTESTATION_FILE,
  ATTESTATION_MEDIA_TYPE,
  ATTESTATION_PAYLOAD_TYPE,
  LIMITS,
} from "./attestation/types.ts";
export type { Attestation, KnownLimit } from "./attestation/types.ts";
export { BUNDLE_LIMITS, decodeBundle, encodeBundle } from "./bundle/bundle.ts";
export { CATEGORIES, type Category, type CategoryMeaning, categoryOf } from "./bundle/categories.ts";
export {
  chooseWindow,
  CONTEXT_MESSAGES,
  type HeldMessage,
  type HeldOpening,
  type ReportChoice,
} from "./bundle/choose.ts";
export { BUNDLE_FILE, BUNDLE_MEDIA_TYPE, RECORDS_FILE, RECORDS_MEDIA_TYPE } from "./bundle/media-types.ts";
export { decodeRecords, encodeRecords } from "./bundle/records.ts";
export { generateVerifierKey, openAsVerifier, sealForVerifier } from "./bundle/seal.ts";
export { decodeSignedBundle, encodeSignedBundle, signBundle, verifyBundleSignature } from "./bundle/sign.ts";
export type * from "./bundle/types.ts";
export { CBOR_LIMITS, type CborLimits, decodeCbor, encodeCbor } from "./cbor/cbor.ts";
export { type ChainCode, type Linked, linkMessage } from "./client/chain.ts";
export {
  type Arrival,
  beginDelivered,
  checkDelivered,
  type ContentCode,
  type DeliveredCheck,
  type DeliveredCode,
  type DeliveredVerdict,
  type Opened,
  type Opening,
  type SeenVerdict,
} from "./client/check-delivered.ts";
export type { FrankCode, FrankedRoom } from "./client/check-frank.ts";
export { checkOwn, type OwnVerdict } from "./client/check-own.ts";
export {
  type Equivocation,
  equivocation,
  type HeadCode,
  type HeadVerdict,
  linkHeads,
} from "./client/heads.ts";
export { type Draft, type Prepared, prepareMessage } from "./client/prepare.ts";
export { signSubmit, type Submission } from "./client/sign-submit.ts";
export { attachmentCommitmentsOf, attachmentsExtension } from "./content/attachments.ts";
export { causalityExtensions, causalityOf } from "./content/causality.ts";
export {
  CONTENT_LIMIT_BYTES,
  decodeContent,
  encodeContent,
  MESSAGE_ID_BYTES,
  SALT_BYTES,
} from "./content/content.ts";
export {
  ATTACHMENTS,
  DEVICE_SEQ,
  PREVIOUS_OWN,
  ROOM_URI,
  SEEN,
  SENDER_URI,
} from "./content/extension-keys.ts";
export { addressOf } from "./content/extensions.ts";
export { messageIdOf } from "./content/message-id.ts";
export { ATTACHMENT, PLAIN_TEXT, RENDER, textPart } from "./content/text.ts";
export type * from "./content/types.ts";
export { base64urlOf, bytesOfBase64url, bytesOfHex, concatBytes, equalBytes, hexOf } from "./crypto/bytes.ts";
export type { Awaitable, FrankingCrypto } from "./crypto/crypto.ts";
export { isUnfitPoint } from "./crypto/ed25519.ts";
export { FrankingError, type FrankingErrorCode } from "./error.ts";
export {
  answerFrankAudit,
  type FrankAudit,
  type FrankAuditAnswer,
  verifyFrankAudit,
} from "./hub/audit.ts";
export { type ChainLink, GENESIS, nextHead, recordHash, signHead, verifyHead } from "./hub/chain.ts";
export {
  type Accepted,
  checkIntegrity,
  checkServerFrank,
  contextCommitment,
  type Franked,
  frankMessage,
  SUITE,
} from "./hub/frank.ts";
export { type HubKeys, hubKey, kidOf, openHubKeys } from "./hub/keys.ts";
export { checkSubmit } from "./hub/submit.ts";
export { type MerkleAccumulator, merkleAccumulator } from "./merkle/accumulator.ts";
export { leafHash } from "./merkle/hashes.ts";
export { merklePath, merkleRoot, verifyMerklePath } from "./merkle/tree.ts";
export { frankAad, tagFromAad } from "./wire/aad.ts";
export {
  decodeContext,
  decodeFrank,
  decodeFrankExt,
  decodeFrankRecord,
  encodeContext,
  encodeFrank,
  encodeFrankExt,
  encodeFrankRecord,
  encodeIntegrityTbs,
} from "./wire/frank.ts";
export { frankingTag } from "./wire/franking-tag.ts";
export {
  APPLICATION,
  COMMIT,
  type PrivateMessage,
  PROPOSAL,
  readPrivateMessage,
} from "./wire/private-message.ts";
export { readTls, type TlsReader } from "./wire/reader.ts";
export { LABELS, signWithLabel, verifyWithLabel } from "./wire/sign-with-label.ts";
export {
  decodeSignedHead,
  decodeSignedHeadTbs,
  decodeSubmitTbs,
  encodeSignedHead,
  encodeSignedHeadTbs,
  encodeSubmitTbs,
  type SignedHeadTbs,
} from "./wire/signed.ts";
export type * from "./wire/types.ts";
export { type TlsWriter, tlsWriter } from "./wire/writer.ts";
