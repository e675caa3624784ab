import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { checkAddressed } from "./addressed.ts";
import { generateIdentity } from "./identity.ts";
import { sealStream } from "./seal.ts";

const ours = generateIdentity();
const theirs = generateIdentity();

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function sealed(size: number, recipient = ours.recipient): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of sealStream(once(Buffer.alloc(size, "sand")), [recipient])) parts.push(part);
  return Buffer.concat(parts);
}

const check = (file: Uint8Array) => checkAddressed(once(file), [ours.identity]);

test("a file for us tells its plaintext's size, also at the edges of a chunk", async () => {
  for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072])
    assert.deepEqual(await check(await sealed(size)), { plaintextSize: size });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 200_000 }), async (size) => {
      assert.equal((await check(await sealed(size))).plaintextSize, size);
    }),
    { numRuns: 20 },
  );
});

test("a file for somebody else, an altered header, no age file and one cut too short are each refused for what they are", async () => {
  const file = await sealed(100);
  const altered = Buffer.from(file);
  const macAt = altered.indexOf("--- ") + 4;
  altered[macAt] = altered[macAt] === 0x41 ? 0x42 : 0x41;
  const headerEnd = file.indexOf("\n", macAt) + 1;
  await assert.rejects(check(await sealed(100, theirs.recipient)), { code: "age-no-identity" });
  await assert.rejects(check(altered), { code: "age-mac" });
  await assert.rejects(check(Buffer.from("a lighthouse")), { code: "age-header" });
  await assert.rejects(check(file.subarray(0, headerEnd + 8)), { code: "age-truncated" });
  await assert.rejects(check(file.subarray(0, headerEnd + 16 + 15)), { code: "age-truncated" });
});
