import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Tables } from "../store/tables.ts";
import { sameHash, tokenHash } from "./token.ts";

/** Who sends reports over a wire. */
export interface SenderAccount {
  username: string;
  name: string;
  kind: "platform" | "hotline" | "public";
  /** The peer that outcomes go back to, where the sender runs a station of its own. */
  peer: string | undefined;
  /** It may hand in evidence that it has sealed to this station itself, so that no process at the door holds the plaintext. */
  seals: boolean;
  disabled: boolean;
}

/** Compared against when a name is unknown, so that an unknown name and a wrong secret take the same time. */
const NOBODY = { salt: randomBytes(16), hash: randomBytes(32) };

/** Creates or updates an account with a secret of 256 random bits made by `newToken` of token.ts. */
export async function saveAccount(
  db: Kysely<Tables>,
  account: {
    username: string;
    name: string;
    kind: SenderAccount["kind"];
    secret: string;
    peer?: string | undefined;
    seals?: boolean | undefined;
  },
  now: number,
): Promise<void> {
  const salt = randomBytes(16);
  const values = {
    name: account.name,
    kind: account.kind,
    secret_salt: salt,
    secret_hash: tokenHash(account.secret, salt),
    peer_id: account.peer ?? null,
    seals: account.seals ?? false,
    disabled_at: null,
  };
  await db
    .insertInto("sender_account")
    .values({ username: account.username, created_at: new Date(now).toISOString(), ...values })
    .onConflict((conflict) => conflict.column("username").doUpdateSet(values))
    .execute();
}

/** @returns the account whose name and secret these are, disabled ones too; `undefined` for anybody else */
export async function authenticateSender(
  db: Kysely<Tables>,
  username: string,
  secret: string,
): Promise<SenderAccount | undefined> {
  return checked(await accountRow(db, username), secret);
}

/** How long an account that was closed may still be let in, at most. */
const ROW_AGE_MS = 1000;
/** Senders whose rows are kept; a station knows hundreds, and any above this are merely asked for each time. */
const ROWS = 10_000;

/**
 * `authenticateSender` for a door that is called several times for each report: what the database says of an account is asked once
 * a second. The secret is checked at every call.
 */
export function senderCheck(
  db: Kysely<Tables>,
): (username: string, secret: string) => Promise<SenderAccount | undefined> {
  const rows = new Map<string, { since: number; row: AccountRow }>();
  return async (username, secret) => {
    const known = rows.get(username);
    if (known !== undefined && performance.now() - known.since < ROW_AGE_MS)
      return checked(known.row, secret);
    const since = performance.now();
    const row = await accountRow(db, username);
    rows.delete(username);
    // Only names that accounts have are kept, so that nobody fills this with others.
    if (row !== undefined && rows.size < ROWS) rows.set(username, { since, row });
    return checked(row, secret);
  };
}

type AccountRow = Awaited<ReturnType<typeof accountRow>>;

async function accountRow(db: Kysely<Tables>, username: string) {
  // PostgreSQL takes no U+0000 in a text, not even to look it up.
  const storable = username.replaceAll("\u0000", "\ufffd");
  return await db
    .selectFrom("sender_account")
    .selectAll()
    .where("username", "=", storable)
    .executeTakeFirst();
}

function checked(row: AccountRow, secret: string): SenderAccount | undefined {
  const expected = row?.secret_hash ?? NOBODY.hash;
  const matches = sameHash(tokenHash(secret, row?.secret_salt ?? NOBODY.salt), expected);
  if (row === undefined || !matches) return undefined;
  return {
    username: row.username,
    name: row.name,
    kind: row.kind,
    peer: row.peer_id ?? undefined,
    seals: row.seals,
    disabled: row.disabled_at !== null,
  };
}
