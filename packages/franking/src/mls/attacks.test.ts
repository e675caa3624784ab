import assert from "node:assert/strict";
import { test } from "node:test";
import type { MLSMessage, Proposal } from "ts-mls";
import {
  createCommit,
  createGroupInfoWithExternalPubAndRatchetTree,
  joinGroupExternal,
} from "ts-mls/createCommit.js";
import { createProposal } from "ts-mls/createMessage.js";
import { protectApplicationData } from "ts-mls/messageProtection.js";
import { groupExtensions } from "./agent.ts";
import { aad, bytes, device, groupId, refuses, Room } from "./conformance/room.ts";
import { credentialOf } from "./identity.ts";
import { makeKeyPackage, writeKeyPackage, writeSecret } from "./key-package.ts";
import { openNodeMls } from "./node.ts";
import { nodeSuite } from "./node-suite.ts";
import { clientConfig } from "./profile.ts";
import { readState } from "./state-codec.ts";
import { readMessageOf, writeMessage } from "./wire.ts";

// A member who has the library and our source, and means harm.

const suite = nodeSuite();
const asPublic = { wireAsPublicMessage: true, ratchetTreeExtension: true };

/** A room of three, and Ann's own state as the library has it, with a config that lets everything through. */
async function roomOfThree() {
  const room = await Room.of(await openNodeMls(), ["ann", "bob", "cleo"]);
  const ann = {
    ...readState(room.state("ann")),
    clientConfig: { ...clientConfig, authService: { validateCredential: async () => true } },
  };
  return { room, ann };
}

/** Whoever listens refuses it with this code, and goes on as if it had never come. */
async function isRefused(room: Room, code: `mls.${string}`, message: MLSMessage): Promise<void> {
  await refuses(code, () => room.mls.receive(room.state("bob"), writeMessage(message)));
  await room.talk();
}

test("no commit is taken that does more than add and remove", async () => {
  const { room, ann } = await roomOfThree();
  const other = groupExtensions({ publicKey: new Uint8Array(32).fill(1), domain: "other.example" });
  const pskNonce = new Uint8Array(32);
  const wanted: readonly Proposal[] = [
    { proposalType: "group_context_extensions", groupContextExtensions: { extensions: other } },
    {
      proposalType: "reinit",
      reinit: { groupId, version: "mls10", cipherSuite: suite.name, extensions: [] },
    },
    {
      proposalType: "psk",
      psk: { preSharedKeyId: { psktype: "external", pskId: bytes("psk"), pskNonce } },
    },
    { proposalType: 0x0008, proposalData: bytes("AppDataUpdate") },
  ];
  for (const proposal of wanted) {
    const { commit } = await createCommit(
      { state: ann, cipherSuite: suite, pskIndex: { findPsk: () => new Uint8Array(32) } },
      { ...asPublic, extraProposals: [proposal] },
    );
    await isRefused(room, "mls.profile", commit);
    const { wireformat } = commit;
    assert.equal(wireformat, "mls_public_message");
  }
});

test("no proposal is taken by itself, nor a commit that refers to one", async () => {
  const { room, ann } = await roomOfThree();
  for (const isPublic of [true, false]) {
    const proposed = await createProposal(
      ann,
      isPublic,
      { proposalType: "remove", remove: { removed: 2 } },
      suite,
    );
    await isRefused(room, "mls.profile", proposed.message);
    const { commit } = await createCommit({ state: proposed.newState, cipherSuite: suite }, asPublic);
    await isRefused(room, "mls.profile", commit);
  }
});

test("no encrypted commit is taken: the hub could not follow it", async () => {
  const { room, ann } = await roomOfThree();
  const { commit } = await createCommit({ state: ann, cipherSuite: suite }, { wireAsPublicMessage: false });
  await isRefused(room, "mls.profile", commit);
});

test("nobody comes in from outside, even with a member's help", async () => {
  const { room, ann } = await roomOfThree();
  const groupInfo = await createGroupInfoWithExternalPubAndRatchetTree(ann, [], suite);
  const { keyPackage, secret } = await makeKeyPackage(suite, await device(room.mls, "eve"), null);
  const { publicMessage } = await joinGroupExternal(groupInfo, keyPackage, secret, false, suite);
  await isRefused(room, "mls.profile", {
    version: "mls10",
    wireformat: "mls_public_message",
    publicMessage,
  });
  const offered = writeMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo });
  await refuses("mls.group-info", () => room.mls.readGroupInfo(offered));
});

test("a committer stays who it is: no other name, no other signature key", async () => {
  const { room, ann } = await roomOfThree();
  const fresh = await suite.signature.keygen();
  const own = ann.ratchetTree[0];
  assert.ok(own?.nodeType === "leaf");
  for (const [leaf, signaturePrivateKey] of [
    [{ ...own.leaf, credential: credentialOf(await device(room.mls, "zoe")) }, ann.signaturePrivateKey],
    [{ ...own.leaf, signaturePublicKey: fresh.publicKey }, fresh.signKey],
  ] as const) {
    const ratchetTree = ann.ratchetTree.with(0, { nodeType: "leaf", leaf });
    const state = { ...ann, ratchetTree };
    // The path's leaf is signed with the new key, the commit with the old one, as RFC 9420 would allow.
    let calls = 0;
    const signing = {
      ...suite,
      signature: {
        ...suite.signature,
        sign: (_: Uint8Array, message: Uint8Array) =>
          suite.signature.sign(calls++ === 0 ? signaturePrivateKey : ann.signaturePrivateKey, message),
      },
    };
    const { commit } = await createCommit({ state, cipherSuite: signing }, asPublic);
    await isRefused(room, "mls.identity", commit);
  }
});

test("nobody is added whose name is none of ours, or whom the group has already", async () => {
  const { room, ann } = await roomOfThree();
  const eve = await device(room.mls, "eve");
  const made = await makeKeyPackage(suite, eve, null);
  const stranger = await makeKeyPackage(suite, eve, null, {
    credentialType: "basic",
    identity: bytes("eve"),
  });
  const twin = await makeKeyPackage(suite, await device(room.mls, "bob"), null);
  const commitOf = async (keyPackage: typeof made.keyPackage) => {
    const keyPackageEqualityConfig = {
      compareKeyPackages: () => false,
      compareKeyPackageToLeafNode: () => false,
    };
    const state = { ...ann, clientConfig: { ...ann.clientConfig, keyPackageEqualityConfig } };
    const { commit } = await createCommit(
      { state, cipherSuite: suite },
      { ...asPublic, extraProposals: [{ proposalType: "add", add: { keyPackage } }] },
    );
    return commit;
  };
  await isRefused(room, "mls.identity", await commitOf(stranger.keyPackage));
  await isRefused(room, "mls.commit", await commitOf(twin.keyPackage));
});

test("keys that do not fit the path are noticed when they come, not when they are needed", async () => {
  const { room, ann } = await roomOfThree();
  const rogue = { ...suite, hpke: { ...suite.hpke, deriveKeyPair: () => suite.hpke.generateKeyPair() } };
  const { commit } = await createCommit({ state: ann, cipherSuite: rogue }, asPublic);
  await isRefused(room, "mls.path", commit);
});

test("a path that uses one key twice is refused, by members and by the hub", async () => {
  const { room, ann } = await roomOfThree();
  const pair = await suite.hpke.generateKeyPair();
  const rogue = { ...suite, hpke: { ...suite.hpke, deriveKeyPair: async () => pair } };
  const { commit, newState } = await createCommit({ state: ann, cipherSuite: rogue }, asPublic);
  await isRefused(room, "mls.tree", commit);
  const after = await createGroupInfoWithExternalPubAndRatchetTree(newState, [], suite);
  const offered = writeMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo: after });
  await refuses("mls.tree", () => room.mls.followCommit(room.groupInfo, writeMessage(commit), offered));
});

test("nobody speaks as another, nor as one who left", async () => {
  const { room, ann } = await roomOfThree();
  const speakAs = async (leaf: number): Promise<MLSMessage> => {
    const { privateMessage } = await protectApplicationData(
      ann.signaturePrivateKey,
      ann.keySchedule.senderDataSecret,
      bytes("it was not me"),
      aad,
      ann.groupContext,
      ann.secretTree,
      leaf,
      ann.clientConfig.paddingConfig,
      suite,
    );
    return { version: "mls10", wireformat: "mls_private_message", privateMessage };
  };
  await isRefused(room, "mls.signature", await speakAs(2));
  await isRefused(room, "mls.undecryptable", await speakAs(3));
});

test("a commit without a member's tag removes nobody, and is no commit to anybody", async () => {
  const { room } = await roomOfThree();
  const { commit } = await room.mls.commit(room.state("ann"), { add: [], remove: [1] });
  const { publicMessage } = readMessageOf("mls_public_message", commit);
  assert.ok(publicMessage.senderType === "member");
  publicMessage.membershipTag[0] = (publicMessage.membershipTag[0] ?? 0) ^ 1;
  const forged = writeMessage({ version: "mls10", wireformat: "mls_public_message", publicMessage });
  for (const name of ["bob", "cleo"])
    await refuses("mls.signature", () => room.mls.receive(room.state(name), forged));
  await room.talk();
});

test("a welcome whose path opens nothing, or whose secrets are another group's, is refused", async () => {
  const { room, ann } = await roomOfThree();
  const eve = await makeKeyPackage(suite, await device(room.mls, "eve"), null);
  const { hpke, hash } = suite;
  const wrongKeys = { ...suite, hpke: { ...hpke, deriveKeyPair: () => hpke.generateKeyPair() } };
  const wrongTag = {
    ...suite,
    hash: { ...hash, mac: async (key: Uint8Array, data: Uint8Array) => hash.mac(data, key) },
  };
  for (const [code, rogue] of [
    ["mls.path", wrongKeys],
    ["mls.welcome", wrongTag],
  ] as const) {
    const { welcome } = await createCommit(
      { state: ann, cipherSuite: rogue },
      {
        ...asPublic,
        extraProposals: [
          { proposalType: "remove", remove: { removed: 1 } },
          { proposalType: "add", add: { keyPackage: eve.keyPackage } },
        ],
      },
    );
    assert.ok(welcome !== undefined);
    const offered = writeMessage({ version: "mls10", wireformat: "mls_welcome", welcome });
    await refuses(code, () =>
      room.mls.join(offered, writeKeyPackage(eve.keyPackage), writeSecret(eve.secret)),
    );
  }
});
