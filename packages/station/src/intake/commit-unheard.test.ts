import assert from "node:assert/strict";
import { before, test } from "node:test";
import { buffer } from "node:stream/consumers";
import type { PoolClient } from "pg";
import { testFile, testReport, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
});

/** Does the work with sessions whose commits are done, and break before the server says so. */
async function unheard<T>(work: () => Promise<T>): Promise<T> {
  const { pool } = at.station.db;
  const connect = pool.connect.bind(pool);
  let isOver = false;
  const deaf = async () => {
    const client: PoolClient = await connect();
    const ask = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const query = async (...given: unknown[]) => {
      const result = await ask(...given);
      // A session that others took meanwhile goes back to the pool as it is, and hears again afterwards.
      if (given[0] !== "commit" || isOver) return result;
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      throw new Error("Connection terminated unexpectedly");
    };
    return Object.assign(client, { query });
  };
  pool.connect = ((done?: Parameters<typeof connect>[0]) =>
    done === undefined ? deaf() : connect(done)) as typeof pool.connect;
  try {
    return await work();
  } finally {
    isOver = true;
    pool.connect = connect;
  }
}

test("a report whose commit is done and not heard keeps its files, and is one report when it is sent again", async () => {
  const files = [testFile(), testFile({ name: "meadow.png" })];
  const report = testReport(files);
  const first = await unheard(() => sender.send(report, files));
  assert.equal(first.status, 503);
  assert.equal(first.headers.get("retry-after"), "5");
  const again = await sender.send(report, files);
  assert.equal(again.status, 200);
  const { id } = (await again.json()) as { id: string };
  const kept = await at.station.db.kysely
    .selectFrom("evidence")
    .select("object_name")
    .where("report_id", "=", id)
    .orderBy("position")
    .execute();
  assert.equal(kept.length, files.length);
  for (const [index, { object_name: object }] of kept.entries())
    assert.deepEqual(
      await buffer(at.station.vault.decrypt(object ?? "")),
      Buffer.from(files[index]?.bytes ?? []),
    );
});
