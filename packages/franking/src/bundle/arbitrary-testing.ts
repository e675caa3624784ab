import * as fc from "fast-check";
import { CATEGORIES } from "./categories.ts";
import type { BundleItem, ProviderItem, ProviderRecords, ReportBundle, WithheldItem } from "./types.ts";

// Reports and records of any shape that is allowed. What is in them need not hold together cryptographically.

/** fast-check's records may come without a prototype, which no decoder's do. */
const plain = { noNullPrototype: true };
const uint64 = fc.bigInt(0n, 2n ** 64n - 1n);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const digest = bytes(32);
const deviceId = bytes(16);
const signature = bytes(64);
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const uri = fc.constantFrom(
  "mimi://chat.example/u/ada",
  "mimi://chat.example/u/bo",
  "mimi://other.example/u/öz",
);
const roomUri = fc.constant("mimi://chat.example/r/AAAAAAAAAAAAAAAAAAAAAA");
const frank = fc.record({ serverFrank: digest, suite: fc.nat(0xffff), signature }, plain);

const disclosure = fc.record(
  { root: digest, mode: fc.constantFrom("full" as const, "hash-only" as const) },
  plain,
);

function item(roomSeq: bigint, selected: boolean): fc.Arbitrary<BundleItem> {
  return fc.record(
    {
      selected: fc.constant(selected),
      content: fc.uint8Array({ maxLength: 100 }),
      senderUri: uri,
      deviceId,
      epoch: uint64,
      acceptedAt: uint64,
      frank,
      ext: fc.record(
        {
          version: fc.constant(1 as const),
          roomSeq: fc.constant(roomSeq),
          prevHead: digest,
          recHash: digest,
          hubKid: fc.nat(999_999),
        },
        plain,
      ),
      attachments: fc.array(disclosure, { maxLength: 3 }),
    },
    plain,
  );
}

function withheldItem(roomSeq: bigint): fc.Arbitrary<WithheldItem> {
  return fc.record({ roomSeq: fc.constant(roomSeq), recHash: digest, prevHead: digest }, plain);
}

/** What stands at each place of a window. */
const roles = fc
  .array(fc.constantFrom("selected", "context", "withheld"), { maxLength: 8 })
  .chain((some) => fc.nat(some.length).map((at) => some.toSpliced(at, 0, "selected")));

export const bundles: fc.Arbitrary<ReportBundle> = fc
  .record({ roles, from: fc.bigInt(1n, 2n ** 63n), earlier: fc.nat(100), later: fc.nat(100) })
  .chain(({ roles, from, earlier, later }) => {
    const places = roles.map((role, index) => ({ role, seq: from + BigInt(index) }));
    const to = from + BigInt(roles.length - 1);
    const firstSeq = from > BigInt(earlier) ? from - BigInt(earlier) : 1n;
    const shown = places.filter(({ role }) => role !== "withheld");
    const kept = places.filter(({ role }) => role === "withheld");
    return fc.record(
      {
        version: fc.constant(1 as const),
        reportId: fc.uuid({ version: 7 }),
        roomUri,
        reporter: fc.record({ uri, deviceId }, plain),
        accusedUri: fc.oneof(uri, fc.constant("")),
        category: fc.constantFrom(...CATEGORIES),
        note: text,
        items: fc.tuple(...shown.map(({ role, seq }) => item(seq, role === "selected"))),
        withheld: fc.tuple(...kept.map(({ seq }) => withheldItem(seq))),
        window: fc.record(
          {
            from: fc.constant(from),
            to: fc.constant(to),
            firstSeq: fc.constant(firstSeq),
            headAtReport: fc.record(
              { roomUri, roomSeq: fc.constant(to + BigInt(later)), head: digest, at: uint64, signature },
              plain,
            ),
          },
          plain,
        ),
        client: fc.record({ version: text, build: text }, plain),
        createdAt: uint64,
      },
      plain,
    );
  });

const inclusion = fc.record(
  {
    batchRoot: digest,
    batchSize: uint64,
    batchIndex: uint64,
    batchPath: fc.array(digest, { maxLength: 4 }),
    leafBody: fc.uint8Array({ maxLength: 40 }),
    leafSalt: bytes(32),
    proof: text,
    tokens: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 2 }),
  },
  plain,
);

function providerItem(roomSeq: bigint): fc.Arbitrary<ProviderItem> {
  return fc.record(
    {
      record: fc.record(
        {
          roomSeq: fc.constant(roomSeq),
          frankingTag: digest,
          serverFrank: digest,
          ctxCommit: digest,
          ctHash: digest,
          submitSigHash: digest,
          epoch: uint64,
        },
        plain,
      ),
      context: fc.record({ senderUri: uri, roomUri, acceptedAt: uint64 }, plain),
      contextBlind: digest,
      submit: fc.option(
        fc.record(
          {
            tbs: fc.record(
              {
                roomUri,
                senderUri: uri,
                deviceId,
                epoch: uint64,
                frankingTag: digest,
                ctHash: digest,
                clientTime: uint64,
                nonce: bytes(16),
              },
              plain,
            ),
            signature,
          },
          plain,
        ),
      ),
      inclusion: fc.option(inclusion),
    },
    plain,
  );
}

const rising = fc
  .uniqueArray(fc.bigInt(0n, 2n ** 40n), { maxLength: 5 })
  .map((some) => some.toSorted((one, other) => (one < other ? -1 : 1)));

export const providerRecords: fc.Arbitrary<ProviderRecords> = fc
  .record({ seqs: rising, epochs: rising })
  .chain(({ seqs, epochs }) =>
    fc.record(
      {
        version: fc.constant(1 as const),
        hub: fc.constant("chat.example"),
        roomUri,
        items: fc.tuple(...seqs.map(providerItem)),
        frankingKeys: fc.array(
          fc.record(
            { suite: fc.nat(0xffff), publicKey: digest, notBefore: uint64, notAfter: fc.option(uint64) },
            plain,
          ),
          { maxLength: 3 },
        ),
        devices: fc.array(
          fc.record(
            { uri, deviceId, publicKey: digest, validFrom: uint64, revokedAt: fc.option(uint64) },
            plain,
          ),
          { maxLength: 3 },
        ),
        rosters: fc.tuple(
          ...epochs.map((epoch) =>
            fc.record(
              {
                epoch: fc.constant(epoch),
                since: uint64,
                members: fc.array(fc.record({ uri, deviceId }, plain), { maxLength: 3 }),
              },
              plain,
            ),
          ),
        ),
        gatheredAt: uint64,
      },
      plain,
    ),
  );
