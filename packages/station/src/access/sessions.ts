import type { Kysely } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import { newId, type Database } from "../store/index.ts";
import type { WorkStatus, Tables } from "../store/tables.ts";
import type { Principal } from "./policy.ts";
import { newToken, tokenHash } from "./token.ts";

/** A shift. The session ends then whatever happens; nobody works longer on one sign-in. */
const SESSION_HOURS = 10;
/** Long enough to reach somebody by another way, short enough that a forgotten link is dead. */
const LINK_HOURS = 24;

const hours = (n: number) => n * 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Adds a person who works here. */
export async function addPerson(
  db: Kysely<Tables>,
  name: string,
  role: string,
  now: number,
): Promise<Principal> {
  const id = newId(now);
  await db
    .insertInto("person")
    .values({ id, name, role, created_at: iso(now), disabled_at: null })
    .execute();
  return { id, name, role };
}

/** @returns the token of a one-time sign-in link for this person */
export async function newSignInLink(db: Kysely<Tables>, personId: string, now: number): Promise<string> {
  const token = newToken();
  await db
    .insertInto("sign_in_link")
    .values({
      token_hash: tokenHash(token),
      person_id: personId,
      created_at: iso(now),
      expires_at: iso(now + hours(LINK_HOURS)),
      used_at: null,
    })
    .execute();
  return token;
}

export interface Session {
  token: string;
  principal: Principal;
  expiresAt: number;
}

/**
 * Uses a one-time link up and opens a session.
 * @throws StationError `sign-in.refused`, the same whether the link is unknown, used or expired
 */
export async function signIn(db: Database, linkToken: string, now: number): Promise<Session> {
  const token = newToken();
  const principal = await db.transaction(async (tx) => {
    const link = await tx
      .updateTable("sign_in_link")
      .set({ used_at: iso(now) })
      .where("token_hash", "=", tokenHash(linkToken))
      .where("used_at", "is", null)
      .where("expires_at", ">", iso(now))
      .returning("person_id")
      .executeTakeFirst();
    const person =
      link === undefined
        ? undefined
        : await tx
            .selectFrom("person")
            .select(["id", "name", "role"])
            .where("id", "=", link.person_id)
            .where("disabled_at", "is", null)
            .executeTakeFirst();
    if (person === undefined)
      throw new StationError("sign-in.refused", "This sign-in link has been used or has run out.", {
        remedy: "Ask whoever runs this station for a new link. Nothing of your work is lost.",
      });
    await tx
      .insertInto("session")
      .values({
        token_hash: tokenHash(token),
        person_id: person.id,
        created_at: iso(now),
        last_seen_at: iso(now),
        expires_at: iso(now + hours(SESSION_HOURS)),
      })
      .execute();
    await recordLeaf(tx, {
      kind: "sign-in",
      at: now,
      actor: `person:${person.id}`,
      body: { role: person.role },
    });
    return person;
  });
  return { token, principal, expiresAt: now + hours(SESSION_HOURS) };
}

/**
 * Whose session this is, or `undefined`. Whoever asks for a report learns its status in the same round trip, to decide by it
 * whether this person may.
 */
export async function findSession(
  db: Kysely<Tables>,
  token: string,
  now: number,
  reportId?: string,
): Promise<{ principal: Principal; expiresAt: number; reportStatus: WorkStatus | undefined } | undefined> {
  const row = await db
    .selectFrom("session")
    .innerJoin("person", "person.id", "session.person_id")
    .leftJoin("report", (join) => join.on("report.id", "=", reportId ?? null))
    .select([
      "person.id",
      "person.name",
      "person.role",
      "session.expires_at",
      "report.status",
      "report.erased_by",
    ])
    .where("session.token_hash", "=", tokenHash(token))
    .where("session.expires_at", ">", iso(now))
    .where("person.disabled_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    principal: { id: row.id, name: row.name, role: row.role },
    expiresAt: Date.parse(row.expires_at),
    reportStatus: row.erased_by !== null ? "erased" : (row.status ?? undefined),
  };
}

export async function endSession(db: Kysely<Tables>, token: string): Promise<void> {
  await db.deleteFrom("session").where("token_hash", "=", tokenHash(token)).execute();
}
