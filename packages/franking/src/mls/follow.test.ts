import assert from "node:assert/strict";
import { test } from "node:test";
import type { Extension, GroupInfo, PublicMessage } from "ts-mls";
import { nextEpochContext } from "ts-mls/clientState.js";
import { signGroupInfo } from "ts-mls/groupInfo.js";
import { bytes, refuses, Room } from "./conformance/room.ts";
import { openNodeMls } from "./node.ts";
import { nodeSuite } from "./node-suite.ts";
import { readState } from "./state-codec.ts";
import { readMessageOf, writeMessage } from "./wire.ts";

// A member that tells the hub something else than its group.

const suite = nodeSuite();

async function removalOfBob() {
  const room = await Room.of(await openNodeMls(), ["ann", "bob", "cleo"]);
  const ann = readState(room.state("ann"));
  const made = await room.mls.commit(room.state("ann"), { add: [], remove: [1] });
  return {
    room,
    ann,
    made,
    groupInfo: readMessageOf("mls_group_info", made.groupInfo).groupInfo,
    publicMessage: readMessageOf("mls_public_message", made.commit).publicMessage,
  };
}

const offer = (groupInfo: GroupInfo) =>
  writeMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo });
const send = (publicMessage: PublicMessage) =>
  writeMessage({ version: "mls10", wireformat: "mls_public_message", publicMessage });
const flipped = (value: Uint8Array) => value.map((byte, index) => (index === 0 ? byte ^ 1 : byte));

test("a GroupInfo that does not follow from its commit is refused, however well it is signed", async () => {
  const { room, ann, made, groupInfo } = await removalOfBob();
  const { groupContext } = groupInfo;
  const { confirmedTranscriptHash } = groupContext;
  const extra: Extension = { extensionType: "application_id", extensionData: bytes("x") };
  const lies: readonly (readonly [`mls.${string}`, Partial<GroupInfo>])[] = [
    ["mls.commit", { groupContext: { ...groupContext, epoch: 7n } }],
    ["mls.commit", { groupContext: { ...groupContext, extensions: [] } }],
    [
      "mls.commit",
      { groupContext: { ...groupContext, confirmedTranscriptHash: flipped(confirmedTranscriptHash) } },
    ],
    ["mls.commit", { confirmationTag: flipped(groupInfo.confirmationTag) }],
    ["mls.commit", { signer: 1 }],
    ["mls.group-info", { extensions: [...groupInfo.extensions, extra] }],
  ];
  for (const [code, lie] of lies) {
    const signed = await signGroupInfo({ ...groupInfo, ...lie }, ann.signaturePrivateKey, suite.signature);
    await refuses(code, () => room.mls.followCommit(room.groupInfo, made.commit, offer(signed)));
  }
  await room.mls.followCommit(room.groupInfo, made.commit, made.groupInfo);
});

test("a GroupInfo that follows from its commit has to be signed by who committed", async () => {
  const { room, made, groupInfo } = await removalOfBob();
  const unsigned = { ...groupInfo, signature: flipped(groupInfo.signature) };
  await refuses("mls.signature", () => room.mls.followCommit(room.groupInfo, made.commit, offer(unsigned)));
});

test("a commit has to be signed by the member that it names, also if all else fits", async () => {
  const { room, ann, groupInfo, publicMessage } = await removalOfBob();
  const { content } = publicMessage;
  assert.ok(content.contentType === "commit" && publicMessage.auth.contentType === "commit");
  const auth = { ...publicMessage.auth, signature: flipped(publicMessage.auth.signature) };
  const groupContext = await nextEpochContext(
    ann.groupContext,
    "mls_public_message",
    content,
    auth.signature,
    groupInfo.groupContext.treeHash,
    ann.confirmationTag,
    suite.hash,
  );
  const signed = await signGroupInfo(
    { ...groupInfo, groupContext },
    ann.signaturePrivateKey,
    suite.signature,
  );
  const unsigned = send({ ...publicMessage, auth });
  await refuses("mls.signature", () => room.mls.followCommit(room.groupInfo, unsigned, offer(signed)));
});

test("a commit is not followed for another group, nor an encrypted or unfinished thing at all", async () => {
  const { room, made, publicMessage } = await removalOfBob();
  const elsewhere = send({
    ...publicMessage,
    content: { ...publicMessage.content, groupId: new Uint8Array(16).fill(8) },
  });
  await refuses("mls.other-group", () => room.mls.followCommit(room.groupInfo, elsewhere, made.groupInfo));
  const message = await room.say("ann", "the tide is low");
  await refuses("mls.malformed", () => room.mls.followCommit(room.groupInfo, message, made.groupInfo));
  await refuses("mls.malformed", () => room.mls.followCommit(made.commit, made.commit, made.groupInfo));
});
