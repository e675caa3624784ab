import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import { CONTENT_LIMIT_BYTES } from "../content/content.ts";
import type { CborValue } from "../content/types.ts";
import { decodeFrank, decodeFrankExt, encodeFrank, encodeFrankExt } from "../wire/frank.ts";
import { decodeSignedHead, encodeSignedHead } from "../wire/signed.ts";
import {
  bytesAt,
  countAt,
  fieldsAt,
  flagAt,
  listAt,
  malformed,
  sizedAt,
  textAt,
  utf8At,
  within,
} from "./fields.ts";
import { assertWindow } from "./window.ts";
import type { AttachmentDisclosure, BundleItem, ReportBundle, WithheldItem } from "./types.ts";

export const BUNDLE_LIMITS = {
  /** Of the whole encoding. */
  bytes: 8 * 1024 * 1024,
  items: 500,
  withheld: 100_000,
  attachments: 64,
  uriLength: 1024,
  noteBytes: 64 * 1024,
} as const;

const limits = { bytes: BUNDLE_LIMITS.bytes, depth: 8 };
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MODES = ["full", "hash-only"] as const;

/**
 * A report in deterministic CBOR: arrays in the order of the fields of `ReportBundle`; frank, record extension and head as byte
 * strings in their TLS forms.
 * @throws FrankingError `bundle.malformed` naming the place, `wire.cbor-*`
 */
export function encodeBundle(bundle: ReportBundle): Uint8Array {
  const { window, client, reporter } = bundle;
  const value: CborValue = [
    bundle.version,
    bundle.reportId,
    bundle.roomUri,
    [reporter.uri, reporter.deviceId],
    bundle.accusedUri,
    bundle.category,
    bundle.note,
    bundle.items.map(itemValue),
    bundle.withheld.map(({ roomSeq, recHash, prevHead }) => [roomSeq, recHash, prevHead]),
    [window.from, window.to, window.firstSeq, encodeSignedHead(window.headAtReport)],
    [client.version, client.build],
    bundle.createdAt,
  ];
  const bytes = encodeCbor(value, limits);
  // The reader's rules are the writer's too: nobody can send what nobody may take.
  decodeBundle(bytes);
  return bytes;
}

/** @throws FrankingError `bundle.malformed` naming the place, `wire.cbor-*` for what is not canonical */
export function decodeBundle(bytes: Uint8Array): ReportBundle {
  const [
    version,
    reportId,
    roomUri,
    reporter,
    accusedUri,
    category,
    note,
    items,
    withheld,
    window,
    client,
    at,
  ] = fieldsAt(decodeCbor(bytes, limits), 12, "the report");
  if (version !== 1) throw malformed("version", "is not 1");
  const [reporterUri, reporterDevice] = fieldsAt(reporter, 2, "reporter");
  const [from, to, firstSeq, headAtReport] = fieldsAt(window, 4, "window");
  const [clientVersion, build] = fieldsAt(client, 2, "client");
  const bundle: ReportBundle = {
    version: 1,
    reportId: reportIdAt(reportId),
    roomUri: textAt(roomUri, BUNDLE_LIMITS.uriLength, "roomUri"),
    reporter: {
      uri: textAt(reporterUri, BUNDLE_LIMITS.uriLength, "reporter.uri"),
      deviceId: sizedAt(reporterDevice, 16, "reporter.deviceId"),
    },
    accusedUri: textAt(accusedUri, BUNDLE_LIMITS.uriLength, "accusedUri"),
    category: textAt(category, 64, "category"),
    note: utf8At(note, BUNDLE_LIMITS.noteBytes, "note"),
    items: listAt(items, BUNDLE_LIMITS.items, "items").map(itemFrom),
    withheld: listAt(withheld, BUNDLE_LIMITS.withheld, "withheld").map(withheldFrom),
    window: {
      from: countAt(from, "window.from"),
      to: countAt(to, "window.to"),
      firstSeq: countAt(firstSeq, "window.firstSeq"),
      headAtReport: within("window.headAtReport", () =>
        decodeSignedHead(bytesAt(headAtReport, 4096, "window.headAtReport")),
      ),
    },
    client: {
      version: textAt(clientVersion, 64, "client.version"),
      build: textAt(build, 128, "client.build"),
    },
    createdAt: countAt(at, "createdAt"),
  };
  assertWindow(bundle);
  return bundle;
}

function itemValue(item: BundleItem): CborValue {
  return [
    item.selected,
    item.content,
    item.senderUri,
    item.deviceId,
    item.epoch,
    item.acceptedAt,
    encodeFrank(item.frank),
    encodeFrankExt(item.ext),
    item.attachments.map(({ root, mode }) => [root, MODES.indexOf(mode)]),
  ];
}

function itemFrom(value: CborValue, index: number): BundleItem {
  const path = `items[${index}]`;
  const [selected, content, senderUri, deviceId, epoch, acceptedAt, frank, ext, attachments] = fieldsAt(
    value,
    9,
    path,
  );
  return {
    selected: flagAt(selected, `${path}.selected`),
    content: bytesAt(content, CONTENT_LIMIT_BYTES, `${path}.content`),
    senderUri: textAt(senderUri, BUNDLE_LIMITS.uriLength, `${path}.senderUri`),
    deviceId: sizedAt(deviceId, 16, `${path}.deviceId`),
    epoch: countAt(epoch, `${path}.epoch`),
    acceptedAt: countAt(acceptedAt, `${path}.acceptedAt`),
    frank: within(`${path}.frank`, () => decodeFrank(bytesAt(frank, 4096, `${path}.frank`))),
    ext: within(`${path}.ext`, () => decodeFrankExt(bytesAt(ext, 4096, `${path}.ext`))),
    attachments: listAt(attachments, BUNDLE_LIMITS.attachments, `${path}.attachments`).map((one, place) =>
      disclosureFrom(one, `${path}.attachments[${place}]`),
    ),
  };
}

function disclosureFrom(value: CborValue, path: string): AttachmentDisclosure {
  const [root, mode] = fieldsAt(value, 2, path);
  const known = typeof mode === "number" ? MODES[mode] : undefined;
  if (known === undefined) throw malformed(`${path}.mode`, "is not known");
  return { root: sizedAt(root, 32, `${path}.root`), mode: known };
}

function withheldFrom(value: CborValue, index: number): WithheldItem {
  const path = `withheld[${index}]`;
  const [roomSeq, recHash, prevHead] = fieldsAt(value, 3, path);
  return {
    roomSeq: countAt(roomSeq, `${path}.roomSeq`),
    recHash: sizedAt(recHash, 32, `${path}.recHash`),
    prevHead: sizedAt(prevHead, 32, `${path}.prevHead`),
  };
}

function reportIdAt(value: CborValue | undefined): string {
  const text = textAt(value, 36, "reportId");
  if (!UUID7.test(text)) throw malformed("reportId", "is no UUID of version 7 in lower case");
  return text;
}
