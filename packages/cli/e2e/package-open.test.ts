/** The force's side: a package with a franked report is opened, and its first page says what it is worth. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { exampleFile, exampleReport } from "@fairlead/assessment/testing";
import type { EvidenceId } from "@fairlead/report";
import {
  digestOf,
  evidenceEntryName,
  type Manifest,
  measureSealed,
  reportEntryName,
  sealStream,
  signManifest,
  writePackage,
} from "@fairlead/sealing";
import { loadKeys } from "@fairlead/station";
import { initStation } from "../src/commands/init.ts";
import { folder, run } from "../src/testing/command.ts";
import { type FrankedWorld, frankedWorld, SECRET_WORDS } from "./franked-folder.ts";

let made: FrankedWorld;
before(async () => {
  made = await frankedWorld();
});

interface Hook {
  after(cleanUp: () => Promise<void>): void;
}

/** A police force that knows an agency and, if told so, the provider; and a package for it with these files. */
async function forceWith(t: Hook, files: Readonly<Record<string, Uint8Array>>, options: { pins: boolean }) {
  const root = await folder(t);
  const init = async (id: string) =>
    await initStation({
      dir: join(root, id),
      id,
      name: `Example ${id}`,
      profile: "police-force",
      url: "http://127.0.0.1:8400",
      port: 8400,
    });
  const [agency, force] = [await init("agency"), await init("force")];
  const config = join(root, "force", "station.json");
  const { url, id, name, verifyKey, recipient } = agency;
  await writeFile(
    config,
    JSON.stringify({
      ...(JSON.parse(await readFile(config, "utf8")) as object),
      peers: [{ id, name, url, verifyKey, recipient }],
      verifiers: options.pins ? [made.card] : [],
    }),
  );
  const path = join(root, "report.fairlead");
  await writeFile(path, await packageOf(join(root, "agency"), files, force));
  return { root, config, path, card: join(root, "agency", "card.json") };
}

async function packageOf(
  agencyDir: string,
  files: Readonly<Record<string, Uint8Array>>,
  to: { id: string; name: string; recipient: string },
): Promise<Buffer> {
  const keys = await loadKeys(join(agencyDir, "keys"), "agency");
  const parts = Object.entries(files).map(([name, bytes]) => ({
    id: randomUUID() as EvidenceId,
    name,
    bytes,
  }));
  const report = exampleReport({
    evidence: parts.map(({ id, name }) => exampleFile({ id, name, mediaType: "application/octet-stream" })),
  });
  const referred = {
    version: 1,
    report,
    claims: [],
    numbers: [{ station: "Example agency", number: "1001" }],
  };
  const reportId = randomUUID();
  const sealedReport = await sealed(Buffer.from(JSON.stringify(referred)), to.recipient);
  const sealedParts = await Promise.all(
    parts.map(async (part) => ({ ...part, sealed: await sealed(part.bytes, to.recipient) })),
  );
  const manifest: Manifest = {
    version: 1,
    packageId: randomUUID(),
    createdAt: "2026-05-01T12:00:00Z",
    from: { station: "agency", name: "Example agency", signingKeyId: keys.signing.keyId },
    to: { station: to.id, name: to.name, recipient: to.recipient },
    purpose: "A case <b>for</b> you.",
    reports: [
      {
        reportId,
        entry: reportEntryName(reportId),
        ...(await measures(Buffer.from(JSON.stringify(referred)), sealedReport)),
      },
    ],
    evidence: await Promise.all(
      sealedParts.map(async (part) => ({
        evidenceId: part.id,
        reportId,
        entry: evidenceEntryName(part.id),
        mediaType: "application/octet-stream",
        payloadSha256: (await measureSealed(once(part.sealed))).payloadSha256,
        ...(await measures(part.bytes, part.sealed)),
      })),
    ),
    custody: [],
  };
  const envelope = await signManifest(manifest, keys.signing);
  return await collect(
    writePackage(envelope, (part) =>
      once(
        part.kind === "report"
          ? sealedReport
          : (sealedParts.find(({ id }) => id === part.evidenceId)?.sealed ?? Buffer.alloc(0)),
      ),
    ),
  );
}

async function measures(plain: Uint8Array, ciphertext: Uint8Array) {
  const { sha256, size } = await digestOf(once(plain));
  return { ciphertext: (await measureSealed(once(ciphertext))).ciphertext, plaintext: { sha256, size } };
}

const sealed = async (bytes: Uint8Array, recipient: string) =>
  await collect(sealStream(once(bytes), [recipient]));

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

test("an opened package begins with a page of what is proven, what is not, what was kept back, and how to check it again", async (t) => {
  const { files } = await made.parts();
  const { root, config, path } = await forceWith(t, files, { pins: true });
  const out = join(root, "open");
  const ended = await run(["package", "open", path, "--config", config, "--out", out, "--json"]);
  assert.equal(ended.code, 0, ended.stderr);
  const result = JSON.parse(ended.stdout) as { startHere: string; proofs: Array<{ proven: boolean }> };
  assert.equal(result.startHere, "START-HERE.html");
  assert.deepEqual(
    result.proofs.map(({ proven }) => proven),
    [true],
  );
  assert.equal((await readdir(out)).toSorted()[0], "START-HERE.html", "it stands first in the folder");
  const page = await readFile(join(out, "START-HERE.html"), "utf8");
  for (const words of [
    /The 2 message\(s\) that were picked for this report were sent by the accounts named here/,
    /Who held the device has to be shown by other means/,
    /kept back 1 message\(s\).*number\(s\) 3/,
    /fairlead franking verify \. --provider provider-card\.json/,
    /A case &lt;b&gt;for&lt;\/b&gt; you\./,
    /Example agency: 1001/,
    /report-bundle\.cbor/,
  ])
    assert.match(page, words);
  assert.ok(!page.includes(SECRET_WORDS), "no words of a message");
  assert.doesNotMatch(page, /<script|<link|<img|https?:\/\/|src=/);
  // The command that the page gives, as it gives it.
  const again = await run([
    "franking",
    "verify",
    out,
    "--provider",
    join(out, "provider-card.json"),
    "--json",
  ]);
  assert.equal(again.code, 0, again.stdout);
  assert.equal((JSON.parse(again.stdout) as { proven: boolean }).proven, true);
});

test("a force that does not know the provider is told so on the page, and that nothing is proven by it", async (t) => {
  const { files } = await made.parts();
  const { root, config, path } = await forceWith(t, files, { pins: false });
  const out = join(root, "open");
  const ended = await run(["package", "open", path, "--config", config, "--out", out]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /NOT PROVEN/);
  const page = await readFile(join(out, "START-HERE.html"), "utf8");
  assert.match(page, /cannot be checked with the providers that this station knows/);
  assert.match(page, /No card of the provider hub\.example/);
  assert.doesNotMatch(page, /were sent by the accounts named here/);
});

test("a proof that does not hold for what came is called so on the page", async (t) => {
  const { files } = await made.parts();
  const other = await made.parts();
  // The attestation is good, and about the bundle of another report.
  const mixed = { ...files, "report-bundle.cbor": other.files["report-bundle.cbor"].toReversed() };
  const { root, config, path } = await forceWith(t, mixed, { pins: true });
  const out = join(root, "open");
  assert.equal((await run(["package", "open", path, "--config", config, "--out", out])).code, 0);
  const page = await readFile(join(out, "START-HERE.html"), "utf8");
  assert.match(page, /does not hold\. Do not rely on it/);
  assert.match(page, /is not in the folder, or not as it was/);
  assert.doesNotMatch(page, /<h2>What is proven<\/h2>/);
});

test("a package without any proof of origin says so, and lists what is in it", async (t) => {
  const { root, config, path } = await forceWith(t, { "boat.png": Buffer.from("a boat") }, { pins: true });
  const out = join(root, "open");
  const ended = await run(["package", "open", path, "--config", config, "--out", out]);
  assert.equal(ended.code, 0, ended.stderr);
  const page = await readFile(join(out, "START-HERE.html"), "utf8");
  assert.match(page, /Nothing in this package came with a proof of origin/);
  assert.match(page, /boat\.png/);
  assert.doesNotMatch(page, /franking verify/);
});
