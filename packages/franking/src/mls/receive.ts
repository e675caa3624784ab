import type { PrivateMessage, PublicMessage } from "ts-mls";
import type { ClientState } from "ts-mls/clientState.js";
import { unprotectPrivateMessage } from "ts-mls/messageProtection.js";
import { unprotectPublicMessage } from "ts-mls/messageProtectionPublic.js";
import { processPublicMessage } from "ts-mls/processMessages.js";
import { emptyPskIndex } from "ts-mls/pskIndex.js";
import { FrankingError } from "../error.ts";
import { checkActive } from "./commit.ts";
import type { MlsReceived } from "./engine.ts";
import { guarded } from "./failure.ts";
import { leafAt, memberOf } from "./members.ts";
import { checkPathKeys, withPathOnly } from "./path-keys.ts";
import { changesOf, checkSuccessor, clientConfig, isSame } from "./profile.ts";
import { checkUnique } from "./tree.ts";
import { droppedSecrets } from "./state.ts";
import { readMessage } from "./wire.ts";
import type { Suite } from "./suite.ts";

type WithoutState<T> = T extends { state: unknown } ? Omit<T, "state"> : never;

/** What a message said, with the state after it and the keys that it used up: the caller zeroes them. */
export interface Taken {
  readonly said: WithoutState<MlsReceived>;
  readonly state: ClientState;
  readonly used: readonly Uint8Array[];
}

/**
 * Takes in an application message or a commit.
 *
 * @throws FrankingError `mls.malformed`, `mls.other-group`, `mls.profile` for what our groups do not use, or as below
 */
export async function receive(suite: Suite, state: ClientState, bytes: Uint8Array): Promise<Taken> {
  const message = readMessage(bytes);
  switch (message.wireformat) {
    case "mls_private_message":
      checkGroup(state, message.privateMessage.groupId);
      return receiveApplication(suite, state, message.privateMessage);
    case "mls_public_message":
      checkGroup(state, message.publicMessage.content.groupId);
      return receiveCommit(suite, state, message.publicMessage);
    case "mls_welcome":
    case "mls_group_info":
    case "mls_key_package":
      throw new FrankingError("mls.profile", `an ${message.wireformat} is no message to a group`);
  }
}

/** @throws FrankingError `mls.epoch-too-old`, `mls.epoch-ahead`, `mls.replayed`, `mls.too-far-ahead`, `mls.signature`, `mls.undecryptable` */
async function receiveApplication(suite: Suite, state: ClientState, message: PrivateMessage): Promise<Taken> {
  if (message.contentType !== "application")
    throw new FrankingError("mls.profile", `an encrypted ${message.contentType} is not for our groups`);
  const { epoch } = message;
  const keys = keysOf(state, epoch);
  const opened = await guarded("mls.undecryptable", "a message", () =>
    unprotectPrivateMessage(
      keys.senderDataSecret,
      message,
      keys.secretTree,
      keys.ratchetTree,
      keys.groupContext,
      clientConfig.keyRetentionConfig,
      suite,
    ),
  );
  const { content } = opened.content;
  const leaf = content.sender.senderType === "member" ? content.sender.leafIndex : -1;
  const node = leafAt(keys.ratchetTree, leaf);
  if (node === null || content.contentType !== "application")
    throw new FrankingError("mls.undecryptable", "a message comes from a leaf that is blank");
  return {
    said: {
      kind: "application",
      plaintext: content.applicationData.slice(),
      authenticatedData: content.authenticatedData,
      sender: memberOf(node, leaf),
      epoch,
    },
    state: keys.with(opened.tree),
    used: opened.consumed,
  };
}

/** The keys of an epoch that a message may still come from, and how a state looks after some were used. */
function keysOf(state: ClientState, epoch: bigint) {
  const { groupContext, ratchetTree, secretTree, keySchedule, historicalReceiverData } = state;
  if (epoch > groupContext.epoch) checkActive(state);
  if (epoch > groupContext.epoch)
    throw new FrankingError(
      "mls.epoch-ahead",
      `a message of epoch ${epoch} came before the commit that begins it`,
    );
  if (epoch === groupContext.epoch)
    return {
      senderDataSecret: keySchedule.senderDataSecret,
      groupContext,
      ratchetTree,
      secretTree,
      with: (tree: typeof secretTree): ClientState => ({ ...state, secretTree: tree }),
    };
  const past = historicalReceiverData.get(epoch);
  if (past === undefined)
    throw new FrankingError("mls.epoch-too-old", `the keys of epoch ${epoch} are gone or were never here`);
  return {
    ...past,
    with: (tree: typeof secretTree): ClientState => ({
      ...state,
      historicalReceiverData: new Map(historicalReceiverData).set(epoch, { ...past, secretTree: tree }),
    }),
  };
}

/** @throws FrankingError `mls.profile`, `mls.epoch-too-old`, `mls.epoch-ahead`, `mls.own-commit`, `mls.identity`, `mls.signature`, `mls.commit` */
async function receiveCommit(suite: Suite, state: ClientState, message: PublicMessage): Promise<Taken> {
  checkActive(state);
  const { content } = message;
  if (content.contentType !== "commit" || content.sender.senderType !== "member")
    throw new FrankingError("mls.profile", "only a member's commit changes our groups");
  const { epoch } = state.groupContext;
  if (content.epoch !== epoch)
    throw new FrankingError(
      content.epoch < epoch ? "mls.epoch-too-old" : "mls.epoch-ahead",
      `this commit ends epoch ${content.epoch}; the group is at ${epoch}`,
    );
  const { leafIndex } = content.sender;
  if (leafIndex === state.privatePath.leafIndex)
    throw new FrankingError(
      "mls.own-commit",
      "this is our own commit: its state came when it was made, and counts now",
    );
  const { removed } = changesOf(content.commit);
  const before = leafAt(state.ratchetTree, leafIndex);
  if (before === null) throw new FrankingError("mls.commit", "a commit comes from a leaf that is blank");
  if (content.commit.path !== undefined) checkSuccessor(before, content.commit.path.leafNode);
  const sender = memberOf(before, leafIndex);
  if (removed.includes(state.privatePath.leafIndex)) {
    await guarded("mls.commit", "a commit", () =>
      unprotectPublicMessage(
        state.keySchedule.membershipKey,
        state.groupContext,
        state.ratchetTree,
        message,
        suite,
      ),
    );
    return {
      said: { kind: "commit", sender, removedUs: true },
      // All else stays as it was: what was said before the commit may still come, and can be read.
      state: { ...state, groupActiveState: { kind: "removedFromGroup" } },
      used: [],
    };
  }
  const { newState, consumed } = await guarded("mls.commit", "a commit", () =>
    processPublicMessage(state, message, emptyPskIndex, suite),
  );
  checkUnique(newState.ratchetTree);
  const after = withPathOnly(newState);
  await checkPathKeys(suite, after.ratchetTree, after.privatePath.privateKeys);
  return {
    said: { kind: "commit", sender, removedUs: false },
    state: after,
    used: [...consumed, ...droppedSecrets(state, after)],
  };
}

function checkGroup(state: ClientState, groupId: Uint8Array): void {
  if (!isSame(groupId, state.groupContext.groupId))
    throw new FrankingError("mls.other-group", "this message is for another group");
}
