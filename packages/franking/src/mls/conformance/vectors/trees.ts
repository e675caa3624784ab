import assert from "node:assert/strict";
import type { CiphersuiteImpl, RatchetTree } from "ts-mls";
import { applyUpdatePathSecret } from "ts-mls/createCommit.js";
import { deriveSecret } from "ts-mls/crypto/kdf.js";
import { verifyLeafNodeSignature } from "ts-mls/leafNode.js";
import { verifyParentHashes } from "ts-mls/parentHash.js";
import { getCommitSecret, pathToRoot } from "ts-mls/pathSecrets.js";
import { mergePrivateKeyPaths, toPrivateKeyPath, type PrivateKeyPath } from "ts-mls/privateKeyPath.js";
import { decodeProposal } from "ts-mls/proposal.js";
import {
  addLeafNode,
  decodeRatchetTree,
  encodeRatchetTree,
  getHpkePublicKey,
  removeLeafNode,
  resolution,
  updateLeafNode,
} from "ts-mls/ratchetTree.js";
import { treeHash, treeHashRoot } from "ts-mls/treeHash.js";
import * as math from "ts-mls/treemath.js";
import { applyUpdatePath, createUpdatePath, decodeUpdatePath } from "ts-mls/updatePath.js";
import { treeHashOf } from "../../tree-hash.ts";
import { checkForm, checkParentHashes } from "../../tree.ts";
import { readWhole } from "../../wire.ts";
import { hex, same } from "./hex.ts";

// Trees: tree-math, tree-operations, tree-validation, treekem. Where a check is our own, it runs beside the library's.

type Nodes = readonly (number | null)[];

export async function treeMath(one: {
  n_leaves: number;
  n_nodes: number;
  root: number;
  left: Nodes;
  right: Nodes;
  parent: Nodes;
  sibling: Nodes;
}): Promise<void> {
  assert.equal(math.nodeWidth(one.n_leaves), one.n_nodes);
  assert.equal(math.root(one.n_leaves), one.root);
  for (let index = 0; index < one.n_nodes; index++) {
    const node = math.toNodeIndex(index);
    const isRoot = index === one.root;
    assert.equal(math.isLeaf(node) ? null : math.left(node), one.left[index]);
    assert.equal(math.isLeaf(node) ? null : math.right(node), one.right[index]);
    assert.equal(isRoot ? null : math.parent(node, one.n_leaves), one.parent[index]);
    assert.equal(isRoot ? null : math.sibling(node, one.n_leaves), one.sibling[index]);
  }
}

export async function treeOperations(
  one: Record<"proposal" | "tree_before" | "tree_after" | "tree_hash_before" | "tree_hash_after", string> & {
    proposal_sender: number;
  },
  suite: CiphersuiteImpl,
): Promise<void> {
  const before = treeFrom(one.tree_before);
  same(await treeHashRoot(before, suite.hash), one.tree_hash_before);
  const proposal = readWhole(decodeProposal, hex(one.proposal));
  assert.ok(proposal !== null);
  const after = apply(before, proposal, one.proposal_sender);
  same(encodeRatchetTree(after), one.tree_after);
  same(await treeHashRoot(after, suite.hash), one.tree_hash_after);
  same(await treeHashOf(suite, after)(rootOf(after)), one.tree_hash_after);
}

function apply(
  tree: RatchetTree,
  proposal: NonNullable<ReturnType<typeof decodeProposal>>[0],
  sender: number,
): RatchetTree {
  switch (proposal.proposalType) {
    case "add":
      assert.ok("add" in proposal);
      return addLeafNode(tree, proposal.add.keyPackage.leafNode)[0];
    case "update":
      assert.ok("update" in proposal);
      return updateLeafNode(tree, proposal.update.leafNode, math.toLeafIndex(sender));
    case "remove":
      assert.ok("remove" in proposal);
      return removeLeafNode(tree, math.toLeafIndex(proposal.remove.removed));
    default:
      throw new Error(`a proposal of the kind ${proposal.proposalType} does nothing to a tree`);
  }
}

export async function treeValidation(
  one: {
    tree: string;
    group_id: string;
    tree_hashes: readonly string[];
    resolutions: readonly (readonly number[])[];
  },
  suite: CiphersuiteImpl,
): Promise<void> {
  const tree = treeFrom(one.tree);
  same(encodeRatchetTree(tree), one.tree);
  const ours = treeHashOf(suite, tree);
  for (const [index, expected] of one.tree_hashes.entries()) {
    const node = math.toNodeIndex(index);
    same(await treeHash(tree, node, suite.hash), expected);
    same(await ours(index), expected);
    assert.deepEqual(resolution(tree, node), one.resolutions[index]);
  }
  assert.ok(await verifyParentHashes(tree, suite.hash));
  checkForm(tree);
  await checkParentHashes(suite, tree, ours);
  for (const [index, node] of tree.entries())
    if (node?.nodeType === "leaf")
      assert.ok(await verifyLeafNodeSignature(node.leaf, hex(one.group_id), index / 2, suite.signature));
}

interface TreeKem {
  readonly group_id: string;
  readonly epoch: number;
  readonly confirmed_transcript_hash: string;
  readonly ratchet_tree: string;
  readonly leaves_private: readonly {
    readonly index: number;
    readonly encryption_priv: string;
    readonly signature_priv: string;
    readonly path_secrets: readonly { readonly node: number; readonly path_secret: string }[];
  }[];
  readonly update_paths: readonly {
    readonly sender: number;
    readonly update_path: string;
    readonly path_secrets: readonly (string | null)[];
    readonly commit_secret: string;
    readonly tree_hash_after: string;
  }[];
}

export async function treeKem(one: TreeKem, suite: CiphersuiteImpl): Promise<void> {
  const tree = treeFrom(one.ratchet_tree);
  const contextOf = (treeHashAfter: Uint8Array) => ({
    version: "mls10" as const,
    cipherSuite: suite.name,
    groupId: hex(one.group_id),
    epoch: BigInt(one.epoch),
    treeHash: treeHashAfter,
    confirmedTranscriptHash: hex(one.confirmed_transcript_hash),
    extensions: [],
  });
  const members = new Map<number, PrivateKeyPath>();
  for (const { index, encryption_priv, signature_priv, path_secrets } of one.leaves_private) {
    const own = tree[index * 2];
    assert.ok(own?.nodeType === "leaf");
    const text = hex(one.group_id);
    const signature = await suite.signature.sign(hex(signature_priv), text);
    assert.ok(await suite.signature.verify(own.leaf.signaturePublicKey, text, signature));
    for (const { node, path_secret } of path_secrets) {
      const pair = await suite.hpke.deriveKeyPair(await deriveSecret(hex(path_secret), "node", suite.kdf));
      const at = tree[node];
      assert.ok(at !== undefined);
      assert.deepEqual(await suite.hpke.exportPublicKey(pair.publicKey), getHpkePublicKey(at));
    }
    const secrets = Object.fromEntries(path_secrets.map(({ node, path_secret }) => [node, hex(path_secret)]));
    members.set(
      index,
      mergePrivateKeyPaths(await toPrivateKeyPath(secrets, index, suite), {
        leafIndex: index,
        privateKeys: { [index * 2]: hex(encryption_priv) },
      }),
    );
  }
  for (const { sender, update_path, path_secrets, commit_secret, tree_hash_after } of one.update_paths) {
    const path = readWhole(decodeUpdatePath, hex(update_path));
    assert.ok(path !== null);
    const leaf = math.toLeafIndex(sender);
    assert.ok(await verifyLeafNodeSignature(path.leafNode, hex(one.group_id), sender, suite.signature));
    const after = await applyUpdatePath(tree, leaf, path, suite.hash);
    same(await treeHashRoot(after, suite.hash), tree_hash_after);
    const context = contextOf(hex(tree_hash_after));
    for (const [index, keys] of members) {
      if (index === sender) continue;
      const got = await applyUpdatePathSecret(after, keys, leaf, context, path, [], suite);
      same(got.pathSecret, path_secrets[index] ?? "no secret");
      const node = math.toNodeIndex(got.nodeIndex);
      same(await getCommitSecret(after, node, got.pathSecret, suite.kdf), commit_secret);
    }
    await newPath(one, suite, tree, members, sender);
  }
}

/** A path that we make ourselves is read by everybody else as the same commit secret. */
async function newPath(
  { leaves_private, epoch, group_id, confirmed_transcript_hash }: TreeKem,
  suite: CiphersuiteImpl,
  tree: RatchetTree,
  members: ReadonlyMap<number, PrivateKeyPath>,
  sender: number,
): Promise<void> {
  const own = leaves_private.find(({ index }) => index === sender);
  assert.ok(own !== undefined);
  const leaf = math.toLeafIndex(sender);
  const context = {
    version: "mls10" as const,
    cipherSuite: suite.name,
    groupId: hex(group_id),
    // The library counts on by itself to the epoch that the path begins.
    epoch: BigInt(epoch) - 1n,
    treeHash: new Uint8Array(0),
    confirmedTranscriptHash: hex(confirmed_transcript_hash),
    extensions: [],
  };
  const [made, path, secrets] = await createUpdatePath(tree, leaf, context, hex(own.signature_priv), suite);
  const last = secrets.at(-1);
  assert.ok(last !== undefined);
  const expected = await deriveSecret(last.secret, "path", suite.kdf);
  const after = await applyUpdatePath(tree, leaf, path, suite.hash);
  assert.deepEqual(encodeRatchetTree(after), encodeRatchetTree(made));
  const next = { ...context, epoch: BigInt(epoch), treeHash: await treeHashRoot(after, suite.hash) };
  for (const [index, keys] of members) {
    if (index === sender) continue;
    const got = await applyUpdatePathSecret(after, keys, leaf, next, path, [], suite);
    const up = await pathToRoot(after, math.toNodeIndex(got.nodeIndex), got.pathSecret, suite.kdf);
    const top = up[rootOf(after)];
    assert.ok(top !== undefined);
    assert.deepEqual(await deriveSecret(top, "path", suite.kdf), expected);
  }
}

function treeFrom(digits: string): RatchetTree {
  const tree = readWhole(decodeRatchetTree, hex(digits));
  assert.ok(tree !== null);
  return tree;
}

function rootOf(tree: RatchetTree): number {
  return math.rootFromNodeWidth(tree.length);
}
