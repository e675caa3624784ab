import type { KeyPackage, PublicMessage, RatchetTree, UpdatePath } from "ts-mls";
import { nextEpochContext } from "ts-mls/clientState.js";
import { verifyFramedContentSignature, type FramedContentCommit } from "ts-mls/framedContent.js";
import { encodeGroupContext } from "ts-mls/groupContext.js";
import { verifyGroupInfoSignature, type GroupInfo } from "ts-mls/groupInfo.js";
import { verifyLeafNodeSignature } from "ts-mls/leafNode.js";
import { addLeafNode, encodeRatchetTree, removeLeafNode } from "ts-mls/ratchetTree.js";
import { rootFromNodeWidth, toLeafIndex } from "ts-mls/treemath.js";
import { applyUpdatePath } from "ts-mls/updatePath.js";
import { FrankingError } from "../error.ts";
import { agentOf } from "./agent.ts";
import type { MlsFollowed } from "./engine.ts";
import { guarded } from "./failure.ts";
import { treeIn } from "./group-info.ts";
import { checkSignatures } from "./key-package.ts";
import { leafAt, memberOf, membersOf } from "./members.ts";
import { changesOf, checkSuccessor, isSame } from "./profile.ts";
import type { Suite } from "./suite.ts";
import { treeHashOf } from "./tree-hash.ts";
import { checkUnique } from "./tree.ts";
import { readMessageOf } from "./wire.ts";

/**
 * Follows a commit as the hub does, without any of the group's secrets: from a GroupInfo that was checked, by the commit, to the
 * GroupInfo that came with it. Everything but the keys is computed anew, so a committer cannot show the hub another roster than
 * the group's members get: the commit is signed by a member, the changes are allowed and made, and the GroupInfo afterwards is
 * exactly what comes out (RFC 9420, sections 12.4.2 and 8.2). What stays hidden is whether the path's ciphertexts open.
 *
 * @param before a GroupInfo that `readGroupInfo` or this function passed: it is not checked again
 * @throws FrankingError `mls.malformed`, `mls.profile`, `mls.other-group`, `mls.epoch-too-old`, `mls.epoch-ahead`, `mls.signature`,
 *   `mls.identity`, `mls.tree`, `mls.group-full` or `mls.commit`
 */
export async function followCommit(
  suite: Suite,
  beforeBytes: Uint8Array,
  commitBytes: Uint8Array,
  afterBytes: Uint8Array,
): Promise<MlsFollowed> {
  const { groupInfo: before } = readMessageOf("mls_group_info", beforeBytes);
  const { publicMessage } = readMessageOf("mls_public_message", commitBytes);
  const { groupInfo: after } = readMessageOf("mls_group_info", afterBytes);
  const tree = await treeIn(before);
  const { content, leaf, confirmationTag } = await checkCommit(suite, before, tree, publicMessage);
  const sender = leafAt(tree, leaf);
  if (sender === null) throw new FrankingError("mls.commit", "a commit comes from a leaf that is blank");
  const { added, removed } = changesOf(content.commit);
  const gone = removed.map((one) => memberAt(tree, one));
  if (removed.includes(leaf) || new Set(removed).size < removed.length)
    throw new FrankingError("mls.commit", "a commit removes its own sender, or somebody twice");
  for (const keyPackage of added) await checkSignatures(suite, keyPackage);
  const changed = change(tree, removed, added);
  const { path } = content.commit;
  if (path === undefined && (removed.length > 0 || added.length === 0))
    throw new FrankingError("mls.commit", "a commit lacks the path that it has to have");
  if (path !== undefined) {
    checkSuccessor(sender, path.leafNode);
    await checkPathLeaf(suite, before, path, leaf);
  }
  const next =
    path === undefined
      ? changed
      : await guarded("mls.commit", "a commit's path", () =>
          applyUpdatePath(changed, toLeafIndex(leaf), path, suite.hash),
        );
  checkUnique(next);
  const context = await nextEpochContext(
    before.groupContext,
    "mls_public_message",
    content,
    publicMessage.auth.signature,
    await treeHashOf(suite, next)(rootFromNodeWidth(next.length)),
    before.confirmationTag,
    suite.hash,
  );
  if (
    !isSame(encodeGroupContext(context), encodeGroupContext(after.groupContext)) ||
    !isSame(encodeRatchetTree(next), encodeRatchetTree(await treeIn(after))) ||
    !isSame(confirmationTag, after.confirmationTag) ||
    after.signer !== leaf
  )
    throw new FrankingError("mls.commit", "a commit came with a GroupInfo that does not follow from it");
  const isSigned = await guarded("mls.signature", "a GroupInfo", async () =>
    verifyGroupInfoSignature(after, sender.signaturePublicKey, suite.signature),
  );
  if (!isSigned) throw new FrankingError("mls.signature", "a GroupInfo is not signed by its signer");
  const members = membersOf(next);
  const names = new Set(added.map(({ leafNode }) => leafNode.signaturePublicKey.join()));
  return {
    groupId: context.groupId,
    epoch: context.epoch,
    sender: memberOf(sender, leaf),
    added: members.filter(({ publicKey }) => names.has(publicKey.join())),
    removed: gone,
    members,
    agent: agentOf(context.extensions),
  };
}

async function checkCommit(
  suite: Suite,
  { groupContext }: GroupInfo,
  tree: RatchetTree,
  { content, auth }: PublicMessage,
): Promise<{ content: FramedContentCommit; leaf: number; confirmationTag: Uint8Array }> {
  if (!isSame(content.groupId, groupContext.groupId))
    throw new FrankingError("mls.other-group", "a commit is for another group than the GroupInfo");
  if (content.epoch !== groupContext.epoch)
    throw new FrankingError(
      content.epoch < groupContext.epoch ? "mls.epoch-too-old" : "mls.epoch-ahead",
      `a commit ends epoch ${content.epoch}; the group is at ${groupContext.epoch}`,
    );
  if (
    content.contentType !== "commit" ||
    auth.contentType !== "commit" ||
    content.sender.senderType !== "member"
  )
    throw new FrankingError("mls.profile", "only a member's commit changes our groups");
  const leaf = content.sender.leafIndex;
  const sender = leafAt(tree, leaf);
  const isSigned =
    sender !== null &&
    (await guarded("mls.signature", "a commit", async () =>
      verifyFramedContentSignature(
        sender.signaturePublicKey,
        "mls_public_message",
        content,
        auth,
        groupContext,
        suite.signature,
      ),
    ));
  if (!isSigned)
    throw new FrankingError("mls.signature", "a commit is not signed by the member that it names");
  return { content, leaf, confirmationTag: auth.confirmationTag };
}

async function checkPathLeaf(
  suite: Suite,
  { groupContext }: GroupInfo,
  path: UpdatePath,
  leaf: number,
): Promise<void> {
  const isSigned = await guarded("mls.signature", "a commit's leaf", async () =>
    verifyLeafNodeSignature(path.leafNode, groupContext.groupId, leaf, suite.signature),
  );
  if (!isSigned) throw new FrankingError("mls.signature", "a commit's new leaf is not signed by its own key");
}

/** Removes, then Adds, in the order in which they stand (RFC 9420, section 12.3). */
function change(tree: RatchetTree, removed: readonly number[], added: readonly KeyPackage[]): RatchetTree {
  let next = tree;
  for (const leaf of removed) next = removeLeafNode(next, toLeafIndex(leaf));
  for (const { leafNode } of added) [next] = addLeafNode(next, leafNode);
  return next;
}

function memberAt(tree: RatchetTree, leaf: number): ReturnType<typeof memberOf> {
  const node = leafAt(tree, leaf);
  if (node === null) throw new FrankingError("mls.commit", `a commit removes leaf ${leaf}, where nobody is`);
  return memberOf(node, leaf);
}
