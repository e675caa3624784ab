export { openForFiling } from "./filing.ts";
export { grantLook, type Look, openLook } from "./media-look.ts";
export { openForProof, type ProofOpening } from "./proof-opening.ts";
export { authenticateSender, saveAccount, type SenderAccount, senderCheck } from "./accounts.ts";
export { grantEvidence, openEvidence, type Grant, type Opening } from "./grants.ts";
export { openPolicy, type Policy, type Principal } from "./policy.ts";
export { addPerson, endSession, findSession, newSignInLink, signIn } from "./sessions.ts";
export { newToken, sameHash, tokenHash } from "./token.ts";
