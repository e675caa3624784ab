import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as typage from "age-encryption";
import * as fc from "fast-check";
import type { SealingError } from "../errors.ts";
import {
  collect,
  collectUntilError,
  inPortions,
  patternedBytes,
  withFlippedByte,
} from "../testing/streams.ts";
import { encodeBech32 } from "./bech32.ts";
import {
  type AgeIdentity,
  generateIdentity,
  identityToRecipient,
  isRecipient,
  parseIdentity,
} from "./identity.ts";
import { openStream } from "./open.ts";
import { CHUNK_SIZE, SEALED_CHUNK_SIZE } from "./payload.ts";
import { sealedSize, sealStream } from "./seal.ts";

const KIB_64 = 64 * 1024;
const SIZES = [0, 1, KIB_64 - 1, KIB_64, KIB_64 + 1, 2 * KIB_64, 3 * KIB_64 + 17];
const own = generateIdentity();
const other = generateIdentity();

function seal(plaintext: Uint8Array, recipients: readonly string[] = [own.recipient]): Promise<Uint8Array> {
  return collect(sealStream(inPortions(plaintext), recipients));
}

function open(sealed: Uint8Array, identities: readonly AgeIdentity[] = [own.identity]): Promise<Uint8Array> {
  return collect(openStream(inPortions(sealed), identities));
}

function code(expected: SealingError["code"]): { readonly name: string; readonly code: string } {
  return { name: "SealingError", code: expected };
}

async function typageOpen(sealed: Uint8Array, identity: string): Promise<Uint8Array> {
  const decrypter = new typage.Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(sealed);
}

async function typageSeal(plaintext: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new typage.Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plaintext);
}

describe("keys", () => {
  test("the specification's example identity gives its example recipient", () => {
    assert.equal(
      identityToRecipient("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"),
      "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
    );
  });

  test("identities made here and by age-encryption mean the same recipient to both", async () => {
    assert.equal(await typage.identityToRecipient(own.identity), own.recipient);
    const theirs = await typage.generateX25519Identity();
    assert.equal(identityToRecipient(theirs), await typage.identityToRecipient(theirs));
  });

  test("a recipient in upper case, with a wrong letter or of another kind is no recipient", () => {
    assert.ok(isRecipient(own.recipient));
    assert.ok(!isRecipient(own.recipient.toUpperCase()));
    assert.ok(!isRecipient(own.recipient.replace(/.$/, (last) => (last === "q" ? "p" : "q"))));
    assert.ok(!isRecipient(own.identity));
    assert.ok(!isRecipient(`age1pq1${own.recipient.slice(4)}`));
    assert.ok(!isRecipient(""));
  });

  test("an identity that cannot be read is refused without being quoted", () => {
    const wrong = `${own.identity.slice(0, -1)}B`;
    assert.throws(
      () => identityToRecipient(wrong),
      (error: SealingError) => error.code === "key-invalid" && !error.message.includes(wrong.slice(20, 40)),
    );
  });

  test("sealing to nobody, or to something that is no recipient, fails before the source is touched", () => {
    assert.throws(() => sealStream(inPortions(new Uint8Array(1)), []), code("key-invalid"));
    assert.throws(() => sealStream(inPortions(new Uint8Array(1)), ["age1example"]), code("key-invalid"));
  });

  test("a recipient of low order is refused, for everybody could open what is sealed to it", async () => {
    const zero = encodeBech32("age", new Uint8Array(32));
    await assert.rejects(seal(new Uint8Array(1), [zero]), code("key-invalid"));
  });
});

describe("interoperation with age-encryption", () => {
  for (const size of SIZES) {
    test(`${size} bytes go both ways unchanged`, async () => {
      const plaintext = patternedBytes(size);
      const ours = await seal(plaintext);
      assert.equal(ours.length, sealedSize(size));
      assert.deepEqual(await typageOpen(ours, own.identity), plaintext);
      const theirs = await typageSeal(plaintext, [own.recipient]);
      assert.deepEqual(await open(theirs), plaintext);
    });
  }

  test("any bytes in any portions for any number of recipients go both ways unchanged", async () => {
    const people = [own, other, generateIdentity()];
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 3 * KIB_64 }),
        fc
          .array(fc.nat({ max: 90_000 }), { minLength: 1, maxLength: 6 })
          .filter((sizes) => sizes.some((s) => s > 99)),
        fc.integer({ min: 1, max: 3 }),
        fc.nat({ max: 2 }),
        async (size, portions, count, who) => {
          const plaintext = patternedBytes(size, size);
          const recipients = people.slice(0, count).map((person) => person.recipient);
          const reader = people[who % count] ?? own;
          const ours = await collect(sealStream(inPortions(plaintext, portions), recipients));
          assert.equal(ours.length, sealedSize(size, count));
          assert.deepEqual(await typageOpen(ours, reader.identity), plaintext);
          const theirs = await typageSeal(plaintext, recipients);
          assert.deepEqual(
            await collect(openStream(inPortions(theirs, portions), [reader.identity])),
            plaintext,
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("opening", () => {
  test("a stranger's identity opens nothing and is told so", async () => {
    await assert.rejects(open(await seal(patternedBytes(9)), [other.identity]), code("age-no-identity"));
    await assert.rejects(open(await seal(patternedBytes(9)), []), code("age-no-identity"));
  });

  test("an identity that was parsed once opens as many files as its text, and is the same recipient", async () => {
    const parsed = parseIdentity(own.identity);
    assert.equal(identityToRecipient(parsed), own.recipient);
    for (const size of [0, 1, KIB_64 + 1]) {
      const plaintext = patternedBytes(size);
      assert.deepEqual(await open(await seal(plaintext), [parsed]), plaintext);
      await assert.rejects(
        async () => open(await seal(plaintext, [other.recipient]), [parsed]),
        code("age-no-identity"),
      );
    }
  });

  test("the right identity is found among others", async () => {
    const sealed = await seal(patternedBytes(9));
    assert.deepEqual(await open(sealed, [other.identity, own.identity]), patternedBytes(9));
  });

  test("any changed byte of a file is refused", async () => {
    const sealed = await seal(patternedBytes(300));
    for (let at = 0; at < sealed.length; at++) {
      await assert.rejects(
        open(withFlippedByte(sealed, at, 1 << (at % 8))),
        { name: "SealingError" },
        `byte ${at}`,
      );
    }
  });

  test("of a file of several chunks, only whole genuine chunks before a changed byte come out", async () => {
    const plaintext = patternedBytes(3 * KIB_64 + 5);
    const sealed = await seal(plaintext);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: sealed.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const { bytes, error } = await collectUntilError(
            openStream(inPortions(withFlippedByte(sealed, at, mask), [50_000]), [own.identity]),
          );
          assert.equal((error as SealingError).name, "SealingError");
          const payloadAt = at - (sealed.length - (plaintext.length + 4 * 16));
          const intact = payloadAt < 0 ? 0 : Math.floor(payloadAt / SEALED_CHUNK_SIZE) * CHUNK_SIZE;
          assert.deepEqual(bytes, plaintext.slice(0, intact));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a file cut short anywhere is refused, also at a chunk's border", async () => {
    const plaintext = patternedBytes(2 * KIB_64 + 100);
    const sealed = await seal(plaintext);
    const firstBorder = sealedSize(0) - 16 + SEALED_CHUNK_SIZE;
    await assert.rejects(open(sealed.slice(0, firstBorder)), code("age-truncated"));
    await assert.rejects(open(sealed.slice(0, firstBorder + SEALED_CHUNK_SIZE)), code("age-truncated"));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), async (length) => {
        await assert.rejects(open(sealed.slice(0, length)), { name: "SealingError" });
      }),
      { numRuns: 60 },
    );
  });

  test("a file with bytes after its end is refused, also when the end fills its chunk", async () => {
    for (const size of [0, 100, KIB_64, KIB_64 + 1]) {
      const sealed = await seal(patternedBytes(size));
      await assert.rejects(open(Uint8Array.of(...sealed, 0)), { name: "SealingError" });
      const { error } = await collectUntilError(
        openStream(inPortions(Buffer.concat([sealed, Buffer.alloc(KIB_64, 7)])), [own.identity]),
      );
      assert.equal((error as SealingError).code, size === KIB_64 ? "age-extended" : "age-tampered");
    }
  });

  test("chunks that change places are refused", async () => {
    const sealed = await seal(patternedBytes(3 * KIB_64));
    const start = sealed.length - 3 * SEALED_CHUNK_SIZE;
    const chunk = (index: number): Uint8Array =>
      sealed.subarray(start + index * SEALED_CHUNK_SIZE, start + (index + 1) * SEALED_CHUNK_SIZE);
    const swapped = Buffer.concat([sealed.subarray(0, start), chunk(1), chunk(0), chunk(2)]);
    const { bytes, error } = await collectUntilError(openStream(inPortions(swapped), [own.identity]));
    assert.equal((error as SealingError).code, "age-tampered");
    assert.equal(bytes.length, 0);
  });

  test("a header that never ends is given up, not gathered", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("age-encryption.org/v1\n");
      for (;;) yield Buffer.from("-> X25519 AAAA\n\n");
    }
    await assert.rejects(collect(openStream(endless(), [own.identity])), code("age-header"));
  });

  test("a failing source fails the stream with the source's own error", async () => {
    const sealed = await seal(patternedBytes(100));
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield sealed.subarray(0, 250);
      throw new Error("the disk is gone");
    }
    await assert.rejects(collect(openStream(breaking(), [own.identity])), { message: "the disk is gone" });
  });
});

describe("streaming", () => {
  test("a 200 MB file is sealed and opened with no more than four chunks on the way", async () => {
    const portion = new Uint8Array(KIB_64);
    const portions = 3200;
    let produced = 0;
    let consumed = 0;
    let mostInFlight = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < portions; count++) {
        produced += portion.length;
        mostInFlight = Math.max(mostInFlight, produced - consumed);
        yield portion;
      }
    }
    for await (const chunk of openStream(sealStream(source(), [own.recipient]), [own.identity])) {
      consumed += chunk.length;
    }
    assert.equal(consumed, portions * KIB_64);
    assert.ok(mostInFlight <= 4 * KIB_64, `${mostInFlight} bytes were in flight`);
  });

  test("a reader that stops early closes the source", async () => {
    let closed = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(KIB_64);
      } finally {
        closed++;
      }
    }
    for await (const _ of openStream(sealStream(source(), [own.recipient]), [own.identity])) break;
    assert.equal(closed, 1);
    let chunks = 0;
    for await (const _ of sealStream(source(), [own.recipient])) if (++chunks === 2) break;
    assert.equal(closed, 2);
  });
});
