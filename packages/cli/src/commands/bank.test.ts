import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../free-port.ts";
import { folder, run } from "../testing/command.ts";

test("lists are imported, matched and counted beside no station at all; a wrong one is refused with its line", async (t) => {
  const dir = join(await folder(t), "station");
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const names = ["--id", "platform-one", "--name", "Platform One", "--profile", "platform"];
  assert.equal((await run(["init", dir, ...names, "--port", port, "--url", url])).code, 0);
  const config = ["--config", join(dir, "station.json"), "--json"];
  const [md5, pdq] = [randomBytes(16).toString("hex"), randomBytes(32).toString("hex")];
  const list = join(dir, "kites.csv");
  await writeFile(list, `key,md5,pdq,categories\na,${md5},,delta\nb,,${pdq},box\n`);
  const bank = [
    "--bank",
    "kites",
    "--source",
    "Example Kite Society",
    "--trust",
    "vetted",
    "--semantics",
    "pdq/full",
  ];
  const imported = await run(["bank", "import", list, ...bank, ...config]);
  assert.equal(imported.code, 0, imported.stderr);
  assert.deepEqual(JSON.parse(imported.stdout), {
    bank: "kites",
    added: 2,
    changed: 0,
    restored: 0,
    removed: 0,
    same: 0,
  });
  const matched = await run(["bank", "match", pdq, "--kind", "pdq", ...config]);
  const { matches } = JSON.parse(matched.stdout) as { matches: Array<Record<string, unknown>> };
  assert.deepEqual(
    matches.map(({ bank: at, source, distance, trust }) => [at, source, distance, trust]),
    [["kites", "Example Kite Society", 0, "vetted"]],
  );
  const stats = JSON.parse((await run(["bank", "stats", ...config])).stdout) as {
    banks: Array<{ id: string; signals: object }>;
  };
  assert.deepEqual(
    stats.banks.map(({ id, signals }) => [id, signals]),
    [["kites", { md5: 1, sha1: 0, sha256: 0, pdq: 1 }]],
  );
  await writeFile(list, `key,md5\na,${md5}\nb,${md5.slice(1)}\n`);
  const wrong = await run(["bank", "import", list, ...bank, ...config]);
  assert.deepEqual([wrong.code, /line 3/.test(wrong.stderr)], [1, true], wrong.stderr);
  const unclear = await run(["bank", "match", pdq, ...config]);
  assert.match(unclear.stderr, /say which with --kind/);
});
