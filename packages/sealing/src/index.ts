export { type AgeKeyPair, generateIdentity, identityToRecipient, isRecipient } from "./age/identity.ts";
export { openStream } from "./age/open.ts";
export { openRange, openSealed, type RandomAccess, type SealedFile } from "./age/random-access.ts";
export { payloadDigest, replaceHeader, rewrap, rewrapHeader } from "./age/rewrap.ts";
export { sealedSize, sealStream } from "./age/seal.ts";
