import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import {
  FINGERPRINT_TYPES,
  type HashEntry,
  type HashFeedback,
  type HashPage,
  type HashTombstone,
  readFeedback,
  readFeedbackReasons,
  readHashPage,
  readHashStatus,
  writeFeedback,
  writeFeedbackReasons,
  writeHashPage,
  writeHashStatus,
} from "./index.ts";

const NS = 'xmlns="https://hashsharing.ncmec.org/hashsharing/v2"';

/** As public clients of the service have seen it, with hashes of nothing. */
const SEEN = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<queryResult ${NS}>
  <images count="3" maxTimestamp="2026-10-02T10:00:01Z">
    <image><member id="42">Example Kites</member><timestamp>2026-10-02T10:00:01Z</timestamp><id>image1</id>
      <classification>A1</classification>
      <fingerprints><md5>${"a1".repeat(16)}</md5><pdq/><pdna> </pdna><sha1>${"b2".repeat(20)}</sha1></fingerprints></image>
    <image><member id="43">Example Boats</member><timestamp>2026-10-01T09:00:00Z</timestamp><id>image2</id></image>
    <deletedImage><id>image4</id><member id="43">Example Boats</member><timestamp>2026-10-01T09:30:00Z</timestamp></deletedImage>
  </images>
  <videos count="0"/>
  <paging><next>/v2/entries?from=2026-10-01T00:00:00Z&amp;to=2026-10-03T00:00:00Z&amp;start=2001&amp;size=1000&amp;max=3000</next></paging>
</queryResult>`;

const page = (xml: string | Uint8Array) => {
  const read = readHashPage(xml);
  assert.ok(read.ok, read.ok ? "" : `${read.problem.path} ${read.problem.message}`);
  return read.document;
};

suite("a page of hashes", () => {
  test("is read as public clients have seen it: empty fingerprints say nothing, and tombstones come in any order", () => {
    const { entries, deleted, next } = page(SEEN);
    assert.deepEqual(entries, [
      {
        media: "image",
        member: { id: "42", name: "Example Kites" },
        id: "image1",
        timestamp: "2026-10-02T10:00:01.000Z",
        classification: "A1",
        fingerprints: [
          { tag: "md5", value: "a1".repeat(16) },
          { tag: "sha1", value: "b2".repeat(20) },
        ],
        categorizations: [],
      },
      {
        media: "image",
        member: { id: "43", name: "Example Boats" },
        id: "image2",
        timestamp: "2026-10-01T09:00:00.000Z",
        fingerprints: [],
        categorizations: [],
      },
    ]);
    assert.deepEqual(
      deleted.map(({ id, member }) => [id, member.id]),
      [["image4", "43"]],
    );
    assert.equal(
      next,
      "/v2/entries?from=2026-10-01T00:00:00Z&to=2026-10-03T00:00:00Z&start=2001&size=1000&max=3000",
    );
  });

  test("comes back as it was written, whatever stands in it", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .map((each) => each.replaceAll(/[^\p{L}\p{N} &<>"']/gu, "").trim())
      .filter((each) => each !== "");
    const item = {
      media: fc.constantFrom("image" as const, "video" as const),
      member: fc.record({ id: fc.nat().map(String), name: text }, { noNullPrototype: true }),
      id: text,
      timestamp: fc.integer({ min: 0, max: 4e9 }).map((at) => new Date(at * 1000).toISOString()),
    };
    const entry: fc.Arbitrary<HashEntry> = fc.record(
      {
        ...item,
        classification: fc.constantFrom("A1", "A2", "B1", "B2"),
        fingerprints: fc.array(
          fc.record(
            { tag: fc.constantFrom(...Object.keys(FINGERPRINT_TYPES)), value: text },
            { noNullPrototype: true },
          ),
          { maxLength: 4 },
        ),
        categorizations: fc.array(text, { maxLength: 3 }),
      },
      {
        requiredKeys: ["media", "member", "id", "timestamp", "fingerprints", "categorizations"],
        noNullPrototype: true,
      },
    );
    const tombstone: fc.Arbitrary<HashTombstone> = fc.record(item, { noNullPrototype: true });
    const byMedia = (a: { media: string }, b: { media: string }) =>
      a.media < b.media ? -1 : Number(a.media > b.media);
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 6 }),
        fc.array(tombstone, { maxLength: 4 }),
        (entries, deleted) => {
          const whole: HashPage = { entries, deleted, next: "/v2/entries?from=a&to=b&start=1" };
          assert.deepEqual(page(writeHashPage(whole)), {
            ...whole,
            entries: entries.toSorted(byMedia),
            deleted: deleted.toSorted(byMedia),
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("says the latest time of each group in whole seconds, and none for an empty one", () => {
    const at = (timestamp: string): HashTombstone => ({
      media: "image",
      member: { id: "1", name: "m" },
      id: timestamp,
      timestamp,
    });
    const xml = writeHashPage({
      entries: [],
      deleted: [at("2026-10-02T10:00:01.900Z"), at("2026-10-01T10:00:01.000Z")],
    });
    assert.match(xml, /<images count="2" maxTimestamp="2026-10-02T10:00:01Z">/);
    assert.match(xml, /<videos count="0"\/>/);
  });

  test("is refused with its place where it is hostile or not what was asked for", () => {
    const cases: ReadonlyArray<readonly [string, RegExp]> = [
      [`<!DOCTYPE a [<!ENTITY e "x">]><queryResult ${NS}/>`, /xml\.doctype/],
      [SEEN.slice(0, 700), /xml\./],
      [`<status ${NS}/>`, /is not a <queryResult>/],
      [SEEN.replace("<id>image1</id>", ""), /image\[1\]\/id is missing/],
      [SEEN.replace(' id="42"', ""), /image\[1\]\/member\/@id is missing/],
      [SEEN.replace("2026-10-02T10:00:01Z</timestamp>", "yesterday</timestamp>"), /timestamp is not a time/],
      [SEEN.replace("2026-10-02T10:00:01Z</timestamp>", "2026-10-02T10:00:01</timestamp>"), /with its zone/],
      [SEEN.replaceAll("deletedImage", "lostImage"), /neither an entry nor a tombstone/],
      [SEEN.replace("/v2/entries", "/".repeat(3000)), /next is too long/],
    ];
    for (const [xml, reason] of cases) {
      const read = readHashPage(xml);
      assert.ok(!read.ok);
      const { code, path, message } = read.problem;
      assert.match(`${code} ${path} ${message}`, reason);
    }
  });
});

suite("the other documents", () => {
  test("who asks, and why one may disagree, come back as they were written", () => {
    const status = { ipAddress: "192.0.2.7", username: "kites", member: { id: "42", name: "Kites & Co" } };
    assert.deepEqual(readHashStatus(writeHashStatus(status)), { ok: true, document: status });
    const reasons = [{ guid: "01234567-89ab-cdef-0123-456789abcdef", name: 'Not a "kite"', type: "MD5" }];
    assert.deepEqual(readFeedbackReasons(writeFeedbackReasons(reasons)), { ok: true, document: reasons });
  });

  test("feedback comes back as it was written, and a negative one without a reason is none", () => {
    const all: HashFeedback[] = [{ opinion: "affirmative" }, { opinion: "negative", reasons: ["g1", "g2"] }];
    for (const each of all) assert.deepEqual(readFeedback(writeFeedback(each)), { ok: true, document: each });
    for (const body of [
      "",
      "<negative/>",
      "<negative><reasonIds/></negative>",
      "<perhaps/>",
      "<affirmative/><affirmative/>",
    ])
      assert.equal(readFeedback(`<feedbackSubmission ${NS}>${body}</feedbackSubmission>`).ok, false, body);
  });
});
