import {
  encodeSignedBundle,
  frankMessage,
  GENESIS,
  openHubKeys,
  type NestedPart,
  prepareMessage,
  type ReportBundle,
  signBundle,
  signHead,
  textPart,
} from "@fairlead/franking";
import { webCrypto } from "@fairlead/franking/web";

const ROOM = "mimi://hub.example/r/Rl33FWLCYWOwxHrYnpWDQg";
const crypto = webCrypto();
/** 25 April 2026, 19:30 UTC. */
const START = 1_777_145_400_000n;

/** What somebody says in a test's conversation; `replaces` and `inReplyTo` name earlier messages by their place. */
export interface Saying {
  from: "al" | "bo";
  part?: NestedPart;
  text?: string;
  replaces?: number;
  inReplyTo?: number;
  disappears?: boolean;
  isSelected?: boolean;
  /** Kept back by the reporter, or left out without a word. */
  is?: "withheld" | "missing";
  attachments?: Parameters<typeof prepareMessage>[1]["attachments"];
}

/**
 * A report bundle of a conversation, franked and signed by real code, as bytes. A saying that changes or answers one that comes
 * later names a message that nobody has.
 * @param change alters the bundle before it is signed
 */
export async function bundleOf(
  sayings: readonly Saying[],
  change: (bundle: ReportBundle) => ReportBundle = (bundle) => bundle,
): Promise<Uint8Array> {
  const keys = openHubKeys(crypto, crypto.random(32), crypto.random(32));
  const devices = { al: new Uint8Array(16).fill(0xa1), bo: new Uint8Array(16).fill(0xb0) };
  const ids: Uint8Array[] = [];
  const items: ReportBundle["items"][number][] = [];
  const withheld: ReportBundle["withheld"][number][] = [];
  let { head } = GENESIS;
  for (const [index, saying] of sayings.entries()) {
    const senderUri = `mimi://hub.example/u/${saying.from}`;
    const idAt = (seq: number | undefined) =>
      seq === undefined ? null : (ids[seq - 1] ?? new Uint8Array(32).fill(1));
    const prepared = await prepareMessage(crypto, {
      senderUri,
      roomUri: ROOM,
      part: saying.part ?? textPart(saying.text ?? ""),
      causality: { seen: null, deviceSeq: index + 1, previousOwn: null },
      replaces: idAt(saying.replaces),
      inReplyTo: idAt(saying.inReplyTo),
      expires: saying.disappears === true ? { relative: true, seconds: 3600 } : null,
      ...(saying.attachments === undefined ? {} : { attachments: saying.attachments }),
    });
    const acceptedAt = START + BigInt(index) * 60_000n;
    const franked = await frankMessage(crypto, keys, {
      tag: prepared.tag,
      context: { senderUri, roomUri: ROOM, acceptedAt },
      ctHash: crypto.random(32),
      submitSignature: crypto.random(64),
      epoch: 1n,
      roomSeq: BigInt(index + 1),
      prevHead: head,
    });
    head = franked.head;
    ids.push(prepared.messageId);
    const { frank, ext } = franked;
    if (saying.is === "withheld") withheld.push(ext);
    if (saying.is !== undefined) continue;
    items.push({
      selected: saying.isSelected ?? false,
      content: prepared.content,
      senderUri,
      deviceId: devices[saying.from],
      epoch: 1n,
      acceptedAt,
      frank,
      ext,
      attachments: [],
    });
  }
  const to = BigInt(sayings.length);
  const headAtReport = await signHead(crypto, crypto.random(32), {
    roomUri: ROOM,
    roomSeq: to,
    head,
    at: START,
  });
  const bundle = change({
    version: 1,
    reportId: "01990000-0000-7000-8000-000000000001",
    roomUri: ROOM,
    reporter: { uri: "mimi://hub.example/u/bo", deviceId: devices.bo },
    accusedUri: "mimi://hub.example/u/al",
    category: "unwanted-contact",
    note: "The kite flew too low.",
    items,
    withheld,
    window: { from: 1n, to, firstSeq: 1n, headAtReport },
    client: { version: "0.1.0", build: "test" },
    createdAt: START,
  });
  return encodeSignedBundle(await signBundle(crypto, crypto.random(32), bundle));
}
