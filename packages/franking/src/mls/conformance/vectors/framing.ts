import assert from "node:assert/strict";
import type { CiphersuiteImpl, FramedContent, MLSMessage } from "ts-mls";
import type { Decoder } from "ts-mls/codec/tlsDecoder.js";
import { decodeCommit, encodeCommit } from "ts-mls/commit.js";
import { verifyGroupInfoConfirmationTag, verifyGroupInfoSignature } from "ts-mls/groupInfo.js";
import { decodeGroupSecrets, encodeGroupSecrets } from "ts-mls/groupSecrets.js";
import { makeKeyPackageRef } from "ts-mls/keyPackage.js";
import {
  protectApplicationData,
  protectProposal,
  unprotectPrivateMessage,
} from "ts-mls/messageProtection.js";
import { unprotectPublicMessage } from "ts-mls/messageProtectionPublic.js";
import { decodePskId, encodePskId } from "ts-mls/presharedkey.js";
import * as proposals from "ts-mls/proposal.js";
import { decodeRatchetTree, encodeRatchetTree } from "ts-mls/ratchetTree.js";
import { createSecretTree } from "ts-mls/secretTree.js";
import { decryptGroupInfo, decryptGroupSecrets } from "ts-mls/welcome.js";
import { readMessage, readMessageOf, readWhole, writeMessage } from "../../wire.ts";
import { hex, same } from "./hex.ts";

// What goes over the wire: messages, message-protection, welcome.

const codecs: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  ratchet_tree: through(decodeRatchetTree, encodeRatchetTree),
  group_secrets: through(decodeGroupSecrets, encodeGroupSecrets),
  add_proposal: through(proposals.decodeAdd, proposals.encodeAdd),
  update_proposal: through(proposals.decodeUpdate, proposals.encodeUpdate),
  remove_proposal: through(proposals.decodeRemove, proposals.encodeRemove),
  pre_shared_key_proposal: through(decodePskId, encodePskId),
  re_init_proposal: through(proposals.decodeReinit, proposals.encodeReinit),
  external_init_proposal: through(proposals.decodeExternalInit, proposals.encodeExternalInit),
  group_context_extensions_proposal: through(
    proposals.decodeGroupContextExtensions,
    proposals.encodeGroupContextExtensions,
  ),
  commit: through(decodeCommit, encodeCommit),
};

/** Everything decodes, to its last byte, and encodes to the same bytes. */
export async function messages(one: Readonly<Record<string, string>>): Promise<void> {
  for (const [kind, digits] of Object.entries(one)) {
    const codec = codecs[kind] ?? ((bytes: Uint8Array) => writeMessage(readMessage(bytes)));
    same(codec(hex(digits)), digits);
  }
}

function through<T>(decoder: Decoder<T>, encoder: (value: T) => Uint8Array) {
  return (bytes: Uint8Array): Uint8Array => {
    const value = readWhole(decoder, bytes);
    assert.ok(value !== null);
    return encoder(value);
  };
}

type Protection = Record<
  | "group_id"
  | "tree_hash"
  | "confirmed_transcript_hash"
  | "signature_priv"
  | "signature_pub"
  | "encryption_secret"
  | "sender_data_secret"
  | "membership_key"
  | "proposal"
  | "proposal_priv"
  | "proposal_pub"
  | "commit"
  | "commit_priv"
  | "commit_pub"
  | "application"
  | "application_priv",
  string
> & { epoch: number };

const retention = { retainKeysForGenerations: 10, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 200 };

export async function messageProtection(one: Protection, suite: CiphersuiteImpl): Promise<void> {
  const context = {
    version: "mls10" as const,
    cipherSuite: suite.name,
    groupId: hex(one.group_id),
    epoch: BigInt(one.epoch),
    treeHash: hex(one.tree_hash),
    confirmedTranscriptHash: hex(one.confirmed_transcript_hash),
    extensions: [],
  };
  const [signKey, key] = [hex(one.signature_priv), hex(one.signature_pub)];
  const senderDataSecret = hex(one.sender_data_secret);
  const secretTree = () => createSecretTree(2, hex(one.encryption_secret), suite.kdf);
  const open = async (message: MLSMessage): Promise<FramedContent> => {
    if (message.wireformat === "mls_public_message") {
      const { publicMessage } = message;
      return (await unprotectPublicMessage(hex(one.membership_key), context, [], publicMessage, suite, key))
        .content;
    }
    assert.ok(message.wireformat === "mls_private_message");
    const { privateMessage } = message;
    const tree = await secretTree();
    return (
      await unprotectPrivateMessage(
        senderDataSecret,
        privateMessage,
        tree,
        [],
        context,
        retention,
        suite,
        key,
      )
    ).content.content;
  };
  for (const digits of [one.proposal_pub, one.proposal_priv]) {
    const content = await open(readMessage(hex(digits)));
    assert.ok(content.contentType === "proposal");
    same(proposals.encodeProposal(content.proposal), one.proposal);
  }
  for (const digits of [one.commit_pub, one.commit_priv]) {
    const content = await open(readMessage(hex(digits)));
    assert.ok(content.contentType === "commit");
    same(encodeCommit(content.commit), one.commit);
  }
  const application = await open(readMessage(hex(one.application_priv)));
  assert.ok(application.contentType === "application");
  same(application.applicationData, one.application);

  // "protect ... and verify that it can be unprotected": the sender is leaf 1.
  const padding = { kind: "padUntilLength", padUntilLength: 256 } as const;
  const none = new Uint8Array(0);
  const again = await protectApplicationData(
    signKey,
    senderDataSecret,
    hex(one.application),
    none,
    context,
    await secretTree(),
    1,
    padding,
    suite,
  );
  const opened = await open({
    version: "mls10",
    wireformat: "mls_private_message",
    privateMessage: again.privateMessage,
  });
  assert.ok(opened.contentType === "application");
  same(opened.applicationData, one.application);
  const proposal = readWhole(proposals.decodeProposal, hex(one.proposal));
  assert.ok(proposal !== null);
  const proposed = await protectProposal(
    signKey,
    senderDataSecret,
    proposal,
    none,
    context,
    await secretTree(),
    1,
    padding,
    suite,
  );
  const content = await open({
    version: "mls10",
    wireformat: "mls_private_message",
    privateMessage: proposed.privateMessage,
  });
  assert.ok(content.contentType === "proposal");
  same(proposals.encodeProposal(content.proposal), one.proposal);
}

export async function welcome(
  one: Record<"init_priv" | "key_package" | "signer_pub" | "welcome", string>,
  suite: CiphersuiteImpl,
): Promise<void> {
  const { keyPackage } = readMessageOf("mls_key_package", hex(one.key_package));
  const { welcome: message } = readMessageOf("mls_welcome", hex(one.welcome));
  const reference = await makeKeyPackageRef(keyPackage, suite.hash);
  const key = await suite.hpke.importPrivateKey(hex(one.init_priv));
  const secrets = await decryptGroupSecrets(key, reference, message, suite.hpke);
  assert.ok(secrets !== undefined);
  const noPsk = new Uint8Array(suite.kdf.size);
  const groupInfo = await decryptGroupInfo(message, secrets.joinerSecret, noPsk, suite);
  assert.ok(groupInfo !== undefined);
  assert.ok(await verifyGroupInfoSignature(groupInfo, hex(one.signer_pub), suite.signature));
  assert.ok(await verifyGroupInfoConfirmationTag(groupInfo, secrets.joinerSecret, noPsk, suite));
}
