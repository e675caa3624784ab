import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import type { CborValue } from "../content/types.ts";
import { decodeContext, decodeFrankRecord, encodeContext, encodeFrankRecord } from "../wire/frank.ts";
import { decodeSubmitTbs, encodeSubmitTbs } from "../wire/signed.ts";
import { BUNDLE_LIMITS } from "./bundle.ts";
import {
  bytesAt,
  countAt,
  fieldsAt,
  isRising,
  listAt,
  malformed,
  nullOr,
  sizedAt,
  textAt,
  within,
} from "./fields.ts";
import type {
  DirectoryEntry,
  FrankingKey,
  LogInclusion,
  ProviderItem,
  ProviderRecords,
  RosterEntry,
} from "./types.ts";

const limits = { bytes: 64 * 1024 * 1024, depth: 10 };
const MOST = { devices: 10_000, rosters: 10_000, members: 10_000, keys: 256, path: 64, tokens: 16 } as const;

/**
 * `provider-records.cbor`: arrays in the order of the fields of `ProviderRecords`, in deterministic CBOR; records, contexts and
 * submissions as byte strings in their TLS forms.
 * @throws FrankingError `bundle.malformed`, `wire.*`
 */
export function encodeRecords(records: ProviderRecords): Uint8Array {
  const bytes = encodeCbor(
    [
      records.version,
      records.hub,
      records.roomUri,
      records.items.map(itemValue),
      records.frankingKeys.map(({ suite, publicKey, notBefore, notAfter }) => [
        suite,
        publicKey,
        notBefore,
        notAfter,
      ]),
      records.devices.map((one) => [one.uri, one.deviceId, one.publicKey, one.validFrom, one.revokedAt]),
      records.rosters.map(({ epoch, since, members }) => [
        epoch,
        since,
        members.map(({ uri, deviceId }) => [uri, deviceId]),
      ]),
      records.gatheredAt,
    ],
    limits,
  );
  // The reader's rules are the writer's too: nobody hands out what nobody may take.
  decodeRecords(bytes);
  return bytes;
}

/** @throws FrankingError `bundle.malformed` naming the place, `wire.cbor-*` for what is not canonical */
export function decodeRecords(bytes: Uint8Array): ProviderRecords {
  const [version, hub, roomUri, items, frankingKeys, devices, rosters, gatheredAt] = fieldsAt(
    decodeCbor(bytes, limits),
    8,
    "the records",
  );
  if (version !== 1) throw malformed("version", "is not 1");
  const records: ProviderRecords = {
    version: 1,
    hub: textAt(hub, 255, "hub"),
    roomUri: textAt(roomUri, BUNDLE_LIMITS.uriLength, "roomUri"),
    items: listAt(items, BUNDLE_LIMITS.items, "items").map(itemFrom),
    frankingKeys: listAt(frankingKeys, MOST.keys, "frankingKeys").map(keyFrom),
    devices: listAt(devices, MOST.devices, "devices").map(deviceFrom),
    rosters: listAt(rosters, MOST.rosters, "rosters").map(rosterFrom),
    gatheredAt: countAt(gatheredAt, "gatheredAt"),
  };
  // A place or an epoch that is there twice could be looked up as one thing here and as another there.
  if (!isRising(records.items.map(({ record }) => record.roomSeq)))
    throw malformed("items", "is not in the order of the conversation, or has a place twice");
  if (!isRising(records.rosters.map(({ epoch }) => epoch)))
    throw malformed("rosters", "is not in the order of the epochs, or has one twice");
  return records;
}

function itemValue({ record, context, contextBlind, submit, inclusion }: ProviderItem): CborValue {
  return [
    encodeFrankRecord(record),
    encodeContext(context),
    contextBlind,
    submit === null ? null : [encodeSubmitTbs(submit.tbs), submit.signature],
    inclusion === null
      ? null
      : [
          inclusion.batchRoot,
          inclusion.batchSize,
          inclusion.batchIndex,
          inclusion.batchPath,
          inclusion.leafBody,
          inclusion.leafSalt,
          inclusion.proof,
          inclusion.tokens,
        ],
  ];
}

function itemFrom(value: CborValue, index: number): ProviderItem {
  const path = `items[${index}]`;
  const [record, context, contextBlind, submit, inclusion] = fieldsAt(value, 5, path);
  return {
    record: within(`${path}.record`, () => decodeFrankRecord(bytesAt(record, 4096, `${path}.record`))),
    context: within(`${path}.context`, () => decodeContext(bytesAt(context, 4096, `${path}.context`))),
    contextBlind: sizedAt(contextBlind, 32, `${path}.contextBlind`),
    submit: nullOr(submit, (found) => submitFrom(found, `${path}.submit`)),
    inclusion: nullOr(inclusion, (found) => inclusionFrom(found, `${path}.inclusion`)),
  };
}

function submitFrom(value: CborValue, path: string): NonNullable<ProviderItem["submit"]> {
  const [tbs, signature] = fieldsAt(value, 2, path);
  return {
    tbs: within(`${path}.tbs`, () => decodeSubmitTbs(bytesAt(tbs, 8192, `${path}.tbs`))),
    signature: sizedAt(signature, 64, `${path}.signature`),
  };
}

function inclusionFrom(value: CborValue, path: string): LogInclusion {
  const [batchRoot, batchSize, batchIndex, batchPath, leafBody, leafSalt, proof, tokens] = fieldsAt(
    value,
    8,
    path,
  );
  return {
    batchRoot: sizedAt(batchRoot, 32, `${path}.batchRoot`),
    batchSize: countAt(batchSize, `${path}.batchSize`),
    batchIndex: countAt(batchIndex, `${path}.batchIndex`),
    batchPath: listAt(batchPath, MOST.path, `${path}.batchPath`).map((one, place) =>
      sizedAt(one, 32, `${path}.batchPath[${place}]`),
    ),
    leafBody: bytesAt(leafBody, 65_536, `${path}.leafBody`),
    leafSalt: bytesAt(leafSalt, 64, `${path}.leafSalt`),
    proof: textAt(proof, 65_536, `${path}.proof`),
    tokens: listAt(tokens, MOST.tokens, `${path}.tokens`).map((one, place) =>
      bytesAt(one, 65_536, `${path}.tokens[${place}]`),
    ),
  };
}

function keyFrom(value: CborValue, index: number): FrankingKey {
  const path = `frankingKeys[${index}]`;
  const [suite, publicKey, notBefore, notAfter] = fieldsAt(value, 4, path);
  return {
    suite: suiteAt(suite, `${path}.suite`),
    publicKey: sizedAt(publicKey, 32, `${path}.publicKey`),
    notBefore: countAt(notBefore, `${path}.notBefore`),
    notAfter: nullOr(notAfter, (found) => countAt(found, `${path}.notAfter`)),
  };
}

/** An MLS cipher suite: 16 bits. */
function suiteAt(value: CborValue | undefined, path: string): number {
  const suite = countAt(value, path);
  if (suite > 0xffffn) throw malformed(path, "is no number of 2 bytes");
  return Number(suite);
}

function deviceFrom(value: CborValue, index: number): DirectoryEntry {
  const path = `devices[${index}]`;
  const [uri, deviceId, publicKey, validFrom, revokedAt] = fieldsAt(value, 5, path);
  return {
    uri: textAt(uri, BUNDLE_LIMITS.uriLength, `${path}.uri`),
    deviceId: sizedAt(deviceId, 16, `${path}.deviceId`),
    publicKey: sizedAt(publicKey, 32, `${path}.publicKey`),
    validFrom: countAt(validFrom, `${path}.validFrom`),
    revokedAt: nullOr(revokedAt, (found) => countAt(found, `${path}.revokedAt`)),
  };
}

function rosterFrom(value: CborValue, index: number): RosterEntry {
  const path = `rosters[${index}]`;
  const [epoch, since, members] = fieldsAt(value, 3, path);
  return {
    epoch: countAt(epoch, `${path}.epoch`),
    since: countAt(since, `${path}.since`),
    members: listAt(members, MOST.members, `${path}.members`).map((one, place) => {
      const [uri, deviceId] = fieldsAt(one, 2, `${path}.members[${place}]`);
      return {
        uri: textAt(uri, BUNDLE_LIMITS.uriLength, `${path}.members[${place}].uri`),
        deviceId: sizedAt(deviceId, 16, `${path}.members[${place}].deviceId`),
      };
    }),
  };
}
