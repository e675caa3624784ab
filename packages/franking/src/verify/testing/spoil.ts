import type { BundleItem, ProviderItem, ProviderRecords, ReportBundle } from "../../bundle/types.ts";
import { decodeContent, encodeContent } from "../../content/content.ts";
import { textPart } from "../../content/text.ts";
import { concatBytes } from "../../crypto/bytes.ts";
import type { Random } from "./random.ts";

type Change<T> = (random: Random, value: T) => T;

/** Flips, cuts, doubles or inserts somewhere in bytes. */
export const spoilBytes: Change<Uint8Array> = (random, bytes) => {
  const at = random.below(bytes.length + 1);
  switch (random.below(5)) {
    case 0:
      return bytes.length === 0 ? bytes : bytes.with(at % bytes.length, random.below(256));
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return concatBytes(bytes.subarray(0, at), random.bytes(1 + random.below(4)), bytes.subarray(at));
    case 3:
      return concatBytes(bytes.subarray(0, at), bytes.subarray(random.below(bytes.length + 1)));
    default:
      return bytes.length === 0
        ? bytes
        : bytes.with(at % bytes.length, (bytes[at % bytes.length] ?? 0) ^ (1 << random.below(8)));
  }
};

const nearby: Change<bigint> = (random, value) => {
  const moved = value + BigInt(random.below(5) - 2) * BigInt(10 ** random.below(6));
  return moved < 0n ? 0n : moved;
};

/** Other words under the same salt, in good form: what a forger would write. */
function reworded(bytes: Uint8Array): Uint8Array {
  return encodeContent({ ...decodeContent(bytes), part: textPart("Kite number 2 is red.") });
}

/** One thing about one shown message: another's field in its place, or a field of its own spoilt. */
function spoilItem(random: Random, item: BundleItem, other: BundleItem): BundleItem {
  const spoils: Array<() => BundleItem> = [
    () => ({ ...item, content: spoilBytes(random, item.content) }),
    () => ({ ...item, content: reworded(item.content) }),
    () => ({ ...item, content: other.content }),
    () => ({ ...item, senderUri: other.senderUri }),
    () => ({ ...item, deviceId: other.deviceId }),
    () => ({ ...item, deviceId: random.bytes(16) }),
    () => ({ ...item, epoch: nearby(random, item.epoch) }),
    () => ({ ...item, acceptedAt: nearby(random, item.acceptedAt) }),
    () => ({ ...item, frank: other.frank }),
    () => ({ ...item, frank: { ...item.frank, signature: spoilBytes(random, item.frank.signature) } }),
    () => ({ ...item, frank: { ...item.frank, serverFrank: random.bytes(32) } }),
    () => ({ ...item, frank: { ...item.frank, suite: random.below(4) } }),
    () => ({ ...item, ext: { ...other.ext, roomSeq: item.ext.roomSeq } }),
    () => ({ ...item, ext: { ...item.ext, recHash: random.bytes(32) } }),
    () => ({ ...item, ext: { ...item.ext, prevHead: other.ext.prevHead } }),
    () => ({ ...item, ext: { ...item.ext, hubKid: item.ext.hubKid + random.below(3) - 1 } }),
    () => ({ ...other, ext: { ...other.ext, roomSeq: item.ext.roomSeq } }),
    () => ({ ...item, attachments: [{ root: random.bytes(32), mode: "full" }] }),
    () => ({ ...item, selected: !item.selected }),
  ];
  return random.pick(spoils)();
}

/** What a dishonest reporter could write; the result is signed with their own good key. */
export const spoilBundle: Change<ReportBundle> = (random, bundle) => {
  const at = random.below(bundle.items.length);
  const [item, other] = [bundle.items[at], random.pick(bundle.items)];
  if (item === undefined) return bundle;
  const { window } = bundle;
  const spoils: Array<() => ReportBundle> = [
    () => ({ ...bundle, items: bundle.items.with(at, spoilItem(random, item, other)) }),
    () => ({ ...bundle, items: bundle.items.with(at, spoilItem(random, item, other)) }),
    () => ({ ...bundle, items: bundle.items.with(at, spoilItem(random, item, other)) }),
    () => ({ ...bundle, items: bundle.items.toSpliced(at, 1) }),
    () => ({
      ...bundle,
      items: bundle.items.toSpliced(at, 1),
      withheld: [{ ...item.ext, recHash: random.bytes(32) }],
    }),
    () => ({ ...bundle, items: bundle.items.toSpliced(at, 1), withheld: [item.ext] }),
    () => ({ ...bundle, window: { ...window, from: nearby(random, window.from) } }),
    () => ({ ...bundle, window: { ...window, to: nearby(random, window.to) } }),
    () => ({
      ...bundle,
      window: { ...window, headAtReport: { ...window.headAtReport, head: random.bytes(32) } },
    }),
    () => ({
      ...bundle,
      window: { ...window, headAtReport: { ...window.headAtReport, roomSeq: nearby(random, window.to) } },
    }),
    () => ({ ...bundle, reporter: { uri: other.senderUri, deviceId: other.deviceId } }),
    () => ({ ...bundle, roomUri: `${bundle.roomUri}x` }),
    () => ({ ...bundle, createdAt: nearby(random, bundle.createdAt) }),
    () => ({ ...bundle, note: "The kite is red." }),
  ];
  return random.pick(spoils)();
};

/** Records as they could come out of a damaged file or a hurried hand. */
export const spoilRecords: Change<ProviderRecords> = (random, records) => {
  const at = random.below(records.items.length);
  const [item, other] = [records.items[at], random.pick(records.items)];
  if (item === undefined) return records;
  const put = (spoilt: ProviderItem) => ({ ...records, items: records.items.with(at, spoilt) });
  const { submit } = item;
  const spoils: Array<() => ProviderRecords> = [
    () => ({ ...records, items: records.items.toSpliced(at, 1) }),
    () => put({ ...item, record: { ...other.record, roomSeq: item.record.roomSeq } }),
    () => put({ ...item, record: { ...item.record, ctHash: random.bytes(32) } }),
    () => put({ ...item, record: { ...item.record, epoch: nearby(random, item.record.epoch) } }),
    () => put({ ...item, contextBlind: random.bytes(32) }),
    () => put({ ...item, submit: other.submit }),
    () => put({ ...item, submit: null }),
    () =>
      submit === null
        ? records
        : put({ ...item, submit: { ...submit, signature: spoilBytes(random, submit.signature) } }),
    () =>
      submit === null
        ? records
        : put({
            ...item,
            submit: { ...submit, tbs: { ...submit.tbs, clientTime: nearby(random, submit.tbs.clientTime) } },
          }),
    () => ({ ...records, devices: records.devices.toSpliced(random.below(records.devices.length), 1) }),
    () => ({
      ...records,
      devices: records.devices.map((device) => ({ ...device, revokedAt: nearby(random, device.validFrom) })),
    }),
    () => ({
      ...records,
      devices: records.devices.map((device) => ({ ...device, publicKey: random.bytes(32) })),
    }),
    () => ({ ...records, rosters: records.rosters.toSpliced(random.below(records.rosters.length), 1) }),
    () => ({
      ...records,
      rosters: records.rosters.map((roster) => ({ ...roster, members: roster.members.slice(1) })),
    }),
    () => ({ ...records, frankingKeys: [] }),
  ];
  return random.pick(spoils)();
};
