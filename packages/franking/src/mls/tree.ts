import type { CiphersuiteImpl, GroupContext, RatchetTree } from "ts-mls";
import { verifyLeafNodeSignature } from "ts-mls/leafNode.js";
import { resolution } from "ts-mls/ratchetTree.js";
import { left, right, rootFromNodeWidth, toNodeIndex } from "ts-mls/treemath.js";
import { FrankingError } from "../error.ts";
import { guarded } from "./failure.ts";
import { checkLeaf, isSame, maxMembers } from "./profile.ts";
import type { Suite } from "./suite.ts";
import { parentHashOf, treeHashOf, type TreeHash } from "./tree-hash.ts";

// The library's own check of a received tree refuses good trees: it wants all parents above an unmerged leaf to list the same
// leaves, where RFC 9420, section 7.9.2 wants each of them to list this one.

/**
 * Checks a tree that somebody else handed over, as a joiner and the hub must (RFC 9420, section 12.4.3.1): its hash is the
 * context's, its parent hashes hold, each leaf is one of ours and signed, and no key stands twice.
 *
 * @throws FrankingError `mls.tree`, `mls.signature`, `mls.identity`, `mls.profile` or `mls.group-full`
 */
export async function checkTree(suite: Suite, tree: RatchetTree, context: GroupContext): Promise<void> {
  checkForm(tree);
  checkUnique(tree);
  const hash = treeHashOf(suite, tree);
  if (!isSame(await hash(rootFromNodeWidth(tree.length)), context.treeHash))
    throw new FrankingError(
      "mls.tree",
      "a group's context speaks of another tree than the one that came with it",
    );
  for (const [index, node] of tree.entries())
    if (node?.nodeType === "leaf") {
      const isSigned = await guarded("mls.signature", "a leaf", async () =>
        verifyLeafNodeSignature(node.leaf, context.groupId, index / 2, suite.signature),
      );
      if (!isSigned)
        throw new FrankingError("mls.signature", `the leaf ${index / 2} is not signed by its own key`);
    }
  await checkParentHashes(suite, tree, hash);
}

/** What must hold of every tree, also of one that a commit just made. */
export function checkUnique(tree: RatchetTree): void {
  const seen = new Set<string>();
  const once = (kind: string, bytes: Uint8Array): void => {
    const key = `${kind} ${bytes.join()}`;
    if (seen.has(key)) throw new FrankingError("mls.tree", `two nodes of a tree have the same ${kind}`);
    seen.add(key);
  };
  let leaves = 0;
  for (const node of tree)
    if (node?.nodeType === "parent") once("encryption key", node.parent.hpkePublicKey);
    else if (node !== undefined) {
      leaves++;
      checkLeaf(node.leaf);
      // "Verify that the following fields are unique among the members of the group: signature_key, encryption_key"
      once("encryption key", node.leaf.hpkePublicKey);
      once("signature key", node.leaf.signaturePublicKey);
      if ("identity" in node.leaf.credential) once("name", node.leaf.credential.identity);
    }
  if (leaves > maxMembers)
    throw new FrankingError("mls.group-full", `a group has at most ${maxMembers} devices`);
}

/** Leaves and parents stand where they belong, and each unmerged leaf is one below every parent that lists it. */
export function checkForm(tree: RatchetTree): void {
  for (const [index, node] of tree.entries()) {
    if (node === undefined) continue;
    if ((node.nodeType === "leaf") !== (index % 2 === 0)) throw malformed("a node is of the wrong kind");
    if (node.nodeType === "leaf") continue;
    const { unmergedLeaves } = node.parent;
    if (unmergedLeaves.some((leaf, at) => at > 0 && leaf <= (unmergedLeaves[at - 1] ?? leaf)))
      throw malformed("unmerged leaves are not in rising order");
    for (const leaf of unmergedLeaves) {
      // "verify that the entry represents a non-blank leaf node that is a descendant of the parent node"
      if (!isBelow(leaf * 2, index) || tree[leaf * 2] === undefined)
        throw malformed("an unmerged leaf is not below its parent");
      // "verify that every non-blank intermediate node between the leaf node and the parent node contains an entry"
      for (
        let at = index;
        at !== leaf * 2;
        at = leaf * 2 < at ? left(toNodeIndex(at)) : right(toNodeIndex(at))
      ) {
        const between = tree[at];
        if (between?.nodeType === "parent" && !between.parent.unmergedLeaves.includes(leaf))
          throw malformed("an unmerged leaf is missing between itself and a parent");
      }
    }
  }
}

/** "every non-blank parent node in the tree is parent-hash valid" (RFC 9420, section 7.9.2), each by exactly one descendant. */
export async function checkParentHashes(
  suite: CiphersuiteImpl,
  tree: RatchetTree,
  hash: TreeHash,
): Promise<void> {
  for (const [index, node] of tree.entries()) {
    if (node?.nodeType !== "parent") continue;
    const at = toNodeIndex(index);
    let valid = 0;
    for (const [child, sibling] of [
      [left(at), right(at)],
      [right(at), left(at)],
    ] as const) {
      const expected = await parentHashOf(suite, tree, hash, node.parent, sibling);
      const below = resolution(tree, child);
      const unmerged = node.parent.unmergedLeaves.map((leaf) => leaf * 2).filter((leaf) => isAt(leaf, child));
      for (const candidate of below) {
        const claimed = parentHashIn(tree, candidate);
        if (claimed === null || !isSame(claimed, expected)) continue;
        // "The intersection of P's unmerged_leaves with the subtree under C is equal to the resolution of C with D removed."
        const others = below.filter((one) => one !== candidate).sort((a, b) => a - b);
        if (isSame(Uint16Array.from(others), Uint16Array.from(unmerged))) valid++;
      }
    }
    if (valid !== 1)
      throw new FrankingError("mls.tree", "a parent node is not vouched for by the members below it");
  }
}

function parentHashIn(tree: RatchetTree, index: number): Uint8Array | null {
  const node = tree[index];
  if (node?.nodeType === "parent") return node.parent.parentHash;
  return node?.leaf.leafNodeSource === "commit" ? node.leaf.parentHash : null;
}

/** Whether a leaf's node stands in the subtree under a parent. */
function isBelow(leaf: number, parent: number): boolean {
  const half = span(parent);
  return leaf > parent - half && leaf < parent + half;
}

function isAt(leaf: number, node: number): boolean {
  return leaf === node || isBelow(leaf, node);
}

/** How far a subtree reaches to each side of its node (RFC 9420, appendix C): 2^level. */
function span(node: number): number {
  let half = 1;
  for (let rest = node; rest % 2 === 1; rest = (rest - 1) / 2) half *= 2;
  return half;
}

function malformed(what: string): FrankingError {
  return new FrankingError("mls.tree", `a tree is malformed: ${what}`);
}
