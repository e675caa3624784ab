import type { ClientState } from "ts-mls/clientState.js";
import { createGroupInfoWithRatchetTree } from "ts-mls/createCommit.js";
import { ratchetTreeFromExtension, verifyGroupInfoSignature, type GroupInfo } from "ts-mls/groupInfo.js";
import { encodeRatchetTree, type RatchetTree } from "ts-mls/ratchetTree.js";
import { FrankingError } from "../error.ts";
import { agentOf } from "./agent.ts";
import type { MlsView } from "./engine.ts";
import { guarded } from "./failure.ts";
import { leafAt, membersOf } from "./members.ts";
import { suiteName } from "./ids.ts";
import { isSame } from "./profile.ts";
import type { Suite } from "./suite.ts";
import { checkTree } from "./tree.ts";
import { readMessageOf, writeMessage } from "./wire.ts";

/** What the hub reads of a group. */
export type Roster = Pick<MlsView, "groupId" | "epoch" | "members" | "agent"> & { readonly signer: number };

/** A GroupInfo with the whole ratchet tree, signed by this device, for the hub. It holds nothing that opens a message. */
export async function makeGroupInfo(suite: Suite, state: ClientState): Promise<Uint8Array> {
  const groupInfo = await createGroupInfoWithRatchetTree(
    state.groupContext,
    state.confirmationTag,
    state,
    state.ratchetTree,
    [],
    suite,
  );
  return writeMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo });
}

/**
 * Reads a GroupInfo and checks whatever can be checked from outside: the signer's signature, every leaf's signature, the tree's
 * form and parent hashes, and that the context speaks of this tree (RFC 9420, sections 12.4.3 and 7.9).
 *
 * @throws FrankingError `mls.malformed`, `mls.profile`, `mls.identity`, `mls.signature`, `mls.tree`, `mls.group-full` or `mls.group-info`
 */
export async function readGroupInfo(suite: Suite, bytes: Uint8Array): Promise<Roster> {
  const { groupInfo } = readMessageOf("mls_group_info", bytes);
  const tree = await checkGroupInfo(suite, groupInfo);
  const { groupId, epoch, extensions } = groupInfo.groupContext;
  return { groupId, epoch, members: membersOf(tree), signer: groupInfo.signer, agent: agentOf(extensions) };
}

/** @throws FrankingError as `readGroupInfo` */
export async function checkGroupInfo(suite: Suite, groupInfo: GroupInfo): Promise<RatchetTree> {
  const { groupContext, signer } = groupInfo;
  if (groupContext.version !== "mls10" || groupContext.cipherSuite !== suiteName)
    throw new FrankingError("mls.profile", "a group is of another version or cipher suite than 1");
  const tree = await treeIn(groupInfo);
  const by = leafAt(tree, signer);
  if (by === null) throw new FrankingError("mls.group-info", "a GroupInfo's signer is not in its tree");
  const isSigned = await guarded("mls.signature", "a GroupInfo", async () =>
    verifyGroupInfoSignature(groupInfo, by.signaturePublicKey, suite.signature),
  );
  if (!isSigned) throw new FrankingError("mls.signature", "a GroupInfo is not signed by its signer");
  await checkTree(suite, tree, groupContext);
  return tree;
}

/**
 * The ratchet tree that a GroupInfo carries, in the one form that there is.
 *
 * @throws FrankingError `mls.group-info`
 */
export async function treeIn(groupInfo: GroupInfo): Promise<RatchetTree> {
  const [only, ...others] = groupInfo.extensions;
  if (only?.extensionType !== "ratchet_tree" || others.length > 0)
    throw new FrankingError("mls.group-info", "a GroupInfo has the ratchet tree as its only extension");
  const tree = await guarded("mls.group-info", "a GroupInfo's tree", async () =>
    ratchetTreeFromExtension(groupInfo),
  );
  if (tree === undefined || !isSame(encodeRatchetTree(tree), only.extensionData))
    throw new FrankingError("mls.group-info", "a GroupInfo's tree is malformed");
  return tree;
}
