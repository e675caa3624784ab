import assert from "node:assert/strict";
import { test } from "node:test";
import { signAttestation } from "@fairlead/franking/verify";
import * as fc from "fast-check";
import { configSchema } from "../config.ts";
import { attestationOver, testProvider, type TestProvider } from "../testing/franked.ts";
import { testFile } from "../testing/report.ts";
import { pinnedProviders, readAttestation } from "./read.ts";

const ours = await testProvider();
const other = await testProvider("other.example");
const attested = attestationOver({ bundle: testFile(), records: testFile() }, ours);
const signed = await signAttestation(attested, [ours.signer]);

function pin(...providers: readonly TestProvider[]) {
  const config = configSchema.parse({
    station: { id: "agency-one", name: "Agency", profile: "national-agency" },
    listen: { port: 0 },
    publicUrl: "http://127.0.0.1",
    dataDir: ".",
    verifiers: providers.map(({ card }) => card),
  });
  return pinnedProviders(config);
}

const read = (value: unknown, providers = pin(other, ours)) =>
  readAttestation(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)), providers);

test("what a pinned key signed is read, whoever else signed it too", async () => {
  const reading = await read(signed);
  assert.equal(reading.kind, "trusted");
  assert.deepEqual(reading.kind === "trusted" && reading.attestation, attested);
  const beside = await signAttestation(attested, [
    { keyId: "f".repeat(32), sign: () => new Uint8Array(3309) },
    ours.signer,
  ]);
  assert.equal((await read(beside)).kind, "trusted");
});

test("a provider that is not pinned is unknown, whatever it says, and remembered by its keys", async () => {
  assert.deepEqual(await read(signed, pin(other)), {
    kind: "unknown",
    code: "key-not-pinned",
    keyIds: [ours.signer.keyId],
  });
  assert.equal((await read(signed, pin())).kind, "unknown");
});

test("a pinned provider speaks for its own rooms only", async () => {
  const elsewhere = { ...attested.provider, domain: "other.example" };
  const room = "mimi://other.example/r/AAAAAAAAAAAAAAAAAAAAAA";
  for (const parts of [{ provider: elsewhere, roomUri: room }, { provider: elsewhere }, { roomUri: room }]) {
    const reading = await read(await signAttestation({ ...attested, ...parts }, [ours.signer]));
    assert.deepEqual([reading.kind, "code" in reading && reading.code], ["unknown", "other-domain"]);
  }
});

test("any change of what was signed breaks the seal, and another's signature under a pinned key's name does not mend it", async () => {
  const payload = Buffer.from(signed.payload, "base64");
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: payload.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, by) => {
        const changed = Buffer.from(payload);
        changed[at] = (changed[at] ?? 0) ^ by;
        const reading = await read({ ...signed, payload: changed.toString("base64") });
        assert.equal(reading.kind, "broken-seal");
      },
    ),
    { numRuns: 50 },
  );
  const forged = await signAttestation(attested, [{ ...other.signer, keyId: ours.signer.keyId }]);
  assert.equal((await read(forged)).kind, "broken-seal");
});

test("what is no attestation at all is unreadable, and never stops the station", async () => {
  const spoiled: unknown[] = [
    "",
    "kite",
    "null",
    "[]",
    "{}",
    JSON.stringify(signed).slice(0, -2),
    { ...signed, signatures: "none" },
    { ...signed, signatures: [] },
    { ...signed, payloadType: "application/vnd.fairlead.outcome+json;version=1" },
    { ...signed, payload: "*" },
    { ...signed, signatures: Array.from({ length: 17 }, () => signed.signatures[0]) },
  ];
  for (const value of spoiled) {
    const reading = await read(value);
    assert.deepEqual([reading.kind, "code" in reading && reading.code], ["unreadable", "malformed"]);
  }
  assert.equal((await readAttestation(Uint8Array.of(0xff, 0xfe), pin(ours))).kind, "unreadable");
});
