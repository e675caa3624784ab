import type { CiphersuiteImpl, RatchetTree } from "ts-mls";
import { encode } from "ts-mls/codec/tlsEncoder.js";
import { encodeParentHashInput } from "ts-mls/parentHash.js";
import type { ParentNode } from "ts-mls/parentNode.js";
import { removeLeaves } from "ts-mls/ratchetTree.js";
import { leafNodeHashInputEncoder, parentNodeHashInputEncoder } from "ts-mls/treeHash.js";
import { left, right, toLeafIndex, toNodeIndex } from "ts-mls/treemath.js";

const leafInput = encode(leafNodeHashInputEncoder);
const parentInput = encode(parentNodeHashInputEncoder);

/** Tree hashes (RFC 9420, section 7.8) of one tree, each node's computed once. */
export type TreeHash = (node: number) => Promise<Uint8Array>;

export function treeHashOf(suite: CiphersuiteImpl, tree: RatchetTree): TreeHash {
  const known = new Map<number, Promise<Uint8Array>>();
  const hash = (node: number): Promise<Uint8Array> => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const now = node % 2 === 0 ? leafHash(node) : parentHash(node);
    known.set(node, now);
    return now;
  };
  const leafHash = (node: number): Promise<Uint8Array> => {
    const at = tree[node];
    return suite.hash.digest(
      leafInput({
        nodeType: "leaf",
        leafIndex: toLeafIndex(node / 2),
        leafNode: at?.nodeType === "leaf" ? at.leaf : undefined,
      }),
    );
  };
  const parentHash = async (node: number): Promise<Uint8Array> => {
    const at = tree[node];
    return suite.hash.digest(
      parentInput({
        nodeType: "parent",
        parentNode: at?.nodeType === "parent" ? at.parent : undefined,
        leftHash: await hash(left(toNodeIndex(node))),
        rightHash: await hash(right(toNodeIndex(node))),
      }),
    );
  };
  return hash;
}

/**
 * The parent hash of a parent node with one of its children as the sibling (RFC 9420, section 7.9).
 *
 * @param sibling the node of the child on the other side
 */
export async function parentHashOf(
  suite: CiphersuiteImpl,
  tree: RatchetTree,
  hash: TreeHash,
  { hpkePublicKey, parentHash, unmergedLeaves }: ParentNode,
  sibling: number,
): Promise<Uint8Array> {
  // "original_sibling_tree_hash": the sibling's hash as it was before the unmerged leaves came.
  const original =
    unmergedLeaves.length === 0
      ? hash
      : treeHashOf(suite, removeLeaves(tree, unmergedLeaves.map(toLeafIndex)));
  return suite.hash.digest(
    encodeParentHashInput({
      encryptionKey: hpkePublicKey,
      parentHash,
      originalSiblingTreeHash: await original(sibling),
    }),
  );
}
