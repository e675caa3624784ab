import type { LogInclusion, ProviderItem, ProviderRecords } from "../../src/bundle/types.ts";
import { fromCbor } from "./cbor.ts";
import { ITEMS, URI_LENGTH } from "./read-bundle.ts";
import { Refused } from "./refused.ts";
import { assertRising, bytesOf, exactlyOf, fieldsOf, listOf, orNull, textOf, uintOf } from "./shape.ts";
import { fromTls } from "./tls.ts";

const MANY = 10_000;

/** `provider-records.cbor`. @throws Refused */
export function readRecords(bytes: Uint8Array): ProviderRecords {
  const [version, hub, roomUri, items, keys, devices, rosters, gatheredAt] = fieldsOf(
    fromCbor(bytes, { bytes: 64 * 1024 * 1024, depth: 10 }),
    8,
  );
  if (version !== 1) throw new Refused("another version");
  const records: ProviderRecords = {
    version: 1,
    hub: textOf(hub, 255),
    roomUri: textOf(roomUri, URI_LENGTH),
    items: listOf(items, ITEMS).map(itemOf),
    frankingKeys: listOf(keys, 256).map((one) => {
      const [suite, publicKey, notBefore, notAfter] = fieldsOf(one, 4);
      return {
        suite: Number(uintOf(suite, 2)),
        publicKey: exactlyOf(publicKey, 32),
        notBefore: uintOf(notBefore),
        notAfter: orNull(notAfter, uintOf),
      };
    }),
    devices: listOf(devices, MANY).map((one) => {
      const [uri, deviceId, publicKey, validFrom, revokedAt] = fieldsOf(one, 5);
      return {
        ...memberOf([uri, deviceId]),
        publicKey: exactlyOf(publicKey, 32),
        validFrom: uintOf(validFrom),
        revokedAt: orNull(revokedAt, uintOf),
      };
    }),
    rosters: listOf(rosters, MANY).map((one) => {
      const [epoch, since, members] = fieldsOf(one, 3);
      return { epoch: uintOf(epoch), since: uintOf(since), members: listOf(members, MANY).map(memberOf) };
    }),
    gatheredAt: uintOf(gatheredAt),
  };
  assertRising(records.items.map(({ record }) => record.roomSeq));
  assertRising(records.rosters.map(({ epoch }) => epoch));
  return records;
}

function memberOf(value: unknown): { uri: string; deviceId: Uint8Array } {
  const [uri, deviceId] = fieldsOf(value, 2);
  return { uri: textOf(uri, URI_LENGTH), deviceId: exactlyOf(deviceId, 16) };
}

function itemOf(value: unknown): ProviderItem {
  const [record, context, contextBlind, submit, inclusion] = fieldsOf(value, 5);
  return {
    record: fromTls(bytesOf(record, 4096), (from) => ({
      roomSeq: from.number(8),
      frankingTag: from.fixed(32),
      serverFrank: from.fixed(32),
      ctxCommit: from.fixed(32),
      ctHash: from.fixed(32),
      submitSigHash: from.fixed(32),
      epoch: from.number(8),
    })),
    context: fromTls(bytesOf(context, 4096), (from) => ({
      senderUri: from.text(),
      roomUri: from.text(),
      acceptedAt: from.number(8),
    })),
    contextBlind: exactlyOf(contextBlind, 32),
    submit: orNull(submit, submitOf),
    inclusion: orNull(inclusion, inclusionOf),
  };
}

function submitOf(value: unknown): NonNullable<ProviderItem["submit"]> {
  const [tbs, signature] = fieldsOf(value, 2);
  return {
    tbs: fromTls(bytesOf(tbs, 8192), (from) => ({
      roomUri: from.text(),
      senderUri: from.text(),
      deviceId: from.vector(),
      epoch: from.number(8),
      frankingTag: from.fixed(32),
      ctHash: from.fixed(32),
      clientTime: from.number(8),
      nonce: from.fixed(16),
    })),
    signature: exactlyOf(signature, 64),
  };
}

function inclusionOf(value: unknown): LogInclusion {
  const [root, size, index, path, leafBody, leafSalt, proof, tokens] = fieldsOf(value, 8);
  return {
    batchRoot: exactlyOf(root, 32),
    batchSize: uintOf(size),
    batchIndex: uintOf(index),
    batchPath: listOf(path, 64).map((one) => exactlyOf(one, 32)),
    leafBody: bytesOf(leafBody, 65_536),
    leafSalt: bytesOf(leafSalt, 64),
    proof: textOf(proof, 65_536),
    tokens: listOf(tokens, 16).map((one) => bytesOf(one, 65_536)),
  };
}
