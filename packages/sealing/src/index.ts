export { checkAddressed } from "./age/addressed.ts";
export {
  type AgeIdentity,
  type AgeKeyPair,
  type AgeRecipient,
  generateIdentity,
  type IdentityKey,
  identityToRecipient,
  isRecipient,
  parseIdentity,
  parseRecipient,
  type RecipientKey,
} from "./age/identity.ts";
export { openStream } from "./age/open.ts";
export { openRange, openSealed, type RandomAccess, type SealedFile } from "./age/random-access.ts";
export { digestingPayload, payloadDigest, replaceHeader, rewrap, rewrapHeader } from "./age/rewrap.ts";
export { sealDigesting, sealedSize, sealStream } from "./age/seal.ts";
export { type Digest, digesting, type Digesting, digestOf, type DigestWithMd5 } from "./bytes/digest.ts";
export {
  decodeEnvelope,
  encodeEnvelope,
  type Envelope,
  envelopeSchema,
  parseEnvelope,
} from "./dsse/envelope.ts";
export {
  formatVerifyingKey,
  generateSigningKey,
  type KeyId,
  parseVerifyingKey,
  type Signer,
  type SigningKey,
  signingKeyFromPem,
  type VerifyingKey,
} from "./dsse/keys.ts";
export { preAuthenticationEncoding } from "./dsse/pae.ts";
export { signEnvelope } from "./dsse/sign.ts";
export { type VerifiedEnvelope, verifyEnvelope } from "./dsse/verify.ts";
export { SealingError, type SealingErrorCode } from "./errors.ts";
export {
  checkCustody,
  type Custody,
  type CustodyFinding,
  custodyType,
  signCustody,
} from "./package/custody.ts";
export { DEFAULT_LIMITS, type PackageLimits } from "./package/limits.ts";
export {
  evidenceEntryName,
  type Manifest,
  type ManifestEvidence,
  type ManifestReport,
  manifestSchema,
  manifestType,
  type PackagePart,
  partsOf,
  reportEntryName,
} from "./package/manifest.ts";
export { measureSealed, type SealedMeasures } from "./package/measure.ts";
export { openPackage, type OpenOptions, type PackageSink } from "./package/open.ts";
export {
  type PackageHandlers,
  readPackage,
  type ReadOptions,
  type Receiver,
  type VerifiedManifest,
} from "./package/read.ts";
export {
  type ExpectedReceipt,
  type PackageReceipt,
  receiptType,
  signReceipt,
  verifyReceipt,
} from "./package/receipt.ts";
export {
  type Check,
  type CheckName,
  type PackageVerdict,
  type Verdict,
  verifyPackage,
  type VerifyOptions,
} from "./package/verify.ts";
export { manifestIn, packageSize, signManifest, writePackage } from "./package/write.ts";
export {
  instantSchema,
  type Peer,
  type Speaker,
  speakerSchema,
  verifyByStation,
} from "./statement/by-station.ts";
export {
  type ErasureCertificate,
  erasureCertificateType,
  signErasureCertificate,
  verifyErasureCertificate,
} from "./statement/erasure-certificate.ts";
export {
  digestOfFiles,
  type ReportReceipt,
  reportReceiptType,
  signReportReceipt,
  verifyReportReceipt,
} from "./statement/report-receipt.ts";
export {
  payloadTypeOf,
  signStatement,
  type StatementType,
  type VerifiedStatement,
  verifyStatement,
} from "./statement/statement.ts";
