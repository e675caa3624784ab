import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { SealingError } from "../errors.ts";
import { openStream } from "../age/open.ts";
import { replaceHeader, rewrapHeader } from "../age/rewrap.ts";
import { makePackage, station, type TestContents, type TestPackage } from "../testing/packages.ts";
import {
  collect,
  collectUntilError,
  inPortions,
  patternedBytes,
  withFlippedByte,
} from "../testing/streams.ts";
import type { PackagePart } from "./manifest.ts";
import { measureSealed } from "./measure.ts";
import { openPackage } from "./open.ts";
import { readPackage, type VerifiedManifest } from "./read.ts";
import { packageSize, signManifest, writePackage } from "./write.ts";

const [agency, force, stranger] = [station("agency"), station("force"), station("stranger")];
const options = { peers: [agency.peer, stranger.peer], receiver: force.receiver };
const openOptions = { peers: [agency.peer], station: force.id, identities: [force.identity] };

async function readAll(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly verified: VerifiedManifest; readonly parts: readonly [string, Uint8Array][] }> {
  const parts: [string, Uint8Array][] = [];
  const verified = await readPackage(bytes, options, {
    async part(part, sealed) {
      parts.push([part.entry, await collect(sealed)]);
    },
  });
  return { verified, parts };
}

/** Packages of all shapes: ids of every allowed kind, empty and many-chunk parts, reports without evidence. */
const contentsArbitrary: fc.Arbitrary<TestContents> = fc
  .record({
    ids: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/), {
      minLength: 1,
      maxLength: 7,
      selector: (id) => id.toLowerCase(),
    }),
    reportCount: fc.integer({ min: 1, max: 3 }),
    sizes: fc.array(fc.oneof(fc.nat({ max: 2000 }), fc.constantFrom(0, 512, 65_536, 140_000)), {
      minLength: 7,
      maxLength: 7,
    }),
  })
  .map(({ ids, reportCount, sizes }) => {
    const items = ids.map((id, index) => ({ id, plaintext: patternedBytes(sizes[index] ?? 0, index + 1) }));
    const reports = items.slice(0, reportCount);
    return {
      reports,
      evidence: items.slice(reportCount).map((item, index) => ({
        ...item,
        reportId: reports[index % reports.length]?.id ?? "",
        ...(index % 2 === 0 ? { mediaType: "image/png" } : {}),
      })),
    };
  });

describe("a package", () => {
  test("of any shape is read as it was written, in any portions, and opens to the same plaintext", async () => {
    await fc.assert(
      fc.asyncProperty(contentsArbitrary, fc.integer({ min: 1, max: 70_000 }), async (contents, portion) => {
        const made = await makePackage(agency, force, contents);
        assert.equal(made.bytes.length, packageSize(made.envelope));
        const { verified, parts } = await readAll(inPortions(made.bytes, [Math.max(portion, 97)]));
        assert.deepEqual(verified.manifest, made.manifest);
        assert.equal(verified.signer, agency.signing.keyId);
        assert.deepEqual(parts, [...made.files]);
        const opened: [string, Uint8Array][] = [];
        await openPackage(inPortions(made.bytes), openOptions, {
          async part(part, plaintext) {
            opened.push([part.entry, await collect(plaintext)]);
          },
        });
        assert.deepEqual(opened, [...made.plaintexts]);
      }),
      { numRuns: 25 },
    );
  });

  test("is the same bytes at every try, so that a delivery that broke off is simply sent again", async () => {
    const made = await makePackage(agency, force, {
      reports: [{ id: "r", plaintext: patternedBytes(9) }],
      evidence: [],
    });
    assert.deepEqual(await collect(writePackage(made.envelope, made.open)), made.bytes);
  });

  test("is not written with a part that is longer, shorter or another than its manifest says", async () => {
    const made = await makePackage(agency, force, {
      reports: [{ id: "r", plaintext: patternedBytes(900) }],
      evidence: [],
    });
    const file = made.files.get("reports/r.json.age") ?? new Uint8Array(0);
    const wrong: readonly (readonly [Uint8Array, RegExp])[] = [
      [Buffer.concat([file, patternedBytes(5000)]), /longer than/],
      [file.subarray(0, -1), /ends after/],
      [withFlippedByte(file, file.length - 1), /SHA-256/],
    ];
    for (const [bytes, message] of wrong) {
      const { bytes: written, error } = await collectUntilError(
        writePackage(made.envelope, () => inPortions(bytes, [300])),
      );
      assert.equal((error as SealingError).code, "package-part");
      assert.match((error as SealingError).message, message);
      assert.ok(written.length < made.bytes.length);
    }
  });

  test("carries evidence over two hops without anybody between opening it", async () => {
    const item = { id: "e-1", plaintext: patternedBytes(200_000) };
    const report = { id: "r-1", plaintext: Buffer.from("{}") };
    const first = await makePackage(agency, force, {
      reports: [report],
      evidence: [{ ...item, reportId: "r-1" }],
    });
    const { parts } = await readAll(inPortions(first.bytes));
    const stored = new Map(parts).get("evidence/e-1.age") ?? new Uint8Array(0);
    const header = await rewrapHeader(inPortions(stored), [force.identity], [stranger.recipient]);
    const handOn = (): AsyncIterable<Uint8Array> => replaceHeader(inPortions(stored), header);
    assert.deepEqual(await measureSealed(handOn()), await measureSealed(handOn()));
    const second = await makePackage(force, stranger, {
      reports: [{ id: "r-9", plaintext: report.plaintext }],
      evidence: [{ ...item, reportId: "r-9" }],
      sealed: new Map([["evidence/e-1.age", await collect(handOn())]]),
    });
    assert.equal(second.manifest.evidence[0]?.payloadSha256, first.manifest.evidence[0]?.payloadSha256);
    const sealed = second.files.get("evidence/e-1.age") ?? new Uint8Array(0);
    assert.deepEqual(await collect(openStream(inPortions(sealed), [stranger.identity])), item.plaintext);
  });
});

describe("reading", () => {
  const small = (): Promise<TestPackage> =>
    makePackage(agency, force, {
      reports: [{ id: "r-1", plaintext: patternedBytes(50) }],
      evidence: [{ id: "e-1", reportId: "r-1", plaintext: patternedBytes(1000) }],
    });

  test("shows the verified manifest before any part, and the handler may refuse there", async () => {
    const made = await small();
    const seen: string[] = [];
    const run = readPackage(inPortions(made.bytes), options, {
      manifest({ manifest }) {
        seen.push(manifest.packageId);
        throw new Error("that agency is not served here");
      },
      async part(part) {
        seen.push(part.entry);
      },
    });
    await assert.rejects(run, { message: "that agency is not served here" });
    assert.deepEqual(seen, [made.manifest.packageId]);
  });

  test("counts a part that its handler did not read to the end as not taken", async () => {
    const made = await small();
    const handlers = [
      async () => {},
      async (_: PackagePart, bytes: AsyncIterable<Uint8Array>) => {
        for await (const _chunk of bytes) break;
      },
    ];
    for (const part of handlers) {
      await assert.rejects(readPackage(inPortions(made.bytes), options, { part }), {
        code: "stream-unfinished",
      });
    }
  });

  test("passes a handler's failure on and closes the source", async () => {
    const made = await small();
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield* inPortions(made.bytes, [100]);
      } finally {
        closed = true;
      }
    }
    const part = (): Promise<void> => Promise.reject(new Error("disk full"));
    await assert.rejects(readPackage(source(), options, { part }), { message: "disk full" });
    assert.ok(closed);
  });

  test("a 200 MB part passes writer and reader with no more than four portions on the way", async () => {
    const portion = 64 * 1024;
    const portions = 3200;
    const made = await small();
    const header = made.files.get("evidence/e-1.age")?.subarray(0, 168) ?? new Uint8Array(0);
    let produced = 0;
    // Reader and writer do not look below the age header, so the payload need not be a real one; its length must.
    const chunk = new Uint8Array(portion);
    const tail = new Uint8Array(16 + 3200 * 16);
    async function* file(): AsyncGenerator<Uint8Array> {
      yield header;
      for (let count = 0; count < portions; count++) {
        produced += chunk.length;
        yield chunk;
      }
      yield tail;
    }
    const measures = await measureSealed(file());
    const evidence = {
      evidenceId: "big",
      reportId: "r-1",
      entry: "evidence/big.age",
      ...measures,
      plaintext: { sha256: "0".repeat(64), size: portion * portions },
    };
    const envelope = await signManifest({ ...made.manifest, evidence: [evidence] }, agency.signing);
    produced = 0;
    let consumed = 0;
    let mostInFlight = 0;
    const written = writePackage(envelope, (part) => (part.kind === "evidence" ? file() : made.open(part)));
    await readPackage(written, options, {
      async part(_part, bytes) {
        for await (const portionRead of bytes) {
          mostInFlight = Math.max(mostInFlight, produced - consumed);
          consumed += portionRead.length;
        }
      },
    });
    assert.ok(consumed > portions * portion);
    assert.ok(mostInFlight <= 4 * portion, `${mostInFlight} bytes were in flight`);
  });
});
