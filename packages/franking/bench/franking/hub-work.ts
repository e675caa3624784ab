import { checkSubmit } from "../../src/hub/submit.ts";
import { type ChainLink, GENESIS, signHead } from "../../src/hub/chain.ts";
import { frankMessage } from "../../src/hub/frank.ts";
import { openHubKeys } from "../../src/hub/keys.ts";
import { signSubmit } from "../../src/client/sign-submit.ts";
import { nodeCrypto } from "../../src/crypto/node.ts";
import { merkleAccumulator } from "../../src/merkle/accumulator.ts";
import { openNodeMls } from "../../src/mls/node.ts";
import { tagFromAad, frankAad } from "../../src/wire/aad.ts";
import { readPrivateMessage } from "../../src/wire/private-message.ts";

const DOMAIN = "hub.example";
const ROOM = `mimi://${DOMAIN}/r/Rl33FWLCYWOwxHrYnpWDQg`;
const AT = 1_777_145_400_000n;

/**
 * How many messages of 1 KiB a hub takes in a second of one core with every check of rule R1 and everything that the chain asks:
 * reading the message, the sending device's signature, mark, integrity signature, record, chain, the batch's Merkle tree, and one signed
 * head for each `batch` messages of a room. Storing and delivering are not in it.
 */
export async function hubMessagesPerSecond(count: number, batch: number): Promise<number> {
  const signatureKey = nodeCrypto.random(32);
  const keys = openHubKeys(nodeCrypto, nodeCrypto.random(32), signatureKey);
  const warmUp = Math.floor(count / 4);
  const { device, submissions } = await submissionsOf(count, nodeCrypto.publicKeyOf(signatureKey));
  const tree = merkleAccumulator(nodeCrypto);
  let link: ChainLink = GENESIS;
  let cpu = process.cpuUsage();
  for (const [index, { message, tbs, signature }] of submissions.entries()) {
    // A hub runs for months: what the first messages cost to compile is not in it.
    if (index === warmUp) cpu = process.cpuUsage();
    const read = readPrivateMessage(message);
    const tag = read === null ? null : tagFromAad(read.authenticatedData);
    if (read === null || tag === null) throw new Error("an honest message could not be read");
    const own = { ...tbs, frankingTag: tag, ctHash: nodeCrypto.sha256(message), epoch: read.epoch };
    if (!(await checkSubmit(nodeCrypto, device.publicKey, own, signature)))
      throw new Error("an honest submission was refused");
    const franked = await frankMessage(nodeCrypto, keys, {
      tag,
      context: { senderUri: device.uri, roomUri: ROOM, acceptedAt: AT },
      ctHash: own.ctHash,
      submitSignature: signature,
      epoch: read.epoch,
      roomSeq: link.roomSeq + 1n,
      prevHead: link.head,
    });
    link = { roomSeq: franked.ext.roomSeq, head: franked.head };
    await tree.append(franked.recHash);
    if (index % batch === batch - 1)
      await signHead(nodeCrypto, signatureKey, { roomUri: ROOM, ...link, at: AT });
  }
  const used = process.cpuUsage(cpu);
  return (count - warmUp) / ((used.user + used.system) / 1e6);
}

/**
 * The same if nothing but the signatures were made: one verified, one made, and one more for each `batch`. No hub that keeps rule R1
 * is faster than that.
 */
export function signaturesPerSecond(count: number, batch: number): number {
  const message = nodeCrypto.random(200);
  const privateKey = nodeCrypto.random(32);
  const publicKey = nodeCrypto.publicKeyOf(privateKey);
  const signature = nodeCrypto.sign(privateKey, message);
  const cpu = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    if (!nodeCrypto.verify(publicKey, message, signature)) throw new Error("an honest signature was refused");
    nodeCrypto.sign(privateKey, message);
    if (index % batch === batch - 1) nodeCrypto.sign(privateKey, message);
  }
  const used = process.cpuUsage(cpu);
  return count / ((used.user + used.system) / 1e6);
}

async function submissionsOf(count: number, hubPublicKey: Uint8Array) {
  const mls = await openNodeMls();
  const { privateKey, publicKey } = await mls.createDevice();
  const uri = `mimi://${DOMAIN}/u/al`;
  const device = { uri, deviceId: nodeCrypto.random(16), privateKey, publicKey };
  const agent = { publicKey: hubPublicKey, domain: DOMAIN };
  let state = await mls.createGroup(device, nodeCrypto.random(16), agent);
  const submissions = [];
  for (let done = 0; done < count; done += 1) {
    const tag = nodeCrypto.random(32);
    const sealed = await mls.protect(state, nodeCrypto.random(1024), frankAad(tag));
    state = sealed.state;
    const { message } = sealed;
    const { tbs, signature } = await signSubmit(nodeCrypto, privateKey, {
      roomUri: ROOM,
      senderUri: uri,
      deviceId: device.deviceId,
      epoch: 0n,
      tag,
      message,
      clientTime: AT,
    });
    submissions.push({ message, tbs, signature });
  }
  return { device, submissions };
}
