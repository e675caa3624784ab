import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import type { Station } from "../context.ts";
import { isConnectionLost } from "../store/index.ts";

/** From which address and port a device spoke, and when. An address behind carrier NAT names nobody without its port. */
export interface Connections extends AsyncDisposable {
  note(deviceId: Uint8Array, peer: Peer): void;
  /** Resolves once what was noted so far is stored: a report may be about a message of a moment ago. */
  flush(): Promise<void>;
}

export interface Peer {
  ip: string;
  port: number;
}

/** A crash forgets no more than this of it. */
const FLUSH_MS = 5000;
const SAVE = `insert into chat_connection (device_id, ip, port, first_at, last_at)
  select * from unnest($1::bytea[], $2::inet[], $3::integer[], $4::timestamptz[], $5::timestamptz[])
  on conflict (device_id, ip, port) do update
    set last_at = greatest(chat_connection.last_at, excluded.last_at),
      first_at = least(chat_connection.first_at, excluded.first_at)`;

interface Seen extends Peer {
  deviceId: Buffer;
  first: number;
  last: number;
}

export function openConnections(station: Station): Connections {
  const stop = new AbortController();
  let seen = new Map<string, Seen>();
  const flush = async () => {
    if (seen.size === 0) return;
    const rows = [...seen.values()];
    seen = new Map();
    const iso = (ms: number) => new Date(ms).toISOString();
    await station.db.pool
      .query(SAVE, [
        rows.map(({ deviceId }) => deviceId),
        rows.map(({ ip }) => ip),
        rows.map(({ port }) => port),
        rows.map(({ first }) => iso(first)),
        rows.map(({ last }) => iso(last)),
      ])
      .catch((error: unknown) => {
        if (isConnectionLost(error)) for (const row of rows) put(row);
        else station.log.error({ err: error }, "chat.connections-not-saved");
      });
  };
  const put = (row: Seen) => {
    const key = `${row.deviceId.toString("latin1")} ${row.ip} ${row.port}`;
    const known = seen.get(key);
    if (known === undefined) seen.set(key, row);
    else {
      known.first = Math.min(known.first, row.first);
      known.last = Math.max(known.last, row.last);
    }
  };
  const loop = (async () => {
    while (!stop.signal.aborted) {
      await sleep(FLUSH_MS, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
      await flush();
    }
  })();
  return {
    flush,
    note(deviceId, peer) {
      const now = station.clock();
      put({ ...peer, deviceId: Buffer.from(deviceId), first: now, last: now });
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await loop;
    },
  };
}

/**
 * Where a request came from.
 * @param forwarded whether a proxy of ours says so in `Forwarded` (RFC 7239, section 4); the last one is the one that ours wrote
 */
export function peerOf(request: FastifyRequest, forwarded: boolean): Peer {
  const { remoteAddress, remotePort } = request.raw.socket;
  const direct = { ip: plainAddress(remoteAddress ?? "0.0.0.0"), port: remotePort ?? 0 };
  const header = request.headers.forwarded;
  if (!forwarded || header === undefined) return direct;
  return lastForwarded(header) ?? direct;
}

/** `for=192.0.2.60:4711` or `for="[2001:db8::17]:4711"`, with or without a port. */
export function lastForwarded(header: string): Peer | undefined {
  const last = header.split(",").at(-1) ?? "";
  const named = /(?:^|;)\s*for="?(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?::(\d{1,5}))?"?\s*(?:;|$)/i.exec(last);
  const ip = named?.[1] ?? named?.[2] ?? "";
  if (isIP(ip) === 0) return undefined;
  const port = Number(named?.[3] ?? 0);
  return { ip, port: port > 65_535 ? 0 : port };
}

/** IPv4 on a socket for both: `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
