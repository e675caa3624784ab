import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sealStream } from "../age/seal.ts";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { encodeEnvelope, type Envelope } from "../dsse/envelope.ts";
import { signEnvelope } from "../dsse/sign.ts";
import type { SealingErrorCode } from "../errors.ts";
import { payloadTypeOf } from "../statement/statement.ts";
import { archive, entry } from "../testing/archives.ts";
import { makePackage, station, type TestPackage } from "../testing/packages.ts";
import { collect, inPortions, patternedBytes } from "../testing/streams.ts";
import { type Manifest, manifestType, type PackagePart, partsOf } from "./manifest.ts";
import { openPackage } from "./open.ts";
import { readPackage, type ReadOptions } from "./read.ts";
import { entryHeader } from "./ustar.ts";
import { writePackage } from "./write.ts";

const [agency, force, other] = [station("agency"), station("force"), station("other")];
const options: ReadOptions = { peers: [agency.peer], receiver: force.receiver };
const contents = {
  reports: [
    { id: "r-1", plaintext: patternedBytes(50) },
    { id: "r-2", plaintext: patternedBytes(60, 2) },
  ],
  evidence: [{ id: "e-1", reportId: "r-1", mediaType: "image/png", plaintext: patternedBytes(300, 3) }],
};
const made = await makePackage(agency, force, contents);

/** Reads and reports which parts were begun, so that "refused before any part" can be told from "refused". */
async function read(bytes: Uint8Array, as: ReadOptions = options): Promise<readonly string[]> {
  const begun: string[] = [];
  await readPackage(inPortions(bytes), as, {
    async part(part, sealed) {
      begun.push(part.entry);
      await collect(sealed);
    },
  });
  return begun;
}

async function refused(bytes: Uint8Array, code: SealingErrorCode, as: ReadOptions = options): Promise<void> {
  await assert.rejects(read(bytes, as), { name: "SealingError", code });
}

/** Refused although nobody ever asked for a part. */
async function refusedUnread(
  bytes: Uint8Array,
  code: SealingErrorCode,
  as: ReadOptions = options,
): Promise<void> {
  const run = readPackage(inPortions(bytes), as, {
    part: () => Promise.reject(new Error("a part was handed out")),
  });
  await assert.rejects(run, { name: "SealingError", code });
}

const manifestEntry = entry("manifest.json", encodeEnvelope(made.envelope));
const partEntries = partsOf(made.manifest).map((part) => entry(part.entry, fileOf(made, part.entry)));
const [first, second] = partEntries as [Uint8Array, Uint8Array, Uint8Array];

function fileOf(from: TestPackage, name: string): Uint8Array {
  return from.files.get(name) ?? new Uint8Array(0);
}

/** The package again, with another envelope over it. */
function withEnvelope(envelope: Envelope): Uint8Array {
  return archive(entry("manifest.json", encodeEnvelope(envelope)), ...partEntries);
}

describe("paths and manifests that lie", () => {
  const falsify = (change: (manifest: Manifest) => unknown): Promise<Envelope> =>
    signEnvelope(payloadTypeOf(manifestType), canonicalJson(change(structuredClone(made.manifest))), [
      agency.signing,
    ]);

  test("an entry can be named nothing but what its id makes of it", async () => {
    for (const name of [
      "../../etc/passwd",
      "/evidence/e-1.age",
      "reports/../x",
      "C:\\x",
      "evidence/e-1.age\0",
    ]) {
      const envelope = await falsify((manifest) => ({
        ...manifest,
        evidence: manifest.evidence.map((each) => ({ ...each, entry: name })),
      }));
      await refusedUnread(withEnvelope(envelope), "statement-invalid");
    }
  });

  test("an id of which a path could be made is refused", async () => {
    for (const id of ["..", ".", "", "a/b", "a\\b", "-rf", "é", "a b", "x".repeat(81), "a\0"]) {
      const envelope = await falsify((manifest) => ({
        ...manifest,
        evidence: manifest.evidence.map((each) => ({ ...each, evidenceId: id, entry: `evidence/${id}.age` })),
      }));
      await refusedUnread(withEnvelope(envelope), "statement-invalid");
    }
  });

  test("a signed manifest that contradicts itself is refused before any part is read", async () => {
    const lies: readonly ((manifest: Manifest) => unknown)[] = [
      (manifest) => ({ ...manifest, version: 2 }),
      (manifest) => ({ ...manifest, reports: [] }),
      (manifest) => ({ ...manifest, hidden: true }),
      (manifest) => ({ ...manifest, purpose: "" }),
      (manifest) => ({ ...manifest, createdAt: "yesterday" }),
      (manifest) => ({ ...manifest, createdAt: "2026-11-02T09:30:00+01:00" }),
      (manifest) => ({ ...manifest, to: { ...manifest.to, recipient: manifest.to.recipient.toUpperCase() } }),
      (manifest) => ({ ...manifest, reports: [...manifest.reports, ...manifest.reports] }),
      (manifest) => ({
        ...manifest,
        evidence: manifest.evidence.map((each) => ({ ...each, reportId: "r-3" })),
      }),
      (manifest) => ({
        ...manifest,
        reports: manifest.reports.map((each) => ({ ...each, reportId: "A", entry: "reports/A.json.age" })),
      }),
      (manifest) => ({
        ...manifest,
        reports: manifest.reports.map((each, index) => {
          const id = index === 0 ? "case" : "CASE";
          return { ...each, reportId: id, entry: `reports/${id}.json.age` };
        }),
        evidence: [],
      }),
      (manifest) => ({
        ...manifest,
        reports: manifest.reports.map((each) => ({
          ...each,
          ciphertext: { ...each.ciphertext, size: each.ciphertext.size + 512 },
        })),
      }),
      (manifest) => ({
        ...manifest,
        reports: manifest.reports.map((each) => ({ ...each, ciphertext: { ...each.ciphertext, size: -1 } })),
      }),
      (manifest) => ({
        ...manifest,
        reports: manifest.reports.map((each) => ({ ...each, plaintext: { ...each.plaintext, size: 1.5 } })),
      }),
    ];
    for (const lie of lies) await refusedUnread(withEnvelope(await falsify(lie)), "statement-invalid");
  });

  test("a part with a second recipient, or with one of another kind, is refused", async () => {
    const shared = await collect(
      sealStream(inPortions(patternedBytes(300, 3)), [force.recipient, other.recipient]),
    );
    const name = "evidence/e-1.age";
    // The writer refuses to send it ...
    const sealed = new Map([[name, shared]]);
    await assert.rejects(makePackage(agency, force, { ...contents, sealed }), { code: "statement-invalid" });
    const open = (part: PackagePart): AsyncIterable<Uint8Array> =>
      part.entry === name ? inPortions(shared) : made.open(part);
    await assert.rejects(collect(writePackage(made.envelope, open)), { code: "package-recipients" });
    // ... and the reader to take it, also where a shorter payload makes up for the longer header.
    const disguised = shared.subarray(0, fileOf(made, name).length);
    await refused(archive(manifestEntry, first, second, entry(name, disguised)), "package-recipients");
    const foreignKind = Buffer.from(fileOf(made, name));
    foreignKind.write("X25518", foreignKind.indexOf("X25519"));
    await refused(archive(manifestEntry, first, second, entry(name, foreignKind)), "package-recipients");
  });

  test("plaintext that is not what the sender signed is refused when the part ends", async () => {
    const wrong: readonly Partial<Manifest["evidence"][number]["plaintext"]>[] = [
      { sha256: "0".repeat(64) },
      { md5: "0".repeat(32) },
    ];
    for (const change of wrong) {
      const lying = await makePackage(agency, force, contents, (manifest) => ({
        ...manifest,
        evidence: manifest.evidence.map((each) => ({ ...each, plaintext: { ...each.plaintext, ...change } })),
      }));
      const run = openPackage(
        inPortions(lying.bytes),
        { peers: options.peers, station: "force", identities: [force.identity] },
        { part: async (_, plaintext) => void (await collect(plaintext)) },
      );
      await assert.rejects(run, { code: "package-plaintext" });
    }
  });

  test("evidence whose payload digest is not what the manifest says is refused", async () => {
    const envelope = await falsify((manifest) => ({
      ...manifest,
      evidence: manifest.evidence.map((each) => ({ ...each, payloadSha256: "0".repeat(64) })),
    }));
    await refused(withEnvelope(envelope), "package-part");
  });
});

describe("limits", () => {
  test("what is announced as too much is refused before any part is read", async () => {
    await refusedUnread(made.bytes, "package-limit", { ...options, limits: { manifestBytes: 100 } });
    await refusedUnread(made.bytes, "package-limit", { ...options, limits: { parts: 2 } });
    await refusedUnread(made.bytes, "package-limit", { ...options, limits: { partBytes: 300 } });
    await refusedUnread(made.bytes, "package-limit", { ...options, limits: { totalBytes: 900 } });
    assert.equal((await read(made.bytes, { ...options, limits: { parts: 3 } })).length, 3);
  });

  test("an announced manifest of eight gibibytes is refused by its header alone", async () => {
    const header = entryHeader("manifest.json", 8 * 1024 ** 3 - 1);
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield header;
      throw new Error("more was asked for");
    }
    const run = readPackage(endless(), options, { part: () => Promise.reject(new Error("never")) });
    await assert.rejects(run, { code: "package-limit" });
  });
});
