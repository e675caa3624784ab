import type { Node, RatchetTree } from "ts-mls";
import type { ClientState } from "ts-mls/clientState.js";
import { composeBufferEncoders, encode } from "ts-mls/codec/tlsEncoder.js";
import { decodeVarLenData, varLenDataEncoder } from "ts-mls/codec/variableLength.js";
import { mapDecoders } from "ts-mls/codec/tlsDecoder.js";
import { decodeGroupContext, encodeGroupContext, groupContextEncoder } from "ts-mls/groupContext.js";
import { decodeKeySchedule, keyScheduleEncoder } from "ts-mls/keySchedule.js";
import { decodePrivateKeyPath, privateKeyPathEncoder } from "ts-mls/privateKeyPath.js";
import { decodeNode, encodeNode } from "ts-mls/ratchetTree.js";
import {
  decodeGenerationSecret,
  generationSecretEncoder,
  type SecretTree,
  type SecretTreeNode,
} from "ts-mls/secretTree.js";
import { FrankingError } from "../error.ts";
import { Reader, Writer } from "./bytes.ts";
import { clientConfig } from "./profile.ts";
import { remembered } from "./remembered.ts";
import { readWhole } from "./wire.ts";

// version (1) | removed (1) | head | trees | ratchets of the epoch | past epochs, each: its number, its secrets, its ratchets.
// A message changes one ratchet of one epoch; all the rest is remembered as bytes by the objects that it stands for, which the
// library never changes. Trees share their nodes: an epoch that ended costs what the commit changed, not a whole tree.

/** First byte of every state; another layout gets another number. */
const version = 1;

/** The library's ratchet for handshakes, which our groups never encrypt. */
const unused = { secret: new Uint8Array(0), generation: 0, unusedGenerations: {} };
const noNode: SecretTreeNode = { handshake: unused, application: unused };

const encodeRatchet = encode(generationSecretEncoder);

type Head = Pick<
  ClientState,
  "groupContext" | "keySchedule" | "privatePath" | "signaturePrivateKey" | "confirmationTag"
>;

const headEncoder = encode(
  composeBufferEncoders<
    [Head["groupContext"], Head["keySchedule"], Head["privatePath"], Uint8Array, Uint8Array]
  >([groupContextEncoder, keyScheduleEncoder, privateKeyPathEncoder, varLenDataEncoder, varLenDataEncoder]),
);
const decodeHead = mapDecoders<
  [Head["groupContext"], Head["keySchedule"], Head["privatePath"], Uint8Array, Uint8Array],
  Head
>(
  [decodeGroupContext, decodeKeySchedule, decodePrivateKeyPath, decodeVarLenData, decodeVarLenData],
  (groupContext, keySchedule, privatePath, signaturePrivateKey, confirmationTag) => ({
    groupContext,
    keySchedule,
    privatePath,
    signaturePrivateKey,
    confirmationTag,
  }),
);

const headBytes = remembered((_: Head["keySchedule"], state: ClientState) =>
  headEncoder([
    state.groupContext,
    state.keySchedule,
    state.privatePath,
    state.signaturePrivateKey,
    state.confirmationTag,
  ]),
);
const nodeBytes = remembered((node: Node) => encodeNode(node));
const ratchetBytes = remembered((node: SecretTreeNode) => encodeRatchet(node.application));
const ratchetsBytes = remembered((tree: SecretTree) => {
  const out = new Writer();
  out.number(tree.length);
  for (const [index, node] of tree.entries()) if (index % 2 === 0) out.block(ratchetBytes(node));
  return out.bytes();
});
const treesBytes = remembered((_: RatchetTree, state: ClientState) => writeTrees(state));

/** The bytes of a state. */
export function writeState(state: ClientState): Uint8Array {
  const out = new Writer();
  out.number(version);
  out.number(state.groupActiveState.kind === "active" ? 0 : 1);
  out.block(headBytes(state.keySchedule, state));
  out.block(treesBytes(state.ratchetTree, state));
  out.block(ratchetsBytes(state.secretTree));
  for (const past of state.historicalReceiverData.values()) {
    out.block(encodeGroupContext(past.groupContext));
    out.block(past.senderDataSecret);
    out.block(ratchetsBytes(past.secretTree));
  }
  return out.bytes();
}

/**
 * Reads a state. It shares nothing with `bytes`: its keys can be zeroed.
 *
 * @throws FrankingError `mls.state` if these are not the bytes of a state of this version
 */
export function readState(bytes: Uint8Array): ClientState {
  const from = new Reader(bytes.slice());
  if (from.number() !== version) throw damaged();
  const removed = from.number();
  const head = readWhole(decodeHead, from.block());
  const [ratchetTree, ...pastTrees] = readTrees(from.block());
  const secretTree = readRatchets(from.block());
  if (head === null || ratchetTree === undefined || removed > 1) throw damaged();
  const historicalReceiverData: ClientState["historicalReceiverData"] = new Map();
  for (const tree of pastTrees) {
    const groupContext = readWhole(decodeGroupContext, from.block());
    if (groupContext === null) throw damaged();
    historicalReceiverData.set(groupContext.epoch, {
      groupContext,
      ratchetTree: tree,
      senderDataSecret: from.block(),
      secretTree: readRatchets(from.block()),
      // For pre-shared keys from past epochs, which our groups do not use.
      resumptionPsk: new Uint8Array(0),
    });
  }
  if (!from.isAtEnd) throw damaged();
  return {
    ...head,
    ratchetTree,
    secretTree,
    historicalReceiverData,
    unappliedProposals: {},
    groupActiveState: removed === 1 ? { kind: "removedFromGroup" } : { kind: "active" },
    clientConfig,
  };
}

/** All nodes of all trees, each once, then each tree as their numbers from 1; 0 is a blank. */
function writeTrees({ ratchetTree, historicalReceiverData }: ClientState): Uint8Array {
  const trees = [ratchetTree, ...Array.from(historicalReceiverData.values(), (past) => past.ratchetTree)];
  const numbers = new Map<Node, number>();
  for (const node of trees.flat())
    if (node !== undefined && !numbers.has(node)) numbers.set(node, numbers.size + 1);
  const out = new Writer();
  out.number(numbers.size);
  for (const node of numbers.keys()) out.block(nodeBytes(node));
  out.number(trees.length);
  for (const tree of trees) {
    out.number(tree.length);
    for (const node of tree) out.number(node === undefined ? 0 : (numbers.get(node) ?? 0));
  }
  return out.bytes();
}

function readTrees(bytes: Uint8Array): readonly RatchetTree[] {
  const from = new Reader(bytes);
  const nodes = Array.from({ length: from.count() }, () => {
    const node = readWhole(decodeNode, from.block());
    if (node === null) throw damaged();
    return node;
  });
  const trees = Array.from({ length: from.count() }, () =>
    Array.from({ length: from.count() }, () => {
      const number = from.number();
      if (number > nodes.length) throw damaged();
      return nodes[number - 1];
    }),
  );
  if (!from.isAtEnd) throw damaged();
  return trees;
}

function readRatchets(bytes: Uint8Array): SecretTree {
  const from = new Reader(bytes);
  const tree = Array.from({ length: from.count() }, (_, index): SecretTreeNode => {
    if (index % 2 === 1) return noNode;
    const application = readWhole(decodeGenerationSecret, from.block());
    if (application === null) throw damaged();
    return { handshake: unused, application };
  });
  if (!from.isAtEnd) throw damaged();
  return tree;
}

function damaged(): FrankingError {
  return new FrankingError("mls.state", `this is no group state of version ${version}, or a damaged one`);
}
