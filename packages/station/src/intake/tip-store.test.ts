import { type Credentials, testServerStore } from "@fairlead/cybertipline/conformance";
import { newToken, saveAccount } from "../access/index.ts";
import { startTestStation } from "../testing/station.ts";
import { tipStore } from "./tip-store.ts";

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

testServerStore(
  "PostgreSQL and the vault",
  async () => {
    await using stack = new AsyncDisposableStack();
    const hook = {
      after(cleanUp: () => Promise<void>) {
        stack.defer(cleanUp);
      },
    };
    const { station } = await startTestStation(hook, { id: "conformance", profile: "clearinghouse" });
    const credentials = async (username: string): Promise<Credentials> => {
      const secret = newToken();
      await saveAccount(
        station.db.kysely,
        { username, name: username, kind: "platform", secret },
        Date.now(),
      );
      return { username, password: secret };
    };
    const platform = await credentials("example-chat");
    const otherPlatform = await credentials("example-photos");
    const resources = stack.move();
    return {
      store: tipStore(station),
      platform,
      otherPlatform,
      async kept(number) {
        const db = station.db.kysely;
        const tip = await db.selectFrom("tip").selectAll().where("number", "=", number).executeTakeFirst();
        if (tip === undefined || (tip.state !== "open" && tip.state !== "finished")) return undefined;
        const files = await db
          .selectFrom("tip_file")
          .selectAll()
          .where("tip_number", "=", number)
          .orderBy("position")
          .execute();
        return {
          state: tip.state,
          xml: tip.document,
          files: await Promise.all(
            files.map(async (file) => ({
              fileId: file.file_id,
              bytes: await collect(station.vault.decrypt(file.object_name)),
              ...(file.details === null ? {} : { detailsXml: file.details }),
            })),
          ),
        };
      },
      async stagedCount() {
        let staged = 0;
        for await (const object of station.vault.objects.list()) {
          const known = await station.db.kysely
            .selectFrom("vault_object")
            .select("name")
            .where("name", "=", object.name)
            .executeTakeFirst();
          if (known === undefined) staged += 1;
        }
        return staged;
      },
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    };
  },
  { propertyRuns: 10 },
);
