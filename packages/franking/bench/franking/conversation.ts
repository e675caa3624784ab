import { beginDelivered } from "../../src/client/check-delivered.ts";
import { linkHeads } from "../../src/client/heads.ts";
import { prepareMessage } from "../../src/client/prepare.ts";
import { signSubmit } from "../../src/client/sign-submit.ts";
import { textPart } from "../../src/content/text.ts";
import type { FrankingCrypto } from "../../src/crypto/crypto.ts";
import { nodeCrypto } from "../../src/crypto/node.ts";
import { type ChainLink, GENESIS, signHead } from "../../src/hub/chain.ts";
import { frankMessage } from "../../src/hub/frank.ts";
import { type HubKeys, openHubKeys } from "../../src/hub/keys.ts";
import type { MlsEngine } from "../../src/mls/engine.ts";
import type { Delivered, SignedHead } from "../../src/wire/types.ts";

const DOMAIN = "hub.example";
const ROOM = `mimi://${DOMAIN}/r/Rl33FWLCYWOwxHrYnpWDQg`;
const AT = 1_777_145_400_000n;

/** Milliseconds by the clock. */
export interface Timed {
  readonly send: number;
  readonly receive: number;
  /** Milliseconds of processor time for both, on all threads: steadier than the clock where others use the machine. */
  readonly cpu: number;
}

/** Two devices in one room, each with an MLS state of its own, and an honest hub between them whose work is not timed. */
export interface Conversation {
  /** So many messages sent, then received, without franking. */
  plain(count: number): Promise<Timed>;
  /** The same with everything that franking asks of sender and receiver; one signed head for the batch. */
  franked(count: number): Promise<Timed>;
}

interface Sent {
  readonly message: Uint8Array;
  readonly tag: Uint8Array;
  readonly submitSignature: Uint8Array;
  readonly ctHash: Uint8Array;
}

export async function openConversation(
  mls: MlsEngine,
  crypto: FrankingCrypto,
  bodyBytes: number,
): Promise<Conversation> {
  const signatureKey = nodeCrypto.random(32);
  const keys = openHubKeys(nodeCrypto, nodeCrypto.random(32), signatureKey);
  const hubPublicKey = nodeCrypto.publicKeyOf(signatureKey);
  const agent = { publicKey: hubPublicKey, domain: DOMAIN };
  const [al, bo] = [await deviceOf(mls, "al"), await deviceOf(mls, "bo")];
  const { keyPackage, secret } = await mls.createKeyPackage(bo);
  const group = await mls.createGroup(al, nodeCrypto.random(16), agent);
  const { state, welcome } = await mls.commit(group, { add: [keyPackage], remove: [] });
  if (welcome === null) throw new Error("an added device gets a welcome");
  const states = { al: state, bo: await mls.join(welcome, keyPackage, secret) };
  const part = textPart("k".repeat(bodyBytes));
  let link: ChainLink = GENESIS;
  let own = { deviceSeq: 0, previousOwn: null as Uint8Array | null };

  async function sendFranked(): Promise<Sent> {
    const prepared = await prepareMessage(crypto, {
      senderUri: al.uri,
      roomUri: ROOM,
      part,
      causality: {
        seen: link.roomSeq === 0n ? null : link,
        deviceSeq: own.deviceSeq + 1,
        previousOwn: own.previousOwn,
      },
    });
    own = { deviceSeq: own.deviceSeq + 1, previousOwn: prepared.messageId };
    const sealed = await mls.protect(states.al, prepared.content, prepared.aad);
    states.al = sealed.state;
    const { tag } = prepared;
    const submit = await signSubmit(crypto, al.privateKey, {
      roomUri: ROOM,
      senderUri: al.uri,
      deviceId: al.deviceId,
      epoch: 1n,
      tag,
      message: sealed.message,
      clientTime: AT,
    });
    return { message: sealed.message, tag, submitSignature: submit.signature, ctHash: submit.tbs.ctHash };
  }

  async function receiveFranked(delivered: Delivered): Promise<void> {
    const room = { roomUri: ROOM, suite: 1, agent, hubDomain: DOMAIN };
    const check = beginDelivered(crypto, { delivered, room, last: link });
    const opened = await mls.receive(states.bo, delivered.message);
    states.bo = opened.state;
    if (opened.kind !== "application") throw new Error("the hub handed out something else than a message");
    const verdict = await check({ opened });
    if (!verdict.ok) throw new Error(`an honest message was refused: ${verdict.code}`);
    link = verdict.link;
  }

  return {
    async plain(count) {
      const content = nodeCrypto.random(bodyBytes);
      const messages: Uint8Array[] = [];
      const cpu = process.cpuUsage();
      const send = await timed(async () => {
        for (let done = 0; done < count; done += 1) {
          const sealed = await mls.protect(states.al, content, new Uint8Array());
          states.al = sealed.state;
          messages.push(sealed.message);
        }
      });
      const receive = await timed(async () => {
        for (const message of messages) states.bo = (await mls.receive(states.bo, message)).state;
      });
      return { send, receive, cpu: cpuSince(cpu) };
    },
    async franked(count) {
      const sent: Sent[] = [];
      const sending = process.cpuUsage();
      const send = await timed(async () => {
        for (let done = 0; done < count; done += 1) sent.push(await sendFranked());
      });
      const sendCpu = cpuSince(sending);
      const { batch, head } = await frankAll(keys, al, sent, link, signatureKey);
      const receiving = process.cpuUsage();
      const receive = await timed(async () => {
        for (const delivered of batch) await receiveFranked(delivered);
        const checked = await linkHeads(crypto, { hubPublicKey, roomUri: ROOM, head, links: [link] });
        if (!checked.ok) throw new Error(`an honest head was refused: ${checked.code}`);
      });
      return { send, receive, cpu: sendCpu + cpuSince(receiving) };
    },
  };
}

async function frankAll(
  keys: HubKeys,
  sender: { readonly uri: string; readonly deviceId: Uint8Array },
  sent: readonly Sent[],
  from: ChainLink,
  signatureKey: Uint8Array,
): Promise<{ batch: Delivered[]; head: SignedHead }> {
  const context = { senderUri: sender.uri, roomUri: ROOM, acceptedAt: AT };
  const batch: Delivered[] = [];
  let { roomSeq, head } = from;
  for (const { message, ...one } of sent) {
    roomSeq += 1n;
    const franked = await frankMessage(nodeCrypto, keys, {
      ...one,
      context,
      epoch: 1n,
      roomSeq,
      prevHead: head,
    });
    head = franked.head;
    batch.push({ message, frank: franked.frank, ext: franked.ext, context, deviceId: sender.deviceId });
  }
  return { batch, head: await signHead(nodeCrypto, signatureKey, { roomUri: ROOM, roomSeq, head, at: AT }) };
}

async function deviceOf(mls: MlsEngine, handle: string) {
  const { privateKey, publicKey } = await mls.createDevice();
  return { uri: `mimi://${DOMAIN}/u/${handle}`, deviceId: nodeCrypto.random(16), privateKey, publicKey };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
