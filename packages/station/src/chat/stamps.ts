import { createHash, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readTimestampResponse, timestampRequest, verifyTimestamp } from "@fairlead/franking/verify";
import { parseNote } from "@fairlead/ledger";
import { sql } from "kysely";
import type { ChatConfig } from "../chat-config.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";

/** e2ee.md 7.8: "Log root + TSA every ≤60 min (≤5 min once a report is pending)". A minute is left for the authority to answer. */
const EVERY_MS = 59 * 60_000;
const PENDING_MS = 4 * 60_000;
/** Somebody waits for it: the records of a report are being gathered. */
const AT_ONCE_MS = 15_000;
/** An authority that is out of reach is asked again after this. */
const RETRY_MS = 60_000;
const TIMEOUT_MS = 20_000;

interface Authority {
  name: string;
  url: string;
  /** DER. */
  root: Uint8Array;
  /** After a failure it is left alone until then. */
  notBefore: number;
}

/** What outside authorities say about the log: that it was there by a time (RFC 3161). */
export interface Stamps {
  /**
   * Has each authority put its time under the newest checkpoint, where that is due. One that does not answer is asked again later and
   * delays nobody else.
   */
  stamp(when: "due" | "at-once"): Promise<void>;
}

/** @throws StationError `keys.missing` for a certificate that cannot be read */
export async function openStamps(station: Station, config: ChatConfig): Promise<Stamps> {
  const authorities = await Promise.all(config.timestampAuthorities.map(openAuthority));
  // Whoever hurries while the timer asks waits for the same answer.
  const asking = new Map<string, Promise<void>>();
  const stampBy = async (authority: Authority, when: "due" | "at-once") => {
    const now = station.clock();
    const due = authority.notBefore > now ? undefined : await dueFor(station, authority, when, now);
    if (due === undefined) return;
    await ask(station, authority, due).catch((error: unknown) => {
      authority.notBefore = now + RETRY_MS;
      station.log.warn({ err: error }, "chat.timestamp-postponed");
    });
  };
  return {
    async stamp(when) {
      await Promise.all(
        authorities.map(async (authority) => {
          const running =
            asking.get(authority.name) ??
            stampBy(authority, when).finally(() => asking.delete(authority.name));
          asking.set(authority.name, running);
          await running;
        }),
      );
    },
  };
}

async function openAuthority({
  name,
  url,
  certificateFile,
}: ChatConfig["timestampAuthorities"][number]): Promise<Authority> {
  try {
    const certificate = new X509Certificate(await readFile(certificateFile));
    return { name, url, root: new Uint8Array(certificate.raw), notBefore: 0 };
  } catch (cause) {
    throw new StationError("keys.missing", `The certificate ${certificateFile} cannot be read.`, {
      audience: "operator",
      remedy: "Put the root certificate of the timestamp authority there, as PEM or DER.",
      cause,
    });
  }
}

interface Due {
  size: string;
  note: string;
}

/** The newest checkpoint, if this authority should stamp it now. */
async function dueFor(
  station: Station,
  authority: Authority,
  when: "due" | "at-once",
  now: number,
): Promise<Due | undefined> {
  const { rows } = await sql<
    Due & { stamped: string | null; stamped_at: string | null; pending: boolean }
  >`select newest.size, newest.note, last.size as stamped, last.at as stamped_at,
      exists (select from chat_report where received_at > coalesce(last.at, '-infinity')) as pending
    from (select size, note from checkpoint order by size desc limit 1) newest
    left join lateral (
      select size, at from chat_stamp where authority = ${authority.name} order by size desc limit 1
    ) last on true`.execute(station.db.kysely);
  const [row] = rows;
  if (row === undefined || row.stamped === row.size) return undefined;
  const age = row.stamped_at === null ? Number.POSITIVE_INFINITY : now - Date.parse(row.stamped_at);
  const least = when === "at-once" ? AT_ONCE_MS : row.pending ? PENDING_MS : EVERY_MS;
  return age >= least ? row : undefined;
}

async function ask(station: Station, authority: Authority, checkpoint: Due): Promise<void> {
  const note = parseNote(Buffer.from(checkpoint.note, "utf8"));
  const digest = createHash("sha256").update(note.text).digest();
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  const response = await station.fetch(authority.url, {
    method: "POST",
    headers: { "content-type": "application/timestamp-query" },
    body: timestampRequest(digest, nonce).slice(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok)
    throw new StationError("peer.unreachable", `A timestamp authority answered ${response.status}.`, {
      audience: "operator",
    });
  const token = readTimestampResponse(new Uint8Array(await response.arrayBuffer()), { digest, nonce });
  const now = station.clock();
  verifyTimestamp(token, digest, [authority.root], now);
  await sql`insert into chat_stamp (size, authority, token, at)
    values (${checkpoint.size}, ${authority.name}, ${Buffer.from(token)}, ${new Date(now).toISOString()})
    on conflict (size, authority) do nothing`.execute(station.db.kysely);
}
