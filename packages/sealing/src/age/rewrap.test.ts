import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import * as typage from "age-encryption";
import * as fc from "fast-check";
import { collect, inPortions, patternedBytes, withFlippedByte } from "../testing/streams.ts";
import { generateIdentity } from "./identity.ts";
import { openStream } from "./open.ts";
import { payloadDigest, replaceHeader, rewrap, rewrapHeader } from "./rewrap.ts";
import { sealDigesting, sealedSize, sealStream } from "./seal.ts";

const [platform, agency, force] = [generateIdentity(), generateIdentity(), generateIdentity()] as const;

function seal(plaintext: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  return collect(sealStream(inPortions(plaintext), recipients));
}

test("evidence goes over two hops with its payload unchanged, and only the last holder's key opens it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 200_000 }), fc.integer({ min: 1, max: 99_999 }), async (size, portion) => {
      const plaintext = patternedBytes(size);
      const first = await seal(plaintext, [platform.recipient]);
      const second = await collect(
        rewrap(inPortions(first, [portion]), [platform.identity], [agency.recipient, platform.recipient]),
      );
      const third = await collect(
        rewrap(inPortions(second, [portion]), [agency.identity], [force.recipient]),
      );
      assert.equal(second.length, sealedSize(size, 2));
      assert.deepEqual(third.slice(sealedSize(0) - 32), first.slice(sealedSize(0) - 32));
      const digest = await payloadDigest(inPortions(first));
      assert.equal(await payloadDigest(inPortions(second)), digest);
      assert.equal(await payloadDigest(inPortions(third)), digest);
      assert.deepEqual(await collect(openStream(inPortions(third), [force.identity])), plaintext);
      await assert.rejects(collect(openStream(inPortions(third), [agency.identity])), {
        code: "age-no-identity",
      });
      const decrypter = new typage.Decrypter();
      decrypter.addIdentity(force.identity);
      assert.deepEqual(await decrypter.decrypt(third), plaintext);
    }),
    { numRuns: 20 },
  );
});

test("the payload digest is the SHA-256 of everything behind the header's last line", async () => {
  const sealed = await seal(patternedBytes(100), [platform.recipient]);
  const behind = Buffer.from(sealed).indexOf("\n", Buffer.from(sealed).indexOf("\n--- ") + 1) + 1;
  const expected = createHash("sha256").update(sealed.subarray(behind)).digest("hex");
  assert.equal(await payloadDigest(inPortions(sealed)), expected);
});

test("a header made once gives the same file every time it is put on", async () => {
  const sealed = await seal(patternedBytes(100_000), [platform.recipient]);
  const header = await rewrapHeader(inPortions(sealed), [platform.identity], [force.recipient]);
  const one = await collect(replaceHeader(inPortions(sealed), header));
  const two = await collect(replaceHeader(inPortions(sealed, [1000]), header));
  assert.deepEqual(one, two);
  assert.deepEqual(await collect(openStream(inPortions(one), [force.identity])), patternedBytes(100_000));
});

test("making a header reads only the beginning of the file and closes it", async () => {
  const sealed = await seal(patternedBytes(500_000), [platform.recipient]);
  let handedOut = 0;
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for await (const portion of inPortions(sealed, [4096])) {
        handedOut += portion.length;
        yield portion;
      }
    } finally {
      closed = true;
    }
  }
  await rewrapHeader(source(), [platform.identity], [force.recipient]);
  assert.deepEqual({ handedOut, closed }, { handedOut: 4096, closed: true });
});

test("who cannot open a file cannot pass it on, and an altered header is not passed on", async () => {
  const sealed = await seal(patternedBytes(10), [platform.recipient, agency.recipient]);
  await assert.rejects(collect(rewrap(inPortions(sealed), [force.identity], [force.recipient])), {
    code: "age-no-identity",
  });
  // Byte 130 lies in the second recipient's stanza, which the first recipient can tell only by the MAC.
  await assert.rejects(
    collect(rewrap(inPortions(withFlippedByte(sealed, 140, 1)), [platform.identity], [force.recipient])),
    { code: "age-mac" },
  );
});

test("the digest taken while a file is sealed is its payload's, and there is none before its end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 200_000 }),
      fc.integer({ min: 500, max: 99_999 }),
      async (size, portion) => {
        const plaintext = patternedBytes(size);
        const { bytes, digest } = sealDigesting(inPortions(plaintext, [portion]), [platform.recipient]);
        assert.throws(digest, /not been made to its end/);
        const sealed = await collect(bytes);
        assert.equal(digest(), await payloadDigest(inPortions(sealed)));
        assert.deepEqual(await collect(openStream(inPortions(sealed), [platform.identity])), plaintext);
      },
    ),
    { numRuns: 20 },
  );
});
