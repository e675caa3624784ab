import type { LeafNode, RatchetTree } from "ts-mls";
import { FrankingError } from "../error.ts";
import type { MlsMember } from "./engine.ts";
import { identityOf } from "./identity.ts";

/**
 * Everyone in a tree, by leaf.
 *
 * @throws FrankingError `mls.identity` if a leaf's credential is none of ours
 */
export function membersOf(tree: RatchetTree): readonly MlsMember[] {
  return tree.flatMap((node, index) => (node?.nodeType === "leaf" ? [memberOf(node.leaf, index / 2)] : []));
}

/**
 * @param leaf the leaf's index, which is half of its node's (RFC 9420, appendix C)
 * @throws FrankingError `mls.identity` if the credential is none of ours
 */
export function memberOf(node: LeafNode, leaf: number): MlsMember {
  const identity = identityOf(node.credential);
  if (identity === null)
    throw new FrankingError(
      "mls.identity",
      `the credential at leaf ${leaf} names no device of a mimi:// account`,
    );
  return { leaf, ...identity, publicKey: node.signaturePublicKey.slice() };
}

/** The leaf's node; null if the leaf is blank or outside of the tree. */
export function leafAt(tree: RatchetTree, leaf: number): LeafNode | null {
  const node = tree[leaf * 2];
  return node?.nodeType === "leaf" ? node.leaf : null;
}
