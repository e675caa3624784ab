import type { GroupInfo, RatchetTree } from "ts-mls";
import type { ClientState } from "ts-mls/clientState.js";
import { deriveKeySchedule } from "ts-mls/keySchedule.js";
import { makeKeyPackageRef, type KeyPackage, type PrivateKeyPackage } from "ts-mls/keyPackage.js";
import { encodeLeafNode } from "ts-mls/leafNode.js";
import { createSecretTree } from "ts-mls/secretTree.js";
import { leafWidth, toLeafIndex } from "ts-mls/treemath.js";
import { decryptGroupInfo, decryptGroupSecrets, type Welcome } from "ts-mls/welcome.js";
import { FrankingError } from "../error.ts";
import { agentOf } from "./agent.ts";
import { guarded } from "./failure.ts";
import { checkGroupInfo } from "./group-info.ts";
import { readSecret } from "./key-package.ts";
import { pathKeys } from "./path-keys.ts";
import { checkKeyPackage, clientConfig, isSame } from "./profile.ts";
import type { Suite } from "./suite.ts";
import { readMessageOf } from "./wire.ts";

/**
 * Enters one of our groups by its welcome.
 *
 * @throws FrankingError `mls.malformed`, `mls.key-package` if the welcome is not for this key package or the secret keys are not
 *   its, `mls.welcome`, `mls.profile` for a group that is none of ours, or what `readGroupInfo` throws
 */
export async function join(
  suite: Suite,
  welcomeBytes: Uint8Array,
  keyPackageBytes: Uint8Array,
  secretBytes: Uint8Array,
): Promise<ClientState> {
  const { welcome } = readMessageOf("mls_welcome", welcomeBytes);
  const { keyPackage } = readMessageOf("mls_key_package", keyPackageBytes);
  checkKeyPackage(keyPackage);
  const state = await enter(suite, welcome, { keyPackage, secret: readSecret(secretBytes) }, (groupInfo) =>
    checkGroupInfo(suite, groupInfo),
  );
  if (agentOf(state.groupContext.extensions) === null)
    throw new FrankingError("mls.profile", "this group names no franking agent in the way that ours do");
  return state;
}

/** A key package with the secret keys behind it. */
export interface Invited {
  readonly keyPackage: KeyPackage;
  readonly secret: PrivateKeyPackage;
}

/**
 * Enters a group by its welcome (RFC 9420, section 12.4.3.1), without pre-shared keys.
 *
 * @param admit checks the GroupInfo and gives the group's tree
 */
export async function enter(
  suite: Suite,
  welcome: Welcome,
  { keyPackage, secret }: Invited,
  admit: (groupInfo: GroupInfo) => Promise<RatchetTree>,
): Promise<ClientState> {
  if (welcome.cipherSuite !== suite.name)
    throw new FrankingError("mls.profile", "a welcome is of another cipher suite than 1");
  await checkSecret(suite, keyPackage, secret);
  const { joinerSecret, pathSecret } = await groupSecrets(suite, welcome, keyPackage, secret);
  const groupInfo = await guarded("mls.welcome", "a welcome", () =>
    decryptGroupInfo(welcome, joinerSecret, noPsk(suite), suite),
  );
  if (groupInfo === undefined) throw new FrankingError("mls.welcome", "a welcome holds no GroupInfo");
  const ratchetTree = await admit(groupInfo);
  const { groupContext, confirmationTag, signer } = groupInfo;
  // "Identify a leaf whose LeafNode is identical to the one in the KeyPackage."
  const encoded = encodeLeafNode(keyPackage.leafNode);
  const index = ratchetTree.findIndex(
    (node) => node?.nodeType === "leaf" && isSame(encodeLeafNode(node.leaf), encoded),
  );
  if (index === -1)
    throw new FrankingError("mls.welcome", "a welcome's group does not have the one that it welcomes");
  const ownLeaf = index / 2;
  const above =
    pathSecret === undefined ? {} : await pathKeys(suite, ratchetTree, { ownLeaf, signer, pathSecret });
  const [keySchedule, encryptionSecret] = await deriveKeySchedule(
    joinerSecret,
    noPsk(suite),
    groupContext,
    suite.kdf,
  );
  // "Verify the confirmation tag in the GroupInfo using the derived confirmation key"
  const { confirmedTranscriptHash } = groupContext;
  if (!(await suite.hash.verifyMac(keySchedule.confirmationKey, confirmationTag, confirmedTranscriptHash)))
    throw new FrankingError("mls.welcome", "a welcome's secrets are not those of its group");
  const secretTree = await createSecretTree(leafWidth(ratchetTree.length), encryptionSecret, suite.kdf);
  encryptionSecret.fill(0);
  joinerSecret.fill(0);
  return {
    groupContext,
    ratchetTree,
    privatePath: {
      leafIndex: toLeafIndex(ownLeaf),
      privateKeys: { ...above, [index]: secret.hpkePrivateKey },
    },
    signaturePrivateKey: secret.signaturePrivateKey,
    confirmationTag,
    unappliedProposals: {},
    keySchedule,
    secretTree,
    historicalReceiverData: new Map(),
    groupActiveState: { kind: "active" },
    clientConfig,
  };
}

async function groupSecrets(
  suite: Suite,
  welcome: Welcome,
  keyPackage: KeyPackage,
  secret: PrivateKeyPackage,
): Promise<{ joinerSecret: Uint8Array; pathSecret: Uint8Array | undefined }> {
  const reference = await makeKeyPackageRef(keyPackage, suite.hash);
  if (!welcome.secrets.some(({ newMember }) => isSame(newMember, reference)))
    throw new FrankingError("mls.key-package", "a welcome is not for this key package");
  const secrets = await guarded("mls.welcome", "a welcome", async () =>
    decryptGroupSecrets(
      await suite.hpke.importPrivateKey(secret.initPrivateKey),
      reference,
      welcome,
      suite.hpke,
    ),
  );
  if (secrets === undefined) throw new FrankingError("mls.welcome", "a welcome holds no group secrets");
  if (secrets.psks.length > 0)
    throw new FrankingError("mls.profile", "a welcome wants pre-shared keys, which our groups do not use");
  return secrets;
}

async function checkSecret(
  suite: Suite,
  { initKey, leafNode }: KeyPackage,
  secret: PrivateKeyPackage,
): Promise<void> {
  const fits = await guarded(
    "mls.key-package",
    "the secret keys of a key package",
    async () =>
      isSame(await suite.x25519PublicOf(secret.initPrivateKey), initKey) &&
      isSame(await suite.x25519PublicOf(secret.hpkePrivateKey), leafNode.hpkePublicKey),
  );
  if (!fits) throw new FrankingError("mls.key-package", "these secret keys are not those of the key package");
}

/** "If no PreSharedKey proposals, psk_secret is the all-zero vector" (RFC 9420, section 8.1). */
function noPsk(suite: Suite): Uint8Array {
  return new Uint8Array(suite.kdf.size);
}
