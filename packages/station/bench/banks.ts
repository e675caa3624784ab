import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openMatcher } from "../src/banks/matcher.ts";
import { bankSettingsSchema, makeBank } from "../src/banks/settings.ts";
import { silentLog } from "../src/store/index.ts";
import { testDatabase } from "../src/store/testing.ts";
import { endOfFile } from "../src/testing/station.ts";

/**
 * How long a matcher takes to begin from the table and from its snapshot, in turns, with a million likenesses and a million digests,
 * and how long the snapshot takes to write. `npm run bench -- banks`, `ROWS=100000` for fewer.
 */
const ROWS = Number(process.env["ROWS"] ?? 1_000_000);
const TURNS = 3;
const end = endOfFile();

test("a matcher begins", { timeout: 1_800_000 }, async (context) => {
  const { db } = await testDatabase(end);
  const folder = await mkdtemp(join(tmpdir(), "fairlead-bench-banks-"));
  end.after(() => rm(folder, { recursive: true, force: true }));
  const settings = bankSettingsSchema.parse({ name: "Kites", source: "Example Kite Society" });
  await db.transaction(async (tx) => await makeBank(tx, "kites", settings, "operator", Date.now()));
  await db.pool.query(
    `insert into bank_entry (id, bank_id, key, said, digest, gone, revision, changed_at)
     select gen_random_uuid(), 'kites', n::text, '{}', sha256(n::text::bytea), false, 1, now() from generate_series(1, ${ROWS}) n`,
  );
  await db.pool.query(
    `insert into bank_signal (entry_id, kind, value)
     select id, kind, case kind when 'pdq' then digest else substr(digest, 1, 16) end
     from bank_entry cross join (values ('pdq'), ('md5')) kinds (kind)`,
  );
  const measured = {
    rows: ROWS,
    table: [] as number[],
    snapshot: [] as number[],
    writeSnapshot: [] as number[],
  };
  const opened = async (snapshots: string) => {
    const began = performance.now();
    const matcher = openMatcher({ db, log: silentLog }, { follows: false, snapshots });
    await matcher.catchUp();
    const ms = Math.round(performance.now() - began);
    if (matcher.status().banks[0]?.sizes.pdq !== ROWS) throw new Error("a matcher has not read everything");
    return { matcher, ms };
  };
  for (let turn = 0; turn < TURNS; turn += 1) {
    const snapshots = join(folder, String(turn));
    const table = await opened(snapshots);
    const began = performance.now();
    await table.matcher[Symbol.asyncDispose]();
    measured.writeSnapshot.push(Math.round(performance.now() - began));
    const snapshot = await opened(snapshots);
    await snapshot.matcher[Symbol.asyncDispose]();
    measured.table.push(table.ms);
    measured.snapshot.push(snapshot.ms);
    await rm(snapshots, { recursive: true });
  }
  context.diagnostic(JSON.stringify(measured));
});
