import type { FastifyRequest } from "fastify";
import { tokenHash } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Uris } from "./uris.ts";

/** A device that has signed in. */
export interface Device {
  id: Buffer;
  handle: string;
  uri: string;
  publicKey: Buffer;
  birthYear: number | null;
  /** When its account was made, milliseconds since 1970. */
  accountSince: number;
}

export interface DeviceSessions {
  /** @throws StationError `session.missing`, also for a device that was revoked */
  of(request: FastifyRequest): Promise<Device>;
  /** Makes this process look again at the next request. */
  forget(deviceId: Uint8Array): void;
}

/**
 * A token is looked up once in this time; another process learns of a revocation no later. What a revoked device sends is refused all
 * the same, because whatever it changes is checked against the directory in the transaction that changes it.
 */
const KNOWN_MS = 5000;
const MOST_KNOWN = 20_000;

export function openDeviceSessions(station: Station, uris: Uris): DeviceSessions {
  const known = new Map<string, { device: Device; until: number }>();
  return {
    async of(request) {
      const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ", 2);
      if (scheme?.toLowerCase() !== "bearer" || token === "") throw signedOut();
      const hash = tokenHash(token);
      const key = hash.toString("latin1");
      const now = station.clock();
      const found = known.get(key);
      if (found !== undefined && found.until > now) return found.device;
      const device = await findDevice(station, uris, hash);
      if (device === undefined) throw signedOut();
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(key, { device, until: now + KNOWN_MS });
      return device;
    },
    forget(deviceId) {
      for (const [key, { device }] of known) if (device.id.equals(deviceId)) known.delete(key);
    },
  };
}

async function findDevice(station: Station, uris: Uris, hash: Buffer): Promise<Device | undefined> {
  const row = await station.db.kysely
    .selectFrom("chat_device as device")
    .innerJoin("chat_account as account", "account.handle", "device.handle")
    .select(["device.id", "device.handle", "device.public_key", "account.birth_year", "account.created_at"])
    .where("device.token_hash", "=", hash)
    .where("device.revoked_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    handle: row.handle,
    uri: uris.account(row.handle),
    publicKey: row.public_key,
    birthYear: row.birth_year,
    accountSince: Date.parse(row.created_at),
  };
}

function signedOut(): StationError {
  return new StationError("session.missing", "This device is not signed in here, or was removed.", {
    remedy: "Send the token that the hub gave when the device was added, or add the device again.",
  });
}
