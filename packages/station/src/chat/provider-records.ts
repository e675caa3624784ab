import {
  contextCommitment,
  type DirectoryEntry,
  encodeRecords,
  type FrankingKey,
  type ProviderItem,
  type RosterEntry,
} from "@fairlead/franking";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { coverInclusions, inclusionsOf, keepInclusions } from "./inclusion.ts";

/** How long what a report needs is kept. 18 U.S.C. 2258A(h) asks for a year after a report; a few weeks are for its coming about. */
export const PRESERVED_MS = 400 * 24 * 3_600_000;

const STAMP_PATIENCE_MS = 3000;

interface RecordRow {
  cursor: string;
  seq: string;
  device_id: Buffer;
  handle: string;
  epoch: string;
  accepted_at: string;
  franking_tag: Buffer;
  ct_hash: Buffer;
  client_time: string;
  nonce: Buffer;
  submit_signature: Buffer;
  server_frank: Buffer;
  context_blind: Buffer;
}

/**
 * What the hub holds about reported messages, for the verifier: records, contexts, the senders' own signatures, their places in the log,
 * who was in the room and under which key. From now on it is preserved.
 *
 * @returns `provider-records.cbor`; without items for a room that the reporter's account was never in (rule R5)
 */
export async function providerRecords(
  hub: Hub,
  report: { id: string; handle: string },
  { roomUri, seqs }: { roomUri: string; seqs: readonly number[] },
): Promise<Uint8Array> {
  const roomId = hub.uris.roomOf(roomUri);
  const wanted = [...new Set(seqs.filter((seq) => Number.isSafeInteger(seq) && seq > 0))];
  const isTheirs = roomId !== undefined && (await wasIn(hub, roomId, report.handle));
  const rows = isTheirs ? await preserve(hub, report, roomId, wanted) : [];
  const cursors = rows.map(({ cursor }) => cursor);
  await keepInclusions(hub, cursors);
  await coverInclusions(hub, cursors);
  // The outside time is worth a moment's waiting, and nothing more: who has it not now can have it later.
  await Promise.race([hub.stamps.stamp("at-once"), sleep(STAMP_PATIENCE_MS, undefined, { ref: false })]);
  const inclusions = await inclusionsOf(hub, cursors);
  const items: ProviderItem[] = [];
  for (const row of rows)
    items.push({ ...(await itemOf(hub, roomUri, row)), inclusion: inclusions.get(row.cursor) ?? null });
  const epochs = rows.map(({ epoch }) => BigInt(epoch));
  const rosters = isTheirs && rows.length > 0 ? await rostersOf(hub, roomId, epochs) : [];
  return encodeRecords({
    version: 1,
    hub: hub.config.domain,
    roomUri,
    items,
    frankingKeys: hub.keys.signing.map(frankingKeyOf),
    devices: await directoryOf(hub, rosters, report.handle),
    rosters,
    gatheredAt: BigInt(hub.station.clock()),
  });
}

async function wasIn(hub: Hub, roomId: Uint8Array, handle: string): Promise<boolean> {
  const row = await hub.station.db.kysely
    .selectFrom("chat_member as member")
    .innerJoin("chat_device as device", "device.id", "member.device_id")
    .select("device.id")
    .where("member.room_id", "=", Buffer.from(roomId))
    .where("device.handle", "=", handle)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps these records beyond their retention, and notes in the log that they were given out. */
async function preserve(
  hub: Hub,
  report: { id: string; handle: string },
  roomId: Uint8Array,
  seqs: readonly number[],
): Promise<RecordRow[]> {
  const now = hub.station.clock();
  const room = Buffer.from(roomId);
  const leaf = newLeaf({
    kind: "chat.records-given",
    at: now,
    actor: `sender:${hub.config.verifier.account}`,
    body: { report: report.id, roomSha256: createHash("sha256").update(room).digest("hex"), seqs },
  });
  const { rows } =
    await sql<RecordRow>`with given as (${insertLeaves(hub.station.db.kysely, [leaf])}), kept as (
      update chat_record set kept_until = greatest(kept_until, ${iso(now + PRESERVED_MS)}::timestamptz)
      where room_id = ${room} and seq = any(${seqs.map(String)}::bigint[])
      returning *
    )
    select kept.cursor, seq, kept.device_id, handle, epoch, accepted_at, franking_tag, ct_hash, client_time, nonce,
      submit_signature, server_frank, context_blind
    from kept join chat_device device on device.id = kept.device_id order by seq`.execute(
      hub.station.db.kysely,
    );
  return rows;
}

async function itemOf(hub: Hub, roomUri: string, row: RecordRow): Promise<Omit<ProviderItem, "inclusion">> {
  const senderUri = hub.uris.account(row.handle);
  const context = { senderUri, roomUri, acceptedAt: BigInt(row.accepted_at) };
  const epoch = BigInt(row.epoch);
  return {
    record: {
      roomSeq: BigInt(row.seq),
      frankingTag: row.franking_tag,
      serverFrank: row.server_frank,
      ctxCommit: await contextCommitment(hub.crypto, context, row.context_blind),
      ctHash: row.ct_hash,
      submitSigHash: await hub.crypto.sha256(row.submit_signature),
      epoch,
    },
    context,
    contextBlind: row.context_blind,
    submit: {
      tbs: {
        roomUri,
        senderUri,
        deviceId: row.device_id,
        epoch,
        frankingTag: row.franking_tag,
        ctHash: row.ct_hash,
        clientTime: BigInt(row.client_time),
        nonce: row.nonce,
      },
      signature: row.submit_signature,
    },
  };
}

/** Who was in the room, from the first to the last of these epochs. */
async function rostersOf(hub: Hub, roomId: Uint8Array, epochs: readonly bigint[]): Promise<RosterEntry[]> {
  const [first, last] = [epochs.reduce((a, b) => (a < b ? a : b)), epochs.reduce((a, b) => (a > b ? a : b))];
  const { rows } = await sql<{
    epoch: string;
    at: string;
    members: Array<{ handle: string; device: string }>;
  }>`select epoch.epoch, epoch.at,
      (select coalesce(json_agg(json_build_object('handle', device.handle, 'device', encode(device.id, 'hex'))
          order by device.id), '[]')
        from chat_member member join chat_device device on device.id = member.device_id
        where member.room_id = epoch.room_id and member.from_epoch <= epoch.epoch
          and (member.until_epoch is null or member.until_epoch > epoch.epoch)) as members
    from chat_epoch epoch
    where epoch.room_id = ${Buffer.from(roomId)} and epoch.epoch between ${String(first)} and ${String(last)}
    order by epoch.epoch`.execute(hub.station.db.kysely);
  return rows.map((row) => ({
    epoch: BigInt(row.epoch),
    since: BigInt(Date.parse(row.at)),
    members: row.members.map(({ handle, device }) => ({
      uri: hub.uris.account(handle),
      deviceId: Buffer.from(device, "hex"),
    })),
  }));
}

/** Devices in the rosters, and all of the reporter's: one that restored a backup reports what came before it was in the room. */
async function directoryOf(
  hub: Hub,
  rosters: readonly RosterEntry[],
  reporter: string,
): Promise<DirectoryEntry[]> {
  const ids = new Map(
    rosters.flatMap(({ members }) =>
      members.map(({ deviceId }) => [Buffer.from(deviceId).toString("hex"), Buffer.from(deviceId)]),
    ),
  );
  if (ids.size === 0) return [];
  const rows = await hub.station.db.kysely
    .selectFrom("chat_device")
    .select(["id", "handle", "public_key", "valid_from", "revoked_at"])
    .where((where) =>
      where.or([
        where("id", "=", sql<Buffer>`any(${[...ids.values()]}::bytea[])`),
        where("handle", "=", reporter),
      ]),
    )
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    uri: hub.uris.account(row.handle),
    deviceId: row.id,
    publicKey: row.public_key,
    validFrom: BigInt(Date.parse(row.valid_from)),
    revokedAt: row.revoked_at === null ? null : BigInt(Date.parse(row.revoked_at)),
  }));
}

function frankingKeyOf(key: {
  suite: number;
  publicKey: Uint8Array;
  notBefore: number;
  notAfter: number | null;
}): FrankingKey {
  const { suite, publicKey, notBefore, notAfter } = key;
  return {
    suite,
    publicKey,
    notBefore: BigInt(notBefore),
    notAfter: notAfter === null ? null : BigInt(notAfter),
  };
}
