import { canonicalJson } from "@fairlead/report";
import {
  createLog,
  generateKey,
  LedgerError,
  memoryTileStore,
  newSigner,
  newVerifier,
  verifyProof,
} from "@fairlead/ledger";
import { signBundle } from "../../bundle/sign.ts";
import type {
  AttachmentDisclosure,
  BundleItem,
  DirectoryEntry,
  LogInclusion,
  ProviderItem,
  ProviderRecords,
  ReportBundle,
  RosterEntry,
} from "../../bundle/types.ts";
import { prepareMessage } from "../../client/prepare.ts";
import { signSubmit } from "../../client/sign-submit.ts";
import { textPart } from "../../content/text.ts";
import type { AttachmentCommitment, NestedPart } from "../../content/types.ts";
import { hexOf } from "../../crypto/bytes.ts";
import { nodeCrypto } from "../../crypto/node.ts";
import { GENESIS, signHead } from "../../hub/chain.ts";
import { checkServerFrank, type Franked, frankMessage } from "../../hub/frank.ts";
import { type HubKeys, openHubKeys } from "../../hub/keys.ts";
import { merklePath, merkleRoot } from "../../merkle/tree.ts";
import { base64Of } from "../../crypto/base64.ts";
import type { ServerContext, SubmitTbs } from "../../wire/types.ts";
import type { VerifyInput } from "../types.ts";

const DOMAIN = "hub.example";
export const ROOM = `mimi://${DOMAIN}/r/Rl33FWLCYWOwxHrYnpWDQg`;
export const OTHER_ROOM = `mimi://${DOMAIN}/r/AAAAAAAAAAAAAAAAAAAAAA`;
export const REPORT_ID = "01990000-0000-7000-8000-000000000001";
/** 25 April 2026, 19:30 UTC. */
export const START = 1_777_145_400_000n;
const YEAR_MS = 365n * 24n * 3_600_000n;

export interface Device {
  readonly uri: string;
  readonly deviceId: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** A message as the hub took it in, with everything that anybody holds of it. */
export interface Said {
  readonly device: Device;
  readonly content: Uint8Array;
  readonly messageId: Uint8Array;
  readonly context: ServerContext;
  readonly epoch: bigint;
  readonly franked: Franked;
  readonly submit: { readonly tbs: SubmitTbs; readonly signature: Uint8Array };
}

/** An honest hub with one room, without MLS: what verification reads of a conversation is all here. */
export interface World {
  readonly keys: HubKeys;
  /** What the months' HMAC keys are derived from. */
  readonly master: Uint8Array;
  readonly hubPublicKey: Uint8Array;
  /** Of the hub's log (`vkey`). */
  readonly logKey: string;
  readonly said: Said[];
  readonly devices: DirectoryEntry[];
  readonly rosters: RosterEntry[];
  join(handle: string): Promise<Device>;
  /** One minute after the one before. */
  say(device: Device, text: string, more?: SayOptions): Promise<Said>;
  /** A report by this device: those selected, and the window around them; `withheld` are kept back. */
  report(reporter: Device, choice: ReportChoice): Promise<ReportBundle>;
  /** What a verifier is given. Everything in it may be altered before it is used. */
  input(reporter: Device, bundle: ReportBundle): Promise<VerifyInput>;
}

export interface SayOptions {
  /** Instead of what the device really had seen. */
  readonly seen?: { readonly roomSeq: bigint; readonly head: Uint8Array };
  readonly replaces?: Uint8Array;
  readonly part?: NestedPart;
  readonly attachments?: ReadonlyMap<string, AttachmentCommitment>;
}

export interface ReportChoice {
  readonly selected: readonly number[];
  readonly from?: number;
  readonly to?: number;
  readonly withheld?: readonly number[];
  readonly disclosures?: ReadonlyMap<number, readonly AttachmentDisclosure[]>;
}

/** @param crypto with a random source of one's own where a run is to be repeated */
export async function makeWorld(crypto: typeof nodeCrypto = nodeCrypto): Promise<World> {
  const signatureKey = crypto.random(32);
  const master = crypto.random(32);
  const keys = openHubKeys(crypto, master, signatureKey);
  const hubPublicKey = crypto.publicKeyOf(signatureKey);
  const said: Said[] = [];
  const devices: DirectoryEntry[] = [];
  const rosters: RosterEntry[] = [];
  const counts = new Map<string, { deviceSeq: number; previousOwn: Uint8Array | null }>();
  const log = newSigner(generateKey("hub.example/log").skey);
  const head = () => said.at(-1)?.franked.head ?? GENESIS.head;
  const now = () => START + BigInt(said.length) * 60_000n;

  return {
    keys,
    master,
    hubPublicKey,
    logKey: log.verifier.vkey,
    said,
    devices,
    rosters,
    async join(handle) {
      const privateKey = crypto.random(32);
      const device = {
        uri: `mimi://${DOMAIN}/u/${handle}`,
        deviceId: crypto.random(16),
        privateKey,
        publicKey: crypto.publicKeyOf(privateKey),
      };
      const { uri, deviceId, publicKey } = device;
      devices.push({ uri, deviceId, publicKey, validFrom: START - YEAR_MS, revokedAt: null });
      const members = [...(rosters.at(-1)?.members ?? []), { uri, deviceId }];
      rosters.push({ epoch: BigInt(rosters.length), since: now(), members });
      return device;
    },
    async say(device, text, more = {}) {
      const own = counts.get(hexOf(device.deviceId)) ?? { deviceSeq: 0, previousOwn: null };
      const had = said.length === 0 ? null : { roomSeq: BigInt(said.length), head: head() };
      const seen = more.seen ?? had;
      const prepared = await prepareMessage(crypto, {
        senderUri: device.uri,
        roomUri: ROOM,
        part: more.part ?? textPart(text),
        causality: { seen, deviceSeq: own.deviceSeq + 1, previousOwn: own.previousOwn },
        ...(more.replaces === undefined ? {} : { replaces: more.replaces }),
        ...(more.attachments === undefined ? {} : { attachments: more.attachments }),
      });
      counts.set(hexOf(device.deviceId), {
        deviceSeq: own.deviceSeq + 1,
        previousOwn: prepared.messageId,
      });
      const epoch = rosters.at(-1)?.epoch ?? 0n;
      const context = { senderUri: device.uri, roomUri: ROOM, acceptedAt: now() };
      const submit = await signSubmit(crypto, device.privateKey, {
        roomUri: ROOM,
        senderUri: device.uri,
        deviceId: device.deviceId,
        epoch,
        tag: prepared.tag,
        message: crypto.random(64),
        clientTime: now() - 250n,
      });
      const franked = await frankMessage(crypto, keys, {
        tag: prepared.tag,
        context,
        ctHash: submit.tbs.ctHash,
        submitSignature: submit.signature,
        epoch,
        roomSeq: BigInt(said.length + 1),
        prevHead: head(),
      });
      const { content, messageId } = prepared;
      const one = { device, content, messageId, context, epoch, franked, submit };
      said.push(one);
      return one;
    },
    async report(reporter, { selected, withheld = [], ...choice }) {
      const from = choice.from ?? Math.max(1, Math.min(...selected) - 10);
      const to = choice.to ?? Math.min(said.length, Math.max(...selected) + 10);
      const places = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return {
        version: 1,
        reportId: REPORT_ID,
        roomUri: ROOM,
        reporter: { uri: reporter.uri, deviceId: reporter.deviceId },
        accusedUri: "",
        category: "unwanted-contact",
        note: "",
        items: places
          .filter((seq) => !withheld.includes(seq))
          .map((seq) => itemOf(at(said, seq), selected.includes(seq), choice.disclosures?.get(seq))),
        withheld: places
          .filter((seq) => withheld.includes(seq))
          .map((seq) => {
            const { roomSeq, recHash, prevHead } = at(said, seq).franked.ext;
            return { roomSeq, recHash, prevHead };
          }),
        window: {
          from: BigInt(from),
          to: BigInt(to),
          firstSeq: 1n,
          headAtReport: await signHead(crypto, signatureKey, {
            roomUri: ROOM,
            roomSeq: BigInt(said.length),
            head: head(),
            at: now(),
          }),
        },
        client: { version: "0.1.0", build: "test" },
        createdAt: now(),
      };
    },
    async input(reporter, bundle) {
      const signed = await signBundle(crypto, reporter.privateKey, bundle);
      const inclusions = await logged(said, log);
      const records: ProviderRecords = {
        version: 1,
        hub: DOMAIN,
        roomUri: ROOM,
        items: bundle.items.map(({ ext }) => {
          const seq = Number(ext.roomSeq);
          return providerItem(at(said, seq), inclusions[seq - 1] ?? null);
        }),
        frankingKeys: [{ suite: 1, publicKey: hubPublicKey, notBefore: START - YEAR_MS, notAfter: null }],
        devices: [...devices],
        rosters: [...rosters],
        gatheredAt: now(),
      };
      return {
        reportId: bundle.reportId,
        signed,
        records,
        trust: {
          frankingKeys: records.frankingKeys,
          timestampRoots: [],
          openLogProof: (leaf, proof) => noteOf(log, leaf, proof),
        },
        crypto,
        checkFrank: (question) => checkServerFrank(crypto, keys, question),
        now: Number(now()),
      };
    },
  };
}

/** The text of the checkpoint over a leaf, or null if the proof does not hold. */
function noteOf(log: ReturnType<typeof newSigner>, leaf: Uint8Array, proof: string): string | null {
  try {
    const verifier = newVerifier(log.verifier.vkey);
    const { checkpoint } = verifyProof(leaf, new TextEncoder().encode(proof), verifier);
    return `${new TextDecoder().decode(checkpoint.bytes).split("\n\n", 1)[0]}\n`;
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

function at(said: readonly Said[], seq: number): Said {
  const one = said[seq - 1];
  if (one === undefined) throw new Error(`nothing was said at ${seq}`);
  return one;
}

function itemOf(
  { device, content, context, epoch, franked }: Said,
  selected: boolean,
  attachments: readonly AttachmentDisclosure[] = [],
): BundleItem {
  return {
    selected,
    content,
    senderUri: device.uri,
    deviceId: device.deviceId,
    epoch,
    acceptedAt: context.acceptedAt,
    frank: franked.frank,
    ext: franked.ext,
    attachments,
  };
}

function providerItem({ context, franked, submit }: Said, inclusion: LogInclusion | null): ProviderItem {
  return { record: franked.record, context, contextBlind: franked.contextBlind, submit, inclusion };
}

/** Everything said so far as one batch in a log of its own. */
async function logged(said: readonly Said[], signer: ReturnType<typeof newSigner>): Promise<LogInclusion[]> {
  const entries = said.map(({ franked }) => franked.recHash);
  const batchRoot = await merkleRoot(nodeCrypto, entries);
  const leafSalt = nodeCrypto.random(32);
  const facts = {
    actor: "station",
    at: "2026-04-25T21:00:00.000Z",
    body: { root: hexOf(batchRoot), size: entries.length },
    id: "01990000-0000-7000-8000-0000000000aa",
    kind: "chat.batch",
    reportId: null,
  };
  const leafBody = new TextEncoder().encode(canonicalJson(facts));
  const commitment = base64Of(nodeCrypto.hmac(leafSalt, leafBody));
  const { at: when, id, kind } = facts;
  const leaf = new TextEncoder().encode(canonicalJson({ at: when, commitment, id, kind, v: 1 }));
  const log = await createLog(memoryTileStore(), signer);
  await log.append([new TextEncoder().encode("{}"), leaf]);
  const proof = new TextDecoder().decode(await log.proof(1));
  return await Promise.all(
    entries.map(async (_, index) => ({
      batchRoot,
      batchSize: BigInt(entries.length),
      batchIndex: BigInt(index),
      batchPath: await merklePath(nodeCrypto, entries, index),
      leafBody,
      leafSalt,
      proof,
      tokens: [],
    })),
  );
}
