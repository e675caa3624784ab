import assert from "node:assert/strict";
import { test } from "node:test";
import type { Capabilities, KeyPackage } from "ts-mls";
import { createGroup } from "ts-mls/clientState.js";
import { createCommit } from "ts-mls/createCommit.js";
import { generateKeyPackageWithKey, signKeyPackage } from "ts-mls/keyPackage.js";
import { signLeafNodeKeyPackage } from "ts-mls/leafNode.js";
import { groupExtensions, leafExtensions, type RawExtension } from "./agent.ts";
import { agent, bytes, device, groupId, refuses } from "./conformance/room.ts";
import { credentialOf } from "./identity.ts";
import { component } from "./ids.ts";
import { makeKeyPackage, writeKeyPackage, writeSecret } from "./key-package.ts";
import { openNodeMls } from "./node.ts";
import { nodeSuite } from "./node-suite.ts";
import { capabilities, clientConfig } from "./profile.ts";
import { readMessage, writeMessage } from "./wire.ts";

// What comes from other MLS clients, or from none, and does not fit our groups.

const suite = nodeSuite();
const endless = { notBefore: 0n, notAfter: 2n ** 62n };

async function keyPackageWith(
  can: Capabilities,
  extensions: RawExtension[] = leafExtensions(),
): Promise<KeyPackage> {
  const mls = await openNodeMls();
  const bob = await device(mls, "bob");
  const keys = { signKey: bob.privateKey, publicKey: bob.publicKey };
  return (await generateKeyPackageWithKey(credentialOf(bob), can, endless, [], keys, suite, extensions))
    .publicPackage;
}

test("a key package of a device that lacks a capability is refused", async () => {
  const mls = await openNodeMls();
  const read = (keyPackage: KeyPackage) => mls.readKeyPackage(writeKeyPackage(keyPackage));
  await read(await keyPackageWith(capabilities));
  for (const lacking of ["versions", "ciphersuites", "extensions", "credentials"] as const) {
    const can = { ...capabilities, [lacking]: [] };
    await refuses("mls.profile", async () => read(await keyPackageWith(can, [])));
  }
  const unknown = { extensionType: 0xf000, extensionData: bytes("x") };
  await refuses("mls.profile", async () => read(await keyPackageWith(capabilities, [unknown])));
});

test("a key package with one key for two purposes is refused", async () => {
  const mls = await openNodeMls();
  const bob = await device(mls, "bob");
  const { keyPackage } = await makeKeyPackage(suite, bob, null);
  const leafNode = await signLeafNodeKeyPackage(
    { ...keyPackage.leafNode, hpkePublicKey: keyPackage.initKey },
    bob.privateKey,
    suite.signature,
  );
  const signed = await signKeyPackage({ ...keyPackage, leafNode }, bob.privateKey, suite.signature);
  await refuses("mls.profile", () => mls.readKeyPackage(writeKeyPackage(signed)));
});

test("a key package is signed twice, and each signature counts", async () => {
  const mls = await openNodeMls();
  const bob = await device(mls, "bob");
  const { keyPackage } = await makeKeyPackage(suite, bob, null);
  const flipped = (value: Uint8Array) => value.map((byte, index) => (index === 5 ? byte ^ 1 : byte));
  const leafNode = { ...keyPackage.leafNode, signature: flipped(keyPackage.leafNode.signature) };
  for (const wrong of [
    await signKeyPackage({ ...keyPackage, leafNode }, bob.privateKey, suite.signature),
    { ...keyPackage, signature: flipped(keyPackage.signature) },
  ])
    await refuses("mls.signature", () => mls.readKeyPackage(writeKeyPackage(wrong)));
});

test("a welcome to a group without our franking agent is refused", async () => {
  const mls = await openNodeMls();
  const ann = await makeKeyPackage(suite, await device(mls, "ann"), null);
  const bob = await makeKeyPackage(suite, await device(mls, "bob"), null);
  const [ours] = groupExtensions(agent);
  assert.ok(ours !== undefined);
  const { extensionData } = ours;
  const without = new Uint8Array(extensionData.length).fill(0);
  for (const extensions of [
    [],
    [{ ...ours, extensionData: without }],
    [{ ...ours, extensionData: extensionData.subarray(0, -1) }],
    [ours, { extensionType: "application_id" as const, extensionData: bytes("x") }],
  ]) {
    const state = await createGroup(groupId, ann.keyPackage, ann.secret, extensions, suite, clientConfig);
    const { welcome } = await createCommit(
      { state, cipherSuite: suite },
      {
        wireAsPublicMessage: true,
        ratchetTreeExtension: true,
        extraProposals: [{ proposalType: "add", add: { keyPackage: bob.keyPackage } }],
      },
    );
    assert.ok(welcome !== undefined);
    const bytesOf = writeMessage({ version: "mls10", wireformat: "mls_welcome", welcome });
    await refuses("mls.profile", () =>
      mls.join(bytesOf, writeKeyPackage(bob.keyPackage), writeSecret(bob.secret)),
    );
  }
});

test("the group's and the leaves' dictionaries are as the drafts write them", () => {
  const [group] = groupExtensions({ publicKey: new Uint8Array(32).fill(9), domain: "hub.example" });
  const [leaf] = leafExtensions();
  const text = (extension: RawExtension | undefined) =>
    Buffer.from(extension?.extensionData ?? []).toString("hex");
  // AppDataDictionary { safe_aad: [frank_aad], franking agent: FrankingAgentData }, 57 bytes
  const name = Buffer.from("hub.example").toString("hex");
  assert.equal(text(group), `3800020302002000212f20${"09".repeat(32)}00010b${name}`);
  assert.equal(text(leaf), "1000010706000200200021000203020020");
  assert.equal(component.frankingAgent, 0x0021);
});

test("a message in another form than the one there is, is none", async () => {
  const mls = await openNodeMls();
  const { keyPackage } = await makeKeyPackage(suite, await device(mls, "bob"), null);
  const good = writeKeyPackage(keyPackage);
  readMessage(good);
  // version (2), wire format (2), version (2), cipher suite (2), then the init key with its length of one byte
  assert.equal(good[8], 32);
  const longer = Uint8Array.of(...good.subarray(0, 8), 0x40, 32, ...good.subarray(9));
  await refuses("mls.malformed", () => mls.readKeyPackage(longer));
  await refuses("mls.malformed", () => mls.readKeyPackage(Uint8Array.of(...good, 0)));
  await refuses("mls.malformed", () => mls.readGroupInfo(good));
});
