import type { BundleItem, ReportBundle, SignedBundle } from "../../src/bundle/types.ts";
import type { Frank, FrankExt, SignedHead } from "../../src/wire/types.ts";
import { fromCbor } from "./cbor.ts";
import { Refused } from "./refused.ts";
import { assertRising, bytesOf, exactlyOf, fieldsOf, flagOf, listOf, textOf, uintOf } from "./shape.ts";
import { fromTls } from "./tls.ts";

const MIB = 1024 * 1024;
const BUNDLE_BYTES = 8 * MIB;
const NOTE_BYTES = 64 * 1024;
export const URI_LENGTH = 1024;
export const ITEMS = 500;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `report-bundle.cbor`: the bundle's bytes, and the signature over them. @throws Refused */
export function readSigned(file: Uint8Array): SignedBundle {
  const [bundle, signature] = fieldsOf(fromCbor(file, { bytes: BUNDLE_BYTES + 256, depth: 2 }), 2);
  return { bundle: bytesOf(bundle, BUNDLE_BYTES), signature: exactlyOf(signature, 64) };
}

/** @throws Refused */
export function readBundle(bytes: Uint8Array): ReportBundle {
  const fields = fieldsOf(fromCbor(bytes, { bytes: BUNDLE_BYTES, depth: 8 }), 12);
  const [version, reportId, roomUri, reporter, accusedUri, category, note] = fields;
  const [items, withheld, window, client, createdAt] = fields.slice(7);
  if (version !== 1) throw new Refused("another version");
  if (!UUID_V7.test(textOf(reportId))) throw new Refused("no UUID of version 7");
  if (new TextEncoder().encode(textOf(note)).length > NOTE_BYTES) throw new Refused("a note too long");
  const [uri, deviceId] = fieldsOf(reporter, 2);
  const [from, to, firstSeq, head] = fieldsOf(window, 4);
  const [clientVersion, build] = fieldsOf(client, 2);
  const bundle: ReportBundle = {
    version: 1,
    reportId: textOf(reportId),
    roomUri: textOf(roomUri, URI_LENGTH),
    reporter: { uri: textOf(uri, URI_LENGTH), deviceId: exactlyOf(deviceId, 16) },
    accusedUri: textOf(accusedUri, URI_LENGTH),
    category: textOf(category, 64),
    note: textOf(note),
    items: listOf(items, ITEMS).map(itemOf),
    withheld: listOf(withheld, 100_000).map((one) => {
      const [roomSeq, recHash, prevHead] = fieldsOf(one, 3);
      return {
        roomSeq: uintOf(roomSeq),
        recHash: exactlyOf(recHash, 32),
        prevHead: exactlyOf(prevHead, 32),
      };
    }),
    window: {
      from: uintOf(from),
      to: uintOf(to),
      firstSeq: uintOf(firstSeq),
      headAtReport: headOf(bytesOf(head, 4096)),
    },
    client: { version: textOf(clientVersion, 64), build: textOf(build, 128) },
    createdAt: uintOf(createdAt),
  };
  assertPlaces(bundle);
  return bundle;
}

function itemOf(value: unknown): BundleItem {
  const [selected, content, senderUri, deviceId, epoch, acceptedAt, frank, ext, attachments] = fieldsOf(
    value,
    9,
  );
  return {
    selected: flagOf(selected),
    content: bytesOf(content, MIB),
    senderUri: textOf(senderUri, URI_LENGTH),
    deviceId: exactlyOf(deviceId, 16),
    epoch: uintOf(epoch),
    acceptedAt: uintOf(acceptedAt),
    frank: frankOf(bytesOf(frank, 4096)),
    ext: extOf(bytesOf(ext, 4096)),
    attachments: listOf(attachments, 64).map((one) => {
      const [root, mode] = fieldsOf(one, 2);
      if (mode !== 0 && mode !== 1) throw new Refused("an unknown mode");
      return { root: exactlyOf(root, 32), mode: mode === 0 ? "full" : "hash-only" };
    }),
  };
}

function frankOf(bytes: Uint8Array): Frank {
  return fromTls(bytes, (from) => ({
    serverFrank: from.fixed(32),
    suite: Number(from.number(2)),
    signature: from.vector(),
  }));
}

function extOf(bytes: Uint8Array): FrankExt {
  return fromTls(bytes, (from) => {
    if (from.number(2) !== 1n) throw new Refused("another version");
    return {
      version: 1,
      roomSeq: from.number(8),
      prevHead: from.fixed(32),
      recHash: from.fixed(32),
      hubKid: Number(from.number(4)),
    };
  });
}

function headOf(bytes: Uint8Array): SignedHead {
  return fromTls(bytes, (from) => ({
    roomUri: from.text(),
    roomSeq: from.number(8),
    head: from.fixed(32),
    at: from.number(8),
    signature: from.vector(),
  }));
}

function assertPlaces({ items, withheld, window: { from, to, firstSeq, headAtReport } }: ReportBundle): void {
  const shown = items.map(({ ext }) => ext.roomSeq);
  const kept = withheld.map(({ roomSeq }) => roomSeq);
  assertRising(shown);
  assertRising(kept);
  if (firstSeq < 1n || from < firstSeq || to < from || headAtReport.roomSeq < to)
    throw new Refused("a window outside of what the device could have received");
  const isOutside = (place: bigint): boolean => place < from || place > to;
  if (shown.some(isOutside) || kept.some(isOutside)) throw new Refused("a message outside of the window");
  if (kept.some((place) => shown.includes(place))) throw new Refused("a message both shown and kept back");
  if (!items.some(({ selected }) => selected)) throw new Refused("nothing was picked");
}
