import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { sealStream } from "../age/seal.ts";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { encodeEnvelope, type Envelope } from "../dsse/envelope.ts";
import type { SealingErrorCode } from "../errors.ts";
import { payloadTypeOf, signStatement } from "../statement/statement.ts";
import { archive, entry, forgedHeader } from "../testing/archives.ts";
import { makePackage, station, type TestPackage } from "../testing/packages.ts";
import { collect, inPortions, patternedBytes, withFlippedByte } from "../testing/streams.ts";
import { manifestType, partsOf } from "./manifest.ts";
import { readPackage, type ReadOptions } from "./read.ts";
import { END_OF_ARCHIVE, padding } from "./ustar.ts";
import { signManifest } from "./write.ts";

const [agency, force, other, stranger] = [
  station("agency"),
  station("force"),
  station("other"),
  station("stranger"),
];
const options: ReadOptions = { peers: [agency.peer, other.peer], receiver: force.receiver };
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
const [first, second, third] = partEntries as [Uint8Array, Uint8Array, Uint8Array];

function fileOf(from: TestPackage, name: string): Uint8Array {
  return from.files.get(name) ?? new Uint8Array(0);
}

/** The package again, with another envelope over it. */
function withEnvelope(envelope: Envelope): Uint8Array {
  return archive(entry("manifest.json", encodeEnvelope(envelope)), ...partEntries);
}

describe("changed bytes", () => {
  test("the pieces these tests are made of make the very package", () => {
    assert.deepEqual(Uint8Array.from(archive(manifestEntry, ...partEntries)), made.bytes);
  });

  // Not one byte of the file may be ignored, tar's padding and end included: what is ignored can carry a message.
  test("a flip of any single byte anywhere in the file is refused", async () => {
    for (let at = 0; at < made.bytes.length; at++) {
      const flipped = withFlippedByte(made.bytes, at, 1 << ((at * 5) % 8));
      await assert.rejects(read(flipped), { name: "SealingError" }, `byte ${at}`);
    }
  });

  test("any other value of any byte is refused as well", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: made.bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          await assert.rejects(read(withFlippedByte(made.bytes, at, mask)), { name: "SealingError" });
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a file cut short anywhere, or with anything behind its end, is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: made.bytes.length - 1 }), async (length) => {
        await assert.rejects(read(made.bytes.slice(0, length)), { name: "SealingError" });
      }),
      { numRuns: 100 },
    );
    await refused(made.bytes.slice(0, -1), "package-truncated");
    await refused(made.bytes.slice(0, -1024), "package-truncated");
    await refused(new Uint8Array(0), "package-truncated");
    await refused(Buffer.concat([made.bytes, Buffer.of(0)]), "package-trailing");
    await refused(Buffer.concat([made.bytes, made.bytes]), "package-trailing");
  });

  test("the manifest in another spelling is refused, although its signature would hold", async () => {
    const { payload, payloadType, signatures } = made.envelope;
    const urlSafe = (text: string): string => text.replaceAll("+", "-").replaceAll("/", "_");
    // A purpose full of "?" and "~" makes an encoding in which the two alphabets differ.
    const odd = await makePackage(agency, force, contents, (manifest) => ({
      ...manifest,
      purpose: "???~~~???~~~",
    }));
    const respelt = { ...odd.envelope, payload: urlSafe(odd.envelope.payload) };
    assert.notEqual(respelt.payload, odd.envelope.payload);
    await refusedUnread(withEnvelope(respelt), "package-manifest");
    const pretty = Buffer.from(JSON.stringify({ payload, payloadType, signatures }, null, 2));
    await refusedUnread(archive(entry("manifest.json", pretty), ...partEntries), "package-manifest");
    const extended = canonicalJson({ payload, payloadType, signatures, note: "hello" });
    await refusedUnread(archive(entry("manifest.json", extended), ...partEntries), "package-manifest");
    const nameless = { payload, payloadType, signatures: signatures.map(({ sig }) => ({ sig })) };
    await refusedUnread(withEnvelope(nameless), "envelope-malformed");
    const signedTwice = { payload, payloadType, signatures: [...signatures, ...signatures] };
    await refusedUnread(withEnvelope(signedTwice), "envelope-malformed");
  });
});

describe("who sent it to whom", () => {
  test("a package for one station is refused by another before any part is read", async () => {
    const toOther = await makePackage(agency, other, contents);
    await refusedUnread(toOther.bytes, "package-addressee");
    await refusedUnread(made.bytes, "package-addressee", { ...options, receiver: other.receiver });
    const renamed = { station: "other", recipients: force.receiver.recipients };
    await refusedUnread(made.bytes, "package-addressee", { ...options, receiver: renamed });
  });

  test("a package sealed to a key that is not this station's is refused before any part is read", async () => {
    const receiver = { station: "force", recipients: [other.recipient] };
    await refusedUnread(made.bytes, "package-addressee", { ...options, receiver });
  });

  test("a package sealed to yesterday's key is taken while that key is kept", async () => {
    const receiver = { station: "force", recipients: [other.recipient, force.recipient] };
    assert.equal((await read(made.bytes, { ...options, receiver })).length, 3);
  });

  test("a manifest re-addressed by a relay no longer bears its sender's signature", async () => {
    const payload = Buffer.from(
      canonicalJson({
        ...made.manifest,
        to: { ...made.manifest.to, station: "other", recipient: other.recipient },
      }),
    ).toString("base64");
    const as = { ...options, receiver: other.receiver };
    await refusedUnread(withEnvelope({ ...made.envelope, payload }), "envelope-untrusted", as);
  });

  test("a package from a station that is not known here is refused before any part is read", async () => {
    await refusedUnread((await makePackage(stranger, force, contents)).bytes, "envelope-untrusted");
    await refusedUnread(made.bytes, "envelope-untrusted", { ...options, peers: [] });
  });

  test("a known station that signs in another's name is refused before any part is read", async () => {
    const posing = await makePackage(other, force, contents, (manifest) => ({
      ...manifest,
      from: { ...manifest.from, station: agency.id },
    }));
    await refusedUnread(posing.bytes, "envelope-untrusted");
  });

  test("another statement that the sender did sign does not pass for a manifest", async () => {
    const lookalike = await signStatement({ ...manifestType, name: "receipt" }, made.manifest, [
      agency.signing,
    ]);
    await refusedUnread(withEnvelope(lookalike), "envelope-type");
    const relabelled = { ...lookalike, payloadType: payloadTypeOf(manifestType) };
    await refusedUnread(withEnvelope(relabelled), "envelope-untrusted");
  });

  test("a sender cannot sign a manifest that names another key", async () => {
    await assert.rejects(signManifest(made.manifest, other.signing), { code: "statement-invalid" });
  });
});

describe("entries", () => {
  test("that are missing, added, repeated or out of order are refused", async () => {
    const foreign = entry("evidence/e-2.age", fileOf(made, "evidence/e-1.age"));
    const cases: readonly (readonly Uint8Array[])[] = [
      [manifestEntry],
      [manifestEntry, first, second],
      [manifestEntry, first, third],
      [manifestEntry, second, first, third],
      [manifestEntry, first, first, second, third],
      [manifestEntry, first, second, third, third],
      [manifestEntry, first, second, third, foreign],
      [manifestEntry, foreign, first, second, third],
      [manifestEntry, manifestEntry, first, second, third],
      [first, manifestEntry, second, third],
      [first, second, third],
      [],
    ];
    for (const entries of cases) await refused(archive(...entries), "package-layout");
  });

  test("that hide behind an early end of the archive are refused", async () => {
    await refused(archive(manifestEntry, first, END_OF_ARCHIVE, second, third), "package-layout");
    await refused(archive(manifestEntry, first, second, third, new Uint8Array(512)), "package-trailing");
  });

  test("with another's name on genuine bytes are refused", async () => {
    const swapped = [
      entry("reports/r-1.json.age", fileOf(made, "reports/r-2.json.age")),
      entry("reports/r-2.json.age", fileOf(made, "reports/r-1.json.age")),
    ];
    await assert.rejects(read(archive(manifestEntry, ...swapped, third)), { name: "SealingError" });
  });

  test("that are links, folders, devices or long names instead of files are refused, and never followed", async () => {
    const file = fileOf(made, "reports/r-1.json.age");
    for (const type of ["1", "2", "3", "5", "6", "7", "g", "x", "L", "K", "\0"]) {
      const header = forgedHeader("reports/r-1.json.age", file.length, 156, type);
      const forged = Buffer.concat([header, file, padding(file.length)]);
      await refused(archive(manifestEntry, forged, second, third), "package-layout");
    }
    const link = forgedHeader("reports/r-1.json.age", file.length, 157, "/etc/hostname");
    await refused(
      archive(manifestEntry, Buffer.concat([link, file, padding(file.length)]), second),
      "package-layout",
    );
  });

  test("whose header says anything beside name and size are refused", async () => {
    const file = fileOf(made, "reports/r-1.json.age");
    for (const [at, text] of [
      [100, "0000777"],
      [108, "0001750"],
      [136, "14700000000"],
      [265, "somebody"],
      [345, "/tmp"],
      [500, "hidden words"],
    ] as const) {
      const header = forgedHeader("reports/r-1.json.age", file.length, at, text);
      const forged = Buffer.concat([header, file, padding(file.length)]);
      await refused(archive(manifestEntry, forged, second, third), "package-layout");
    }
  });

  test("that are longer or shorter than signed are refused at their header", async () => {
    const file = fileOf(made, "reports/r-1.json.age");
    for (const bytes of [Buffer.concat([file, Buffer.of(0)]), file.subarray(0, -1)]) {
      await refused(
        archive(manifestEntry, entry("reports/r-1.json.age", bytes), second, third),
        "package-layout",
      );
    }
  });

  test("that are other files of the same length are refused by their digest", async () => {
    const name = "reports/r-1.json.age";
    const another = await collect(sealStream(inPortions(patternedBytes(50, 9)), [force.recipient]));
    await refused(archive(manifestEntry, entry(name, another), second, third), "package-part");
  });
});
