import {
  FINGERPRINT_TYPES,
  type HashMember,
  readFeedback,
  writeFeedbackReasons,
  writeHashMembers,
  writeHashPage,
  writeHashStatus,
  writeSubmissionResult,
} from "@fairlead/cybertipline";
import type { FastifyInstance, FastifyReply } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { bankAccountOf, type BankAccount } from "../account.ts";
import type { BankDoors } from "../door.ts";
import { type Asked, sharedPage } from "./page.ts";
import { REASONS } from "./reasons.ts";

/** Where this lies at a station; a client's base ends with it. */
const BASE = "/hashsharing";
/** A feedback is some hundred bytes. */
const BODY_LIMIT_BYTES = 64 * 1024;

const instant = z.iso.datetime({ offset: true });
const entriesQuery = z.object({
  from: instant,
  to: instant,
  after: z.uuid().optional(),
  start: z.coerce.number().int().min(1).max(1e12).default(1),
});
const feedbackParams = z.object({
  member: z.string().min(1).max(64),
  entry: z.uuid(),
  type: z.enum(Object.values(FINGERPRINT_TYPES)),
});

/**
 * NCMEC's hash sharing, version 2, as a server: whoever is given a bank gets it by the same client as from there. Source: NCMEC's
 * documentation of it, and what public clients read; cybertipline.md 3.1 says which parts nobody shows.
 */
export async function hashSharingDoor(
  app: FastifyInstance,
  station: Station,
  doors: BankDoors,
): Promise<void> {
  const own: HashMember = { id: "1", name: station.config.station.name };
  app.addContentTypeParser(
    ["application/xml", "text/xml"],
    { parseAs: "buffer", bodyLimit: BODY_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  );
  const hide = { schema: { hide: true } };

  app.get(`${BASE}/v2/status`, hide, async (request, reply) => {
    const { username } = await bankAccountOf(station, request);
    const member = { id: memberIdOf(station, username), name: username };
    return await xml(reply, writeHashStatus({ ipAddress: request.ip, username, member }));
  });

  app.get(`${BASE}/v2/members`, hide, async (request, reply) => {
    const { receives } = await bankAccountOf(station, request);
    const { rows } = await sql<{ id: string; name: string | null }>`
      select said #>> '{member,id}' as id, max(said #>> '{member,name}') as name from bank_entry
      where bank_id = any(${receives}::text[]) and said ? 'member' group by 1 order by 1 limit 1000`.execute(
      station.db.kysely,
    );
    const members = rows.map(({ id, name }) => ({ id, name: name ?? "" }));
    return await xml(reply, writeHashMembers([own, ...members.filter(({ id }) => id !== own.id)]));
  });

  app.get(`${BASE}/v2/entries`, hide, async (request, reply) => {
    const account = await bankAccountOf(station, request);
    mustReceive(account);
    const query = entriesQuery.safeParse(request.query);
    if (!query.success)
      throw new StationError("request.invalid", "`from` and `to` are times with their zone.", {
        remedy: "Write them as 2026-01-02T00:00:00Z.",
      });
    const asked: Asked = query.data;
    const leave = await doors.doorkeeper.enter(account.username);
    try {
      return await xml(reply, writeHashPage(await sharedPage(station.db, account.receives, asked, own)));
    } finally {
      leave();
    }
  });

  app.get(`${BASE}/v2/feedback/:type/reasons`, hide, async (request, reply) => {
    await bankAccountOf(station, request);
    const { type } = z.object({ type: z.string().max(64) }).parse(request.params);
    return await xml(reply, writeFeedbackReasons(REASONS.map((reason) => ({ ...reason, type }))));
  });

  app.put(`${BASE}/v2/entries/:member/:entry/:type/feedback`, hide, async (request, reply) => {
    const account = await bankAccountOf(station, request);
    mustReceive(account);
    const params = feedbackParams.safeParse(request.params);
    const read = readFeedback(Buffer.isBuffer(request.body) ? request.body : "");
    if (!params.success || !read.ok)
      throw new StationError("request.invalid", "This is no feedback about a hash.", {
        remedy: "PUT a <feedbackSubmission> to the entry's own path.",
      });
    const { entry, type } = params.data;
    const opinion = read.document;
    const reasons = opinion.opinion === "negative" ? [...opinion.reasons] : [];
    const taken = await sql`insert into bank_opinion (entry_id, kind, username, opinion, reasons, at)
      select entry.id, ${type.toLowerCase()}, ${account.username}, ${opinion.opinion}, ${reasons}::text[],
        ${new Date(station.clock()).toISOString()}::timestamptz
      from bank_entry entry where entry.id = ${entry}::uuid and entry.bank_id = any(${account.receives}::text[])
        and exists (select from bank_signal signal where signal.entry_id = entry.id and signal.kind = ${type.toLowerCase()})
      on conflict (entry_id, kind, username) do update set opinion = excluded.opinion, reasons = excluded.reasons, at = excluded.at
      returning entry_id`.execute(station.db.kysely);
    if (taken.rows.length === 0)
      throw new StationError("not-found", "There is no such entry with such a hash.", {
        remedy: "Fetch the entry again: it may have changed.",
      });
    return await xml(reply, writeSubmissionResult());
  });
}

/** A number of its own for each account, as the protocol wants one. */
function memberIdOf({ config }: Station, username: string): string {
  return String(2 + config.banks.accounts.findIndex((account) => account.username === username));
}

/** @throws StationError `permission.refused` */
function mustReceive({ receives }: BankAccount): void {
  if (receives.length > 0) return;
  throw new StationError("permission.refused", "No bank is shared with this account.", {
    remedy: "Ask this station's operator to name one under the account's `receives`.",
  });
}

async function xml(reply: FastifyReply, text: string): Promise<FastifyReply> {
  return await reply.type("application/xml; charset=utf-8").send(Buffer.from(text));
}
