import { FrankingError } from "../error.ts";
import { readTls } from "./reader.ts";
import type { Frank, FrankExt, FrankRecord, ServerContext } from "./types.ts";
import { tlsWriter } from "./writer.ts";

/** ServerFrankingContext (draft-ietf-mimi-protocol-06, section 5.4.1). @throws FrankingError `wire.value` */
export function encodeContext(context: ServerContext): Uint8Array {
  return tlsWriter().text(context.senderUri).text(context.roomUri).uint64(context.acceptedAt).bytes();
}

/** @throws FrankingError `wire.malformed` */
export function decodeContext(bytes: Uint8Array): ServerContext {
  return readTls(bytes, "a franking context", (from) => ({
    senderUri: from.text(),
    roomUri: from.text(),
    acceptedAt: from.uint64(),
  }));
}

/** @throws FrankingError `wire.value` */
export function encodeFrank(frank: Frank): Uint8Array {
  return tlsWriter().fixed(frank.serverFrank, 32).uint16(frank.suite).vector(frank.signature).bytes();
}

/** @throws FrankingError `wire.malformed` */
export function decodeFrank(bytes: Uint8Array): Frank {
  return readTls(bytes, "a frank", (from) => ({
    serverFrank: from.fixed(32),
    suite: from.uint16(),
    signature: from.vector(),
  }));
}

/** FrankingIntegrityTBS (draft-ietf-mimi-protocol-06, section 5.4.1): what the hub's signature covers. */
export function encodeIntegrityTbs(
  frank: Pick<Frank, "serverFrank" | "suite">,
  context: ServerContext,
): Uint8Array {
  return tlsWriter()
    .fixed(frank.serverFrank, 32)
    .uint16(frank.suite)
    .text(context.senderUri)
    .text(context.roomUri)
    .uint64(context.acceptedAt)
    .bytes();
}

/** 176 bytes; their SHA-256 is the record hash. @throws FrankingError `wire.value` */
export function encodeFrankRecord(record: FrankRecord): Uint8Array {
  return tlsWriter()
    .uint64(record.roomSeq)
    .fixed(record.frankingTag, 32)
    .fixed(record.serverFrank, 32)
    .fixed(record.ctxCommit, 32)
    .fixed(record.ctHash, 32)
    .fixed(record.submitSigHash, 32)
    .uint64(record.epoch)
    .bytes();
}

/** @throws FrankingError `wire.malformed` */
export function decodeFrankRecord(bytes: Uint8Array): FrankRecord {
  return readTls(bytes, "a frank record", (from) => ({
    roomSeq: from.uint64(),
    frankingTag: from.fixed(32),
    serverFrank: from.fixed(32),
    ctxCommit: from.fixed(32),
    ctHash: from.fixed(32),
    submitSigHash: from.fixed(32),
    epoch: from.uint64(),
  }));
}

/** 78 bytes. @throws FrankingError `wire.value` */
export function encodeFrankExt(ext: FrankExt): Uint8Array {
  return tlsWriter()
    .uint16(ext.version)
    .uint64(ext.roomSeq)
    .fixed(ext.prevHead, 32)
    .fixed(ext.recHash, 32)
    .uint32(ext.hubKid)
    .bytes();
}

/** @throws FrankingError `wire.malformed`, also for versions that do not exist yet */
export function decodeFrankExt(bytes: Uint8Array): FrankExt {
  return readTls(bytes, "a frank extension", (from) => ({
    version: versionOne(from.uint16()),
    roomSeq: from.uint64(),
    prevHead: from.fixed(32),
    recHash: from.fixed(32),
    hubKid: from.uint32(),
  }));
}

function versionOne(version: number): 1 {
  if (version === 1) return version;
  throw new FrankingError(
    "wire.malformed",
    `a frank extension of version ${version} is not known here; update this program`,
  );
}
