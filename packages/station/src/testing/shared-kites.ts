import { type SaidEntry, saidEntrySchema } from "../banks/entry.ts";
import { bankSettingsSchema, makeBank } from "../banks/settings.ts";
import { writeEntries } from "../banks/write-entries.ts";
import type { AfterHook } from "../store/testing/database.ts";
import { until } from "./desk.ts";
import { type MediaPlatform, startMediaPlatform } from "./media.ts";
import { secretFile, startTestStation, type TestStation } from "./station.ts";

/** A clearinghouse that shares its bank `kites`, and a platform that fetches it and matches with it what people post. */
export interface SharedKites {
  house: TestStation;
  platform: MediaPlatform;
}

/** What changed within the newest half minute waits for the next time; these were said before. */
const BEFORE_MS = 120_000;

/** @param entries of the bank; those of member 9 are told apart by their key */
export async function startSharedKites(
  hook: AfterHook,
  entries: ReadonlyArray<Partial<SaidEntry>>,
  more: Record<string, unknown> = {},
): Promise<SharedKites> {
  const { path } = await secretFile(hook);
  const account = {
    username: "example-chat-banks",
    name: "Example Chat",
    kind: "platform",
    passwordFile: path,
  };
  const house = await startTestStation(hook, {
    id: "example-house",
    profile: "clearinghouse",
    config: {
      senders: [account],
      banks: { accounts: [{ username: "example-chat-banks", receives: ["kites"] }] },
    },
  });
  const settings = bankSettingsSchema.parse({
    name: "Kites",
    source: "Example Kite Society",
    trust: "vetted",
  });
  const said = entries.map((entry, at) =>
    saidEntrySchema.parse({
      key: `kite-${at + 1}`,
      media: "image",
      member: { id: "9", name: "Example Harbour" },
      signals: [],
      ...entry,
    }),
  );
  const then = () => Date.now() - BEFORE_MS;
  await house.station.db.transaction(async (tx) => {
    await makeBank(tx, "kites", settings, "operator", then());
    await writeEntries(tx, "kites", { entries: said, removed: [] }, "operator", then);
  });
  const exchange = {
    kind: "ncmec",
    bank: "kites",
    settings,
    base: `${house.url}/hashsharing`,
    username: "example-chat-banks",
    passwordFile: path,
    since: new Date(Date.now() - 86_400_000).toISOString(),
  };
  const platform = await startMediaPlatform(hook, { house, ...more, banks: { exchanges: [exchange] } });
  await until("the bank", async () => {
    const { rows } = await platform.station.db.pool.query<{ live: number }>(
      "select live::integer from bank_tally where bank_id = 'kites'",
    );
    return rows[0]?.live === said.length;
  });
  return { house, platform };
}
