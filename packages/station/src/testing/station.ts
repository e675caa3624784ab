import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { addPerson, newSignInLink, newToken } from "../access/index.ts";
import { configSchema, type StationConfig } from "../config.ts";
import { cardOf, createChatKeys, createKeys, loadKeys, type StationCard } from "../keys.ts";
import { type ProfileId, profiles } from "../profile.ts";
import { type RunningStation, startStation } from "../start.ts";
import { testDatabase } from "../store/testing.ts";
import type { AfterHook } from "../store/testing/database.ts";

/** A whole station for a test: its own database, keys and port, gone afterwards. */
export interface TestStation extends RunningStation {
  card: StationCard;
  config: StationConfig;
  /** Signs a new person in and gives what their browser would send. */
  signIn(role: string): Promise<DeskHeaders>;
}
export interface DeskHeaders {
  cookie: string;
  "x-fairlead-desk": string;
}

export interface TestStationOptions {
  id: string;
  profile: ProfileId;
  /** More of the configuration; peers are added when their cards are known, with `introduce`. */
  config?: Record<string, unknown>;
  clock?: () => number;
  /** A port that was reserved before, so that peers know the address. */
  port?: number;
}

/** For what a whole test file shares: called at its top, because an `after` within a `before` belongs to that hook alone. */
export function endOfFile(): AfterHook {
  const stack = new AsyncDisposableStack();
  after(async () => await stack.disposeAsync());
  return { after: (cleanUp) => stack.defer(cleanUp) };
}

/** Makes a station's folder and keys without starting it: peers need its card first. */
export async function prepareStation(hook: AfterHook, options: TestStationOptions) {
  const dir = await mkdtemp(join(tmpdir(), `fairlead-test-${options.id}-`));
  hook.after(() => rm(dir, { recursive: true, force: true }));
  await createKeys(join(dir, "keys"), options.id);
  if (profiles[options.profile].doors.includes("chat")) await createChatKeys(join(dir, "keys"));
  const keys = await loadKeys(join(dir, "keys"), options.id);
  const url = `http://127.0.0.1:${options.port ?? 0}`;
  return { dir, card: cardOf({ id: options.id, name: `Test ${options.id}`, url }, keys) };
}

/** Starts a station on a fresh database. It stops before its database goes. */
export async function startTestStation(
  hook: AfterHook,
  options: TestStationOptions,
  prepared?: Awaited<ReturnType<typeof prepareStation>>,
): Promise<TestStation> {
  const stack = new AsyncDisposableStack();
  // One hook for all: node:test runs hooks in the order of their registration, and things end in the reverse one.
  hook.after(async () => await stack.disposeAsync());
  const { dir, card } = prepared ?? (await prepareStation({ after: (done) => stack.defer(done) }, options));
  const database = stack.use(await testDatabase());
  const config = configSchema.parse({
    station: { id: options.id, name: card.name, profile: options.profile },
    listen: { host: "127.0.0.1", port: options.port ?? 0 },
    publicUrl: card.url,
    dataDir: dir,
    databaseUrl: database.url,
    ...options.config,
  });
  const running = await startStation(config, {
    logLevel: process.env["FAIRLEAD_TEST_LOG"] ?? "silent",
    dataIsThrowAway: true,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  stack.use(running);
  return { ...running, card: { ...card, url: running.url }, config, signIn: (role) => signIn(running, role) };
}

async function signIn(running: RunningStation, role: string): Promise<DeskHeaders> {
  const { db, clock } = running.station;
  const person = await addPerson(db.kysely, `Test ${role}`, role, clock());
  const token = await newSignInLink(db.kysely, person.id, clock());
  const response = await fetch(`${running.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const cookie = response.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  return { cookie, "x-fairlead-desk": "1" };
}

/** A secret in a file, as configuration wants it. */
export async function secretFile(
  hook: AfterHook,
  secret = newToken(),
): Promise<{ secret: string; path: string }> {
  const dir = await mkdtemp(join(tmpdir(), "fairlead-test-secret-"));
  hook.after(() => rm(dir, { recursive: true, force: true }));
  await mkdir(dir, { recursive: true });
  const path = join(dir, "secret");
  await writeFile(path, `${secret}\n`);
  return { secret, path };
}
