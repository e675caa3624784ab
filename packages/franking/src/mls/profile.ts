import type { Capabilities, ClientConfig, KeyPackage, LeafNode, Proposal } from "ts-mls";
import type { Commit } from "ts-mls";
import { extensionsSupportedByCapabilities } from "ts-mls/extension.js";
import { FrankingError } from "../error.ts";
import { authenticationService, identityOf } from "./identity.ts";
import { appDataDictionary, suiteName } from "./ids.ts";

// The part of MLS that Fairlead uses (e2ee.md 3.1): suite 1, basic credentials, Add and Remove by value inside of commits.

/** Above this, creating a group costs seconds (e2ee.md 3.2). */
export const maxMembers = 256;

/** What every leaf says it can do, and must at least say. */
export const capabilities: Capabilities = {
  versions: ["mls10"],
  ciphersuites: [suiteName],
  extensions: [appDataDictionary],
  proposals: [],
  credentials: ["basic"],
};

export const clientConfig: ClientConfig = {
  keyRetentionConfig: {
    // 200 messages of one sender may arrive in any order, and some more.
    retainKeysForGenerations: 256,
    // The hub takes messages of the current epoch and of the one before (rule R1); one more for a commit that overtook them.
    retainKeysForEpochs: 2,
    // How many messages of one sender in one epoch may never arrive. Each costs three hashes when the next one does.
    maximumForwardRatchetSteps: 1024,
  },
  // Who invites checks a lifetime, and the hub did; who joins years later sees leaves whose key packages ran out long ago.
  lifetimeConfig: { maximumTotalLifetime: 0n, validateLifetimeOnReceive: false },
  keyPackageEqualityConfig: {
    compareKeyPackages: (a, b) => isSameDevice(a.leafNode, b.leafNode),
    compareKeyPackageToLeafNode: (a, b) => isSameDevice(a.leafNode, b),
  },
  // Short texts look alike from outside.
  paddingConfig: { kind: "padUntilLength", padUntilLength: 256 },
  authService: authenticationService,
};

/**
 * Refuses a leaf that could not take part in our groups.
 *
 * @throws FrankingError `mls.profile` or `mls.identity`
 */
export function checkLeaf(leaf: LeafNode): void {
  if (identityOf(leaf.credential) === null || leaf.signaturePublicKey.length !== 32)
    throw new FrankingError(
      "mls.identity",
      "a leaf names no device of a mimi:// account with an Ed25519 key",
    );
  const can = leaf.capabilities;
  if (
    !can.versions.includes("mls10") ||
    !can.ciphersuites.includes(suiteName) ||
    !can.extensions.includes(appDataDictionary) ||
    !can.credentials.includes("basic")
  )
    throw new FrankingError("mls.profile", "a leaf lacks a capability that every member of our groups has");
  // "Verify that the extensions in the LeafNode are supported" (RFC 9420, section 7.3)
  if (!extensionsSupportedByCapabilities(leaf.extensions, can))
    throw new FrankingError("mls.profile", "a leaf has an extension that it does not say it understands");
  if (leaf.leafNodeSource === "update")
    throw new FrankingError("mls.profile", "a leaf comes from an Update, which our groups do not use");
}

/** @throws FrankingError `mls.profile` or `mls.identity` */
export function checkKeyPackage({ version, cipherSuite, leafNode }: KeyPackage): void {
  if (version !== "mls10" || cipherSuite !== suiteName)
    throw new FrankingError("mls.profile", "a key package is of another version or cipher suite than 1");
  checkLeaf(leafNode);
}

/**
 * The changes that a commit makes, if it is one of ours: Add and Remove, each by value.
 *
 * @throws FrankingError `mls.profile` for a proposal by reference or of any other kind: updates, external joins, branches,
 *   re-initialisation, pre-shared keys, another group context
 */
export function changesOf(commit: Commit): { added: readonly KeyPackage[]; removed: readonly number[] } {
  const added: KeyPackage[] = [];
  const removed: number[] = [];
  for (const one of commit.proposals) {
    if (one.proposalOrRefType !== "proposal") throw refusal("a proposal by reference");
    const { proposal } = one;
    if (isAdd(proposal)) {
      checkKeyPackage(proposal.add.keyPackage);
      added.push(proposal.add.keyPackage);
    } else if (isRemove(proposal)) removed.push(proposal.remove.removed);
    else throw refusal(`a proposal of the kind ${proposal.proposalType}`);
  }
  return { added, removed };
}

function isAdd(proposal: Proposal): proposal is Extract<Proposal, { proposalType: "add" }> {
  return proposal.proposalType === "add";
}

function isRemove(proposal: Proposal): proposal is Extract<Proposal, { proposalType: "remove" }> {
  return proposal.proposalType === "remove";
}

function refusal(what: string): FrankingError {
  return new FrankingError("mls.profile", `${what} is not for our groups: they take Add and Remove by value`);
}

function isSameDevice(a: LeafNode, b: LeafNode): boolean {
  return isSame(a.signaturePublicKey, b.signaturePublicKey) || isSameIdentity(a, b);
}

/**
 * Refuses a new leaf of a committer that is not the same device's. A device's key is what the hub's directory knows it by; a new
 * key is a new device.
 *
 * @throws FrankingError `mls.identity` or `mls.profile`
 */
export function checkSuccessor(before: LeafNode, after: LeafNode): void {
  checkLeaf(after);
  if (!isSameIdentity(before, after) || !isSame(before.signaturePublicKey, after.signaturePublicKey))
    throw new FrankingError("mls.identity", "a commit would give its sender another name or signature key");
}

function isSameIdentity(a: LeafNode, b: LeafNode): boolean {
  return (
    "identity" in a.credential &&
    "identity" in b.credential &&
    isSame(a.credential.identity, b.credential.identity)
  );
}

/** Whether two lists of numbers, byte strings among them, are equal. Not for secrets: it stops at the first difference. */
export function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
