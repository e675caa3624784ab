/** Whether a package, and a station's own books, are what they say: from the command line, offline. */
import assert from "node:assert/strict";
import { mkdir, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  digestOf,
  type Manifest,
  measureSealed,
  reportEntryName,
  sealStream,
  signManifest,
  writePackage,
} from "@fairlead/sealing";
import { simulate } from "@fairlead/simulator";
import { loadKeys, type StationCard } from "@fairlead/station";
import { freePort } from "../free-port.ts";
import { type Ended, folder, run, start } from "../testing/command.ts";

interface Hook {
  after(cleanUp: () => Promise<void>): void;
}

interface Made {
  id: string;
  dir: string;
  config: string;
  card: StationCard;
}

/** Stations as their operators make them, with `init`. */
async function stationIn(root: string, id: string): Promise<Made> {
  const dir = join(root, id);
  const port = String(await freePort());
  const args = ["init", dir, "--id", id, "--name", id, "--profile", "police-force", "--port", port];
  const ended = await run([...args, "--url", `http://127.0.0.1:${port}`, "--json"]);
  assert.equal(ended.code, 0, ended.stderr);
  return { id, dir, config: join(dir, "station.json"), card: JSON.parse(ended.stdout) as StationCard };
}

async function introduce(to: Made, peer: Made): Promise<void> {
  const config = JSON.parse(await readFile(to.config, "utf8")) as object;
  const { id, name, url, verifyKey, recipient } = peer.card;
  await writeFile(to.config, JSON.stringify({ ...config, peers: [{ id, name, url, verifyKey, recipient }] }));
}

const REPORT = Buffer.from('{"about":"hills and sea"}');

/** Seals one report with the sender's own keys for the receiver. */
async function sealed(from: Made, to: Made): Promise<Buffer> {
  const keys = await loadKeys(join(from.dir, "keys"), from.id);
  const ciphertext = await collect(sealStream(once(REPORT), [to.card.recipient]));
  const entry = reportEntryName("report-1");
  const { ciphertext: measured } = await measureSealed(once(ciphertext));
  const { sha256, size } = await digestOf(once(REPORT));
  const manifest: Manifest = {
    version: 1,
    packageId: "package-1",
    createdAt: "2026-03-01T12:00:00Z",
    from: { station: from.id, name: from.id, signingKeyId: keys.signing.keyId },
    to: { station: to.id, name: to.id, recipient: to.card.recipient },
    purpose: "For your assessment.",
    reports: [{ reportId: "report-1", entry, ciphertext: measured, plaintext: { sha256, size } }],
    evidence: [],
    custody: [],
  };
  const envelope = await signManifest(manifest, keys.signing);
  return await collect(writePackage(envelope, () => once(ciphertext)));
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function world(t: Hook) {
  const root = await folder(t);
  const [agency, force, stranger] = await Promise.all(
    ["example-agency", "example-force", "example-stranger"].map((id) => stationIn(root, id)),
  );
  if (agency === undefined || force === undefined || stranger === undefined)
    throw new Error("three stations");
  await introduce(force, agency);
  await introduce(stranger, agency);
  const bytes = await sealed(agency, force);
  const path = join(root, "good.tar");
  await writeFile(path, bytes);
  return { root, agency, force, stranger, bytes, path };
}

function withoutStack({ stderr }: Ended): void {
  assert.doesNotMatch(stderr, /\n\s+at /);
}

test("verify tells a good package from a tampered one and from an unknown sender's; open needs the receiver's key", async (t) => {
  const { root, agency, force, stranger, bytes, path } = await world(t);
  const good = await run(["package", "verify", path, "--config", force.config, "--json"]);
  assert.equal(good.code, 0, good.stdout + good.stderr);
  assert.equal((JSON.parse(good.stdout) as { trusted: boolean }).trusted, true);
  const byCard = await run(["package", "verify", path, "--card", join(agency.dir, "card.json")]);
  assert.equal(byCard.code, 0);
  assert.match(byCard.stdout, /from example-agency[\s\S]*The package is what it says\./);

  const unknown = await run(["package", "verify", path, "--card", join(stranger.dir, "card.json"), "--json"]);
  assert.equal(unknown.code, 1);
  assert.equal((JSON.parse(unknown.stdout) as { trusted: boolean }).trusted, false);
  const nobody = await run(["package", "verify", path]);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /No sender is trusted[\s\S]*--card/);

  // One bit at places spread over the file: manifest, header, ciphertext.
  for (const at of [600, bytes.length - 1400, bytes.length - 1100]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const bad = join(root, `bad-${at}.tar`);
    await writeFile(bad, changed);
    const verdict = await run(["package", "verify", bad, "--config", force.config, "--json"]);
    assert.equal(verdict.code, 1, `byte ${at}`);
    withoutStack(verdict);
    const opened = await run([
      "package",
      "open",
      bad,
      "--config",
      force.config,
      "--out",
      join(root, `out-${at}`),
    ]);
    assert.equal(opened.code, 1, `byte ${at}`);
    withoutStack(opened);
  }

  const out = join(root, "out");
  const opened = await run(["package", "open", path, "--config", force.config, "--out", out, "--json"]);
  assert.equal(opened.code, 0, opened.stderr);
  assert.deepEqual(await readFile(join(out, "report-report-1.json")), REPORT);
  assert.equal((await stat(join(out, "report-report-1.json"))).mode & 0o777, 0o600);
  const again = await run(["package", "open", path, "--config", force.config, "--out", out]);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /exists already/);

  const wrongOut = join(root, "wrong");
  const wrong = await run(["package", "open", path, "--config", stranger.config, "--out", wrongOut]);
  assert.equal(wrong.code, 1);
  withoutStack(wrong);
  assert.deepEqual(await readdir(wrongOut).catch(() => []), []);

  await writeFile(join(root, "not.tar"), "hills and sea");
  const noPackage = await run(["package", "verify", join(root, "not.tar"), "--config", force.config]);
  assert.equal(noPackage.code, 1);
  withoutStack(noPackage);
});

test("audit verify agrees with a station's books, running or not, and names a vault object of which one byte changed", async (t) => {
  const root = await folder(t);
  const { dir, config } = await stationIn(root, "example-platform");
  const secret = join(dir, "keys", "feed.secret");
  await writeFile(secret, "a long enough password\n", { mode: 0o600 });
  const written = JSON.parse(await readFile(config, "utf8")) as { publicUrl: string };
  const senders = [{ username: "feed", name: "Feed", kind: "platform", passwordFile: secret }];
  await writeFile(
    config,
    JSON.stringify({
      ...written,
      station: { id: "example-platform", name: "Example", profile: "platform" },
      senders,
    }),
  );
  const station = start(t, ["serve", "--config", config, "--json", "--log-level", "error"]);
  await station.until("stdout", /"ready":true/);
  const [sample] = samples();
  const form = new FormData();
  form.set("report", JSON.stringify(sample.report));
  for (const file of sample.files)
    form.set(file.evidenceId, new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  const accepted = await fetch(`${written.publicUrl}/door/reports`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from("feed:a long enough password").toString("base64")}` },
    body: form,
  });
  assert.ok(accepted.ok, await accepted.text());
  const running = await run(["audit", "verify", "--config", config, "--json"]);
  assert.equal(running.code, 0, running.stdout + running.stderr);
  const result = JSON.parse(running.stdout) as { ok: boolean; reports: number; objects: number };
  assert.deepEqual([result.ok, result.reports], [true, 1]);
  assert.ok(result.objects >= sample.files.length);
  station.child.kill("SIGTERM");
  assert.equal(await station.ended, 0);

  const object = await anObject(join(dir, "vault"));
  const file = await open(object, "r+");
  const { size } = await file.stat();
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, size - 1);
  await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, size - 1);
  await file.close();
  const broken = await run(["audit", "verify", "--config", config, "--json"]);
  assert.equal(broken.code, 1);
  const { ok, breaches } = JSON.parse(broken.stdout) as {
    ok: boolean;
    breaches: Array<{ where: string; what: string; how: string }>;
  };
  assert.equal(ok, false);
  const name = object.split("/").at(-1) ?? "";
  assert.ok(JSON.stringify(breaches).includes(name), `${JSON.stringify(breaches)} names ${name}`);
});

function samples() {
  const found = [
    ...simulate({ seed: 3, count: 20, profile: "uk-demo", startAt: Date.parse("2026-03-01T00:00:00Z") }),
  ];
  const first = found.find(({ files }) => files.length > 0);
  if (first === undefined) throw new Error("a sample with a file");
  return [first] as const;
}

async function anObject(vault: string): Promise<string> {
  await mkdir(vault, { recursive: true });
  for (const entry of await readdir(vault, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && (await stat(join(entry.parentPath, entry.name))).size > 300)
      return join(entry.parentPath, entry.name);
  throw new Error("no object in the vault");
}
