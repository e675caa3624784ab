import type { AfterHook } from "../store/testing/database.ts";
import { bankSettingsSchema, makeBank } from "../banks/settings.ts";
import { secretFile, startTestStation, type TestStation } from "./station.ts";

/** A station that shares a bank called `boats`, and one that fetches it into two of its own: `boats` and `other`. */
export interface HashSharing {
  server: TestStation;
  client: TestStation;
}

const settings = bankSettingsSchema.parse({ name: "Boats", source: "Example Boat Society" });

/** @param clock both stations' own; what is shared is shared since 1 November 2026 */
export async function startHashSharing(end: AfterHook, clock: () => number): Promise<HashSharing> {
  const password = await secretFile(end);
  const account = {
    username: "platform-one",
    name: "Platform",
    kind: "platform",
    passwordFile: password.path,
  };
  const server = await startTestStation(end, {
    id: "clearing-one",
    profile: "clearinghouse",
    clock,
    config: {
      roles: ["intake"],
      senders: [account],
      banks: { accounts: [{ username: "platform-one", receives: ["boats"] }] },
    },
  });
  await server.station.db.transaction(
    async (tx) => await makeBank(tx, "boats", settings, "operator", clock()),
  );
  const client = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    clock,
    config: {
      roles: ["desk"],
      banks: {
        exchanges: ["boats", "other"].map((bank) => ({
          kind: "ncmec",
          bank,
          settings,
          base: `${server.url}/hashsharing/`,
          username: "platform-one",
          passwordFile: password.path,
          since: "2026-11-01T00:00:00Z",
        })),
      },
    },
  });
  return { server, client };
}
