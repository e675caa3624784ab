/** Nothing of the demonstration outlives it, however it ends. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, folder, MAIN, processesWith, run, start } from "../testing/command.ts";

const LONG_STREAM = ["demo", "--once", "--json", "--reports", "100000"];

test("stations and PostgreSQL end when the demonstration is killed with kill -9", async (t) => {
  const data = await folder(t);
  const demo = start(t, [...LONG_STREAM, "--data", data]);
  await demo.until("stderr", /four stations are up/);
  const stations = await processesWith(`${data}/`);
  assert.ok(stations.length >= 5, "four stations and a database run");
  demo.child.kill("SIGKILL");
  assert.equal(await demo.ended, "SIGKILL");
  await eventually(async () => ((await processesWith(data)).length === 0 ? true : undefined));
});

test("SIGTERM in the middle of the stream stops everything and removes the temporary folder", async (t) => {
  const temporary = await folder(t);
  const demo = start(t, LONG_STREAM, { TMPDIR: temporary });
  await demo.until("stderr", /four stations are up/);
  demo.child.kill("SIGTERM");
  assert.equal(await demo.ended, 130);
  assert.equal(demo.talk.stdout, "");
  assert.deepEqual(await processesWith(temporary), []);
  assert.deepEqual(
    (await readdir(temporary)).filter((name) => name.startsWith("fairlead-demo-")),
    [],
  );
});

test("a station ends with its parent only when it is told to: under a service manager it stays", async (t) => {
  const dir = join(await folder(t), "station");
  const port = "0";
  const made = await run([
    "init",
    dir,
    "--id",
    "example-platform",
    "--name",
    "Example",
    "--profile",
    "platform",
    "--port",
    port,
  ]);
  assert.equal(made.code, 0, made.stderr);
  await access(join(dir, "station.json"));
  const config = ["serve", "--config", join(dir, "station.json"), "--json", "--log-level", "warn"];

  // Standard input is /dev/null here, which ends at once.
  const alone = start(t, config);
  await alone.until("stdout", /"ready":true/);
  assert.equal(alone.child.exitCode, null);
  alone.child.kill("SIGTERM");
  assert.equal(await alone.ended, 0);

  const held = spawn(process.execPath, [MAIN, ...config, "--with-parent"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  t.after(() => held.kill("SIGKILL"));
  await once(held.stdout, "data");
  assert.equal(held.exitCode, null);
  held.stdin.end();
  const [code] = (await once(held, "exit")) as [number | null];
  assert.equal(code, 0);
});
