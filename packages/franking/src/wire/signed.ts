import { concatBytes } from "../crypto/bytes.ts";
import { readTls, type TlsReader } from "./reader.ts";
import type { SignedHead, SubmitTbs } from "./types.ts";
import { tlsWriter } from "./writer.ts";

/** What a device signs with each message (label `CSFSubmit`). @throws FrankingError `wire.value` */
export function encodeSubmitTbs(tbs: SubmitTbs): Uint8Array {
  return tlsWriter()
    .text(tbs.roomUri)
    .text(tbs.senderUri)
    .vector(tbs.deviceId)
    .uint64(tbs.epoch)
    .fixed(tbs.frankingTag, 32)
    .fixed(tbs.ctHash, 32)
    .uint64(tbs.clientTime)
    .fixed(tbs.nonce, 16)
    .bytes();
}

/** @throws FrankingError `wire.malformed` */
export function decodeSubmitTbs(bytes: Uint8Array): SubmitTbs {
  return readTls(bytes, "a submission to be signed", (from) => ({
    roomUri: from.text(),
    senderUri: from.text(),
    deviceId: from.vector(),
    epoch: from.uint64(),
    frankingTag: from.fixed(32),
    ctHash: from.fixed(32),
    clientTime: from.uint64(),
    nonce: from.fixed(16),
  }));
}

export type SignedHeadTbs = Omit<SignedHead, "signature">;

/** What the hub signs about a room's chain (label `CSFHead`). @throws FrankingError `wire.value` */
export function encodeSignedHeadTbs(head: SignedHeadTbs): Uint8Array {
  return tlsWriter().text(head.roomUri).uint64(head.roomSeq).fixed(head.head, 32).uint64(head.at).bytes();
}

/** @throws FrankingError `wire.malformed` */
export function decodeSignedHeadTbs(bytes: Uint8Array): SignedHeadTbs {
  return readTls(bytes, "a head to be signed", headFrom);
}

/** The head with its signature behind it, `opaque signature<V>`. @throws FrankingError `wire.value` */
export function encodeSignedHead(head: SignedHead): Uint8Array {
  return concatBytes(encodeSignedHeadTbs(head), tlsWriter().vector(head.signature).bytes());
}

/** @throws FrankingError `wire.malformed` */
export function decodeSignedHead(bytes: Uint8Array): SignedHead {
  return readTls(bytes, "a signed head", (from) => ({ ...headFrom(from), signature: from.vector() }));
}

function headFrom(from: TlsReader): SignedHeadTbs {
  return { roomUri: from.text(), roomSeq: from.uint64(), head: from.fixed(32), at: from.uint64() };
}
