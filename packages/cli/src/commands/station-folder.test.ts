/** A station's folder from the command line: made, peopled, examined. */
import assert from "node:assert/strict";
import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../free-port.ts";
import { folder, run, start } from "../testing/command.ts";
import { postToken } from "../testing/sandbox.ts";

interface Hook {
  after(cleanUp: () => Promise<void>): void;
}

async function made(hook: Hook): Promise<{ dir: string; config: string }> {
  const dir = join(await folder(hook), "station");
  const port = String(await freePort());
  const names = ["--id", "example-police", "--name", "Example Police", "--profile", "police-force"];
  const ended = await run([
    "init",
    dir,
    ...names,
    "--port",
    port,
    "--url",
    `http://127.0.0.1:${port}`,
    "--json",
  ]);
  assert.equal(ended.code, 0, ended.stderr);
  const card = JSON.parse(ended.stdout) as Record<string, unknown>;
  assert.deepEqual(card, JSON.parse(await readFile(join(dir, "card.json"), "utf8")));
  return { dir, config: join(dir, "station.json") };
}

interface Doctor {
  ok: boolean;
  findings: Array<{ check: string; ok: boolean; detail: string }>;
}

async function doctor(config: string): Promise<{ code: number | null; bad: string[]; details: string }> {
  const ended = await run(["doctor", "--config", config, "--json"]);
  const { ok, findings } = JSON.parse(ended.stdout) as Doctor;
  assert.equal(ended.code, ok ? 0 : 1);
  const bad = findings.filter((found) => !found.ok);
  return {
    code: ended.code,
    bad: bad.map(({ check }) => check),
    details: bad.map(({ detail }) => detail).join("\n"),
  };
}

test("init makes keys that only their owner may read, and never makes a station over another", async (t) => {
  const { dir } = await made(t);
  assert.equal((await stat(join(dir, "keys"))).mode & 0o777, 0o700);
  const keys = await readdir(join(dir, "keys"));
  assert.ok(keys.length > 0);
  for (const name of keys) assert.equal((await stat(join(dir, "keys", name))).mode & 0o777, 0o600, name);
  const everything = async () =>
    await Promise.all(
      [join(dir, "station.json"), ...keys.map((name) => join(dir, "keys", name))].map((path) =>
        readFile(path, "utf8"),
      ),
    );
  const before = await everything();
  const again = ["init", dir, "--id", "example-other", "--name", "Other", "--profile", "platform"];
  const second = await run(again);
  assert.equal(second.code, 1);
  assert.match(second.stderr, /exists; a station is never made over another/);
  assert.deepEqual(await everything(), before);
  // Somebody has lost the configuration but not the keys: those can open the vault, and stay.
  await rm(join(dir, "station.json"));
  const third = await run(again);
  assert.equal(third.code, 1);
  assert.doesNotMatch(third.stderr, /\n\s+at |EEXIST/);
  assert.deepEqual((await everything().catch(() => [])).length, 0);
  for (const [index, name] of keys.entries())
    assert.equal(await readFile(join(dir, "keys", name), "utf8"), before[index + 1]);
});

test("people add prints a link that signs in once at the running station", async (t) => {
  const { config } = await made(t);
  const wrong = await run(["people", "add", "--config", config, "--name", "Kim Example", "--role", "king"]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /no role "king"[\s\S]*officer/);
  const station = start(t, ["serve", "--config", config, "--json", "--log-level", "warn"]);
  await station.until("stdout", /"ready":true/);
  const add = ["people", "add", "--config", config, "--name", "Kim Example", "--role", "officer", "--json"];
  const ended = await run(add);
  assert.equal(ended.code, 0, ended.stderr);
  const { link } = JSON.parse(ended.stdout) as { link: string };
  assert.equal((await postToken(link)).status, 200);
  assert.ok((await postToken(link)).status >= 400);
  const fresh = await run(["people", "link", "--config", config, "--name", "Kim Example", "--json"]);
  assert.equal((await postToken((JSON.parse(fresh.stdout) as { link: string }).link)).status, 200);
  const examined = JSON.parse((await run(["doctor", "--config", config, "--json"])).stdout) as Doctor;
  const said = new Map(examined.findings.map(({ check, detail }) => [check, detail]));
  assert.match(said.get("station") ?? "", /^runs and answers at http/);
  assert.equal(said.get("workers"), "processes at work: 1");
  assert.ok(said.has("work") && said.has("pages-unanswered") && said.has("rules"));
  const nobody = await run(["people", "link", "--config", config, "--name", "Nobody"]);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /Nobody at this station is called/);
  station.child.kill("SIGTERM");
  assert.equal(await station.ended, 0);
});

test("doctor finds nothing in a new folder, and names an open folder, a missing secret, a missing key", async (t) => {
  const { dir, config } = await made(t);
  assert.deepEqual(await doctor(config), { code: 0, bad: [], details: "" });
  assert.match((await run(["doctor", "--config", config])).stdout, /ok {2}station: does not run/);

  await chmod(join(dir, "keys"), 0o755);
  const open = await doctor(config);
  assert.deepEqual(open.bad, ["keys"]);
  assert.match(open.details, /chmod 700/);
  await chmod(join(dir, "keys"), 0o700);

  const written = JSON.parse(await readFile(config, "utf8")) as object;
  const senders = [
    { username: "x", name: "X", kind: "platform", passwordFile: join(dir, "keys", "nowhere.secret") },
  ];
  await writeFile(config, JSON.stringify({ ...written, senders }));
  const secret = await doctor(config);
  assert.ok(secret.bad.includes("secrets"));
  assert.match(secret.details, /nowhere\.secret/);
  await writeFile(config, JSON.stringify(written));

  for (const name of await readdir(join(dir, "keys"))) await rm(join(dir, "keys", name));
  const missing = await doctor(config);
  assert.ok(missing.bad.includes("keys"));
  assert.doesNotMatch(missing.details, /\n\s+at /);

  await writeFile(config, "{");
  assert.deepEqual((await doctor(config)).bad, ["configuration"]);
});
