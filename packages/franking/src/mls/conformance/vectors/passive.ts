import assert from "node:assert/strict";
import type { CiphersuiteImpl, PrivateKeyPackage, RatchetTree } from "ts-mls";
import { defaultClientConfig } from "ts-mls/clientConfig.js";
import { joinGroup, makePskIndex, type ClientState } from "ts-mls/clientState.js";
import { ratchetTreeFromExtension } from "ts-mls/groupInfo.js";
import { acceptAll } from "ts-mls/incomingMessageAction.js";
import { processPrivateMessage, processPublicMessage } from "ts-mls/processMessages.js";
import { decodeRatchetTree } from "ts-mls/ratchetTree.js";
import { rootFromNodeWidth } from "ts-mls/treemath.js";
import { bytesToBase64 } from "ts-mls/util/byteArray.js";
import { enter } from "../../join.ts";
import { nodeSuite } from "../../node-suite.ts";
import { treeHashOf } from "../../tree-hash.ts";
import { checkForm, checkParentHashes } from "../../tree.ts";
import { readMessage, readMessageOf, readWhole } from "../../wire.ts";
import { hex, same } from "./hex.ts";

// A member that only listens: passive-client-welcome, passive-client-handling-commit, passive-client-random.

interface Passive
  extends Record<
    | "key_package"
    | "signature_priv"
    | "encryption_priv"
    | "init_priv"
    | "welcome"
    | "initial_epoch_authenticator",
    string
  > {
  readonly cipher_suite: number;
  readonly external_psks: readonly { readonly psk_id: string; readonly psk: string }[];
  readonly ratchet_tree: string | null;
  readonly epochs: readonly {
    readonly proposals: readonly string[];
    readonly commit: string;
    readonly epoch_authenticator: string;
  }[];
}

export async function passiveClient(one: Passive, suite: CiphersuiteImpl): Promise<void> {
  const psks = Object.fromEntries(
    one.external_psks.map(({ psk_id, psk }) => [bytesToBase64(hex(psk_id)), hex(psk)]),
  );
  const { keyPackage } = readMessageOf("mls_key_package", hex(one.key_package));
  const tree =
    one.ratchet_tree === null
      ? undefined
      : (readWhole(decodeRatchetTree, hex(one.ratchet_tree)) ?? undefined);
  let state = await joinGroup(
    readMessageOf("mls_welcome", hex(one.welcome)).welcome,
    keyPackage,
    secretOf(one),
    makePskIndex(undefined, psks),
    suite,
    tree,
  );
  same(state.keySchedule.epochAuthenticator, one.initial_epoch_authenticator);
  if (one.cipher_suite === 1 && one.external_psks.length === 0) state = await ourWay(one, tree);
  for (const { proposals, commit, epoch_authenticator } of one.epochs) {
    for (const message of [...proposals, commit]) state = await take(state, hex(message), psks, suite);
    same(state.keySchedule.epochAuthenticator, epoch_authenticator);
  }
}

/** The same by our own way in, which the library's later steps must accept as their own. */
async function ourWay(one: Passive, tree: RatchetTree | undefined): Promise<ClientState> {
  const suite = nodeSuite();
  const { keyPackage } = readMessageOf("mls_key_package", hex(one.key_package));
  const { welcome } = readMessageOf("mls_welcome", hex(one.welcome));
  const state = await enter(suite, welcome, { keyPackage, secret: secretOf(one) }, async (groupInfo) => {
    const own = tree ?? ratchetTreeFromExtension(groupInfo);
    assert.ok(own !== undefined);
    checkForm(own);
    const hash = treeHashOf(suite, own);
    assert.deepEqual(await hash(rootFromNodeWidth(own.length)), groupInfo.groupContext.treeHash);
    await checkParentHashes(suite, own, hash);
    return own;
  });
  same(state.keySchedule.epochAuthenticator, one.initial_epoch_authenticator);
  // The vectors' people have other credentials than ours.
  return { ...state, clientConfig: defaultClientConfig };
}

function secretOf(one: Passive): PrivateKeyPackage {
  return {
    initPrivateKey: hex(one.init_priv),
    hpkePrivateKey: hex(one.encryption_priv),
    signaturePrivateKey: hex(one.signature_priv),
  };
}

async function take(
  state: ClientState,
  bytes: Uint8Array,
  psks: Record<string, Uint8Array>,
  suite: CiphersuiteImpl,
): Promise<ClientState> {
  const message = readMessage(bytes);
  const index = makePskIndex(state, psks);
  if (message.wireformat === "mls_public_message")
    return (await processPublicMessage(state, message.publicMessage, index, suite, acceptAll)).newState;
  assert.ok(message.wireformat === "mls_private_message");
  return (await processPrivateMessage(state, message.privateMessage, index, suite, acceptAll)).newState;
}
