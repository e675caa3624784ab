import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { GroupInfo, ParentNode, RatchetTree } from "ts-mls";
import { signGroupInfo } from "ts-mls/groupInfo.js";
import { encodeRatchetTree } from "ts-mls/ratchetTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { refuses, Room } from "./conformance/room.ts";
import { openNodeMls } from "./node.ts";
import { nodeSuite } from "./node-suite.ts";
import { readState } from "./state-codec.ts";
import { readMessageOf, writeMessage } from "./wire.ts";

// Trees that a member made up, each in a GroupInfo that it signed and whose context speaks of just this tree.

const suite = nodeSuite();
let room: Room;

// p0 to p7 with p1 and p5 gone and two more in their places: parents 3 and 7 (the root) list leaf 1, the root lists leaf 5 as well.
before(async () => {
  const people = Array.from({ length: 8 }, (_, index) => `p${index}`);
  room = await Room.of(await openNodeMls(), people);
  await room.remove("p0", ["p1"]);
  await room.remove("p0", ["p5"]);
  await room.add("p0", ["p8", "p9"]);
});

async function offered(change: (tree: RatchetTree) => RatchetTree): Promise<Uint8Array> {
  const { groupContext, confirmationTag, ratchetTree, signaturePrivateKey } = readState(room.state("p0"));
  const tree = change(ratchetTree.slice());
  const groupInfo = await signGroupInfo(
    {
      groupContext: { ...groupContext, treeHash: await treeHashRoot(tree, suite.hash) },
      extensions: [{ extensionType: "ratchet_tree", extensionData: encodeRatchetTree(tree) }],
      confirmationTag,
      signer: 0,
    },
    signaturePrivateKey,
    suite.signature,
  );
  return writeMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo });
}

function parentAt(tree: RatchetTree, index: number): ParentNode {
  const node = tree[index];
  assert.ok(node?.nodeType === "parent");
  return node.parent;
}

function withParent(tree: RatchetTree, index: number, change: Partial<ParentNode>): RatchetTree {
  return tree.with(index, { nodeType: "parent", parent: { ...parentAt(tree, index), ...change } });
}

test("a GroupInfo speaks of its own tree, and only its signer speaks so", async () => {
  const { groupInfo } = readMessageOf("mls_group_info", room.groupInfo);
  const { signaturePrivateKey } = readState(room.state("p0"));
  const treeHash = groupInfo.groupContext.treeHash.map((byte) => byte ^ 1);
  const lie = { ...groupInfo, groupContext: { ...groupInfo.groupContext, treeHash } };
  const signed = await signGroupInfo(lie, signaturePrivateKey, suite.signature);
  const [only] = groupInfo.extensions;
  assert.ok(only !== undefined);
  // The tree's length in two bytes, and the same in four.
  const [high = 0, low = 0, ...rest] = only.extensionData;
  assert.equal(high >> 6, 1);
  const extensionData = Uint8Array.of(0x80, 0, high & 0x3f, low, ...rest);
  const longer = await signGroupInfo(
    { ...groupInfo, extensions: [{ ...only, extensionData }] },
    signaturePrivateKey,
    suite.signature,
  );
  const lies: readonly (readonly [`mls.${string}`, GroupInfo])[] = [
    ["mls.tree", signed],
    ["mls.group-info", longer],
    ["mls.signature", { ...groupInfo, signer: 2 }],
    ["mls.group-info", { ...groupInfo, signer: 40 }],
    ["mls.group-info", { ...groupInfo, extensions: [] }],
  ];
  for (const [code, wrong] of lies)
    await refuses(code, () =>
      room.mls.readGroupInfo(
        writeMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo: wrong }),
      ),
    );
});

test("the tree itself is accepted", async () => {
  const { members } = await room.mls.readGroupInfo(await offered((tree) => tree));
  assert.equal(members.length, 8);
  const { ratchetTree } = readState(room.state("p0"));
  assert.deepEqual(parentAt(ratchetTree, 3).unmergedLeaves, [1]);
  assert.deepEqual(parentAt(ratchetTree, 7).unmergedLeaves, [1, 5]);
});

test("parents that no member vouches for are refused", async () => {
  const key = new Uint8Array(32).fill(1);
  for (const index of [3, 7])
    for (const change of [{ hpkePublicKey: key }, { parentHash: key }])
      await refuses("mls.tree", async () =>
        room.mls.readGroupInfo(await offered((tree) => withParent(tree, index, change))),
      );
});

test("a parent that was put where there was none is refused", async () => {
  const parent = {
    hpkePublicKey: new Uint8Array(32).fill(1),
    parentHash: new Uint8Array(0),
    unmergedLeaves: [],
  };
  await refuses("mls.tree", async () =>
    room.mls.readGroupInfo(
      await offered((tree) => {
        assert.equal(tree[11], undefined);
        return tree.with(11, { nodeType: "parent", parent });
      }),
    ),
  );
});

test("unmerged leaves that are not below their parent, out of order, blank, or missing in between are refused", async () => {
  for (const [index, unmergedLeaves] of [
    [3, [1, 5]],
    [7, [5, 1]],
    [7, [1, 1, 5]],
    [3, []],
    [7, []],
    [7, [5]],
    [7, [1, 5, 200]],
  ] as const)
    await refuses("mls.tree", async () =>
      room.mls.readGroupInfo(
        await offered((tree) => withParent(tree, index, { unmergedLeaves: [...unmergedLeaves] })),
      ),
    );
});

test("a leaf that its device did not sign is refused", async () => {
  for (const index of [0, 2, 8]) {
    await refuses("mls.signature", async () =>
      room.mls.readGroupInfo(
        await offered((tree) => {
          const node = tree[index];
          assert.ok(node?.nodeType === "leaf");
          const leaf = { ...node.leaf, hpkePublicKey: new Uint8Array(32).fill(index + 1) };
          return tree.with(index, { nodeType: "leaf", leaf });
        }),
      ),
    );
  }
});

test("nodes of the wrong kind, and one leaf in two places, are refused", async () => {
  await refuses("mls.tree", async () => {
    const { ratchetTree } = readState(room.state("p0"));
    // The library cannot hash such a tree: the check comes before the hash.
    const tree = ratchetTree.with(3, ratchetTree[0]);
    const { checkForm } = await import("./tree.ts");
    checkForm(tree);
  });
  await refuses("mls.tree", async () =>
    room.mls.readGroupInfo(await offered((tree) => tree.with(4, tree[6]))),
  );
});
