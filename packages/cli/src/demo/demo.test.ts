/** `npm start -- --once --json`, as others script against it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { simulate } from "@fairlead/simulator";
import { openDatabase, silentLog, startEmbedded } from "@fairlead/station";
import { folder, run } from "../testing/command.ts";
import type { PostedMedia } from "./posted-media.ts";

test("the whole chain runs once and says in one line of JSON what came of it", async () => {
  const reports = 24;
  const seed = 7;
  const ended = await run(["demo", "--once", "--json", "--reports", String(reports), "--seed", String(seed)]);
  assert.equal(ended.code, 0, ended.stderr);
  const lines = ended.stdout.trimEnd().split("\n");
  assert.equal(lines.length, 1, "everything else is on standard error");
  const result = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  const stream = [...simulate({ seed, count: reports, profile: "uk-demo", startAt: Date.now() })];
  const referred = stream.filter(({ truth }) => truth.plan.refer !== null);
  const sha256s = (files: ReadonlyArray<{ bytes: Uint8Array }>) =>
    new Set(files.map((file) => createHash("sha256").update(file.bytes).digest("hex")));
  assert.deepEqual(
    [result["reports"], result["lost"], result["duplicated"], result["auditVerified"]],
    [reports, 0, 0, true],
  );
  assert.equal(result["evidence"], stream.flatMap(({ files }) => files).length);
  assert.equal(result["throughAllStations"], referred.length);
  assert.equal(result["routedRight"], referred.length);
  // What the force's officer was shown is what the platform had handed in, byte for byte.
  assert.equal(
    result["evidenceSeenUnchanged"],
    referred.reduce((sum, { files }) => sum + sha256s(files).size, 0),
  );
  const media = result["media"] as PostedMedia & { reported: number };
  assert.deepEqual([media.posts, media.reported], [60, 2]);
  const rowOf = (edit: string) => media.kinds.find((row) => row.edit === edit);
  assert.deepEqual([rowOf("same bytes")?.exact.recall, rowOf("grey")?.exact.recall], [1, 0]);
  for (const edit of ["JPEG of quality 60", "as WebP", "half as large", "cropped 1 % all round", "mirrored"])
    assert.deepEqual(rowOf(edit)?.any, { recall: 1, precision: 1 }, edit);
  assert.equal(rowOf("all")?.any.precision, 1);
  // Each of the copies that were found, but for those with the very bytes, waits for a person.
  assert.equal(media.toReview, Math.round(40 * (rowOf("all")?.any.recall ?? 0)) - media.reported);
  for (const name of ["referred", "packagesDelivered", "outcomesReturned", "seconds"])
    assert.ok(Number(result[name]) > 0, name);
});

test("on a server of somebody's own each run has databases of its own, and takes them away", async (t) => {
  await using own =
    process.env["DATABASE_URL"] === undefined
      ? await startEmbedded({ dataDir: await folder(t), log: silentLog })
      : undefined;
  const url = process.env["DATABASE_URL"] ?? (await own?.ensureDatabase("somebodys_own")) ?? "";
  for (const seed of ["1", "2"]) {
    const args = ["demo", "--once", "--json", "--reports", "3", "--seed", seed];
    const ended = await run(args, { DATABASE_URL: url });
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stderr, /making the database fairlead_demo_[0-9a-f]{8}_force/);
    const made = ended.stderr.match(/fairlead_demo_\w+/g) ?? [];
    await using db = openDatabase({ url, applicationName: "fairlead test", poolSize: 1, log: silentLog });
    const { rows } = await db.pool.query("select datname from pg_database where datname = any($1)", [made]);
    assert.deepEqual(rows, []);
  }
});
