import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { generateKey, newSigner, newVerifier } from "../note/keys.ts";
import { memoryTileStore } from "../tiles/memory-store.ts";
import { createLog, type Log } from "./log.ts";
import { formatProof, parseProof, type TlogProof, verifyProof } from "./proof.ts";

const { skey, vkey } = generateKey("example.com/log");
const verifier = newVerifier(vkey);
const leaf = (i: number): Uint8Array => new Uint8Array(Buffer.from(`leaf ${i}`));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (proof: Uint8Array): string => new TextDecoder().decode(proof);

async function logOf(size: number): Promise<Log> {
  const log = await createLog(memoryTileStore(), newSigner(skey));
  await log.append(Array.from({ length: size }, (_, i) => leaf(i)));
  return log;
}

// The head of the specification's example; its checkpoint is abridged there.
const SPEC_HEAD = `c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

`;

suite("a .tlog-proof file", () => {
  test("of the specification is read", () => {
    const proof = parseProof(bytes(SPEC_HEAD));
    assert.equal(proof.index, 73_894);
    assert.equal(proof.hashes.length, 5);
    assert.equal(
      Buffer.from(proof.hashes[4]!).toString("base64"),
      "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=",
    );
    assert.equal(text(proof.extra!).slice(0, 10), "age-v1.2.1");
    assert.deepEqual(formatProof(proof), bytes(SPEC_HEAD));
    assert.match(text(proof.checkpoint), /^example\.com\/fancylog\n109482\n/);
  });

  test("proves each leaf of a log offline, with nothing but the public key", async () => {
    const log = await logOf(300);
    for (const index of [0, 1, 255, 256, 299]) {
      const verified = verifyProof(leaf(index), await log.proof(index), verifier);
      assert.equal(verified.index, index);
      assert.deepEqual(verified.checkpoint, log.checkpoint());
    }
    const single = await logOf(1);
    assert.equal(verifyProof(leaf(0), await single.proof(0), verifier).index, 0);
  });

  test("does not prove another leaf, nor for another log", async () => {
    const log = await logOf(300);
    const proof = await log.proof(17);
    assert.throws(() => verifyProof(leaf(18), proof, verifier), { code: "proof-mismatch" });
    assert.throws(() => verifyProof(leaf(17), proof, newVerifier(generateKey("example.com/log").vkey)), {
      code: "unverified",
    });
  });

  test("with any byte changed proves nothing", async () => {
    const log = await logOf(300);
    const proof = await log.proof(17);
    fc.assert(
      fc.property(fc.nat({ max: proof.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        assert.throws(() => verifyProof(leaf(17), proof.with(at, proof[at]! ^ change), verifier), {
          name: "LedgerError",
        });
      }),
      { numRuns: 500 },
    );
  });

  test("with extra data still verifies, and the data is handed back as it was", async () => {
    const log = await logOf(5);
    const extra = Uint8Array.of(1, 2, 3);
    const proof = formatProof({ ...parseProof(await log.proof(2)), extra });
    assert.equal(verifyProof(leaf(2), proof, verifier).index, 2);
    assert.deepEqual(parseProof(proof).extra, extra);
  });

  test("is read back as it was written", () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const proof = fc.record(
      {
        index: fc.maxSafeNat(),
        hashes: fc.array(hash, { maxLength: 63 }),
        checkpoint: fc.uint8Array(),
        extra: fc.uint8Array({ minLength: 1 }),
      },
      { requiredKeys: ["index", "hashes", "checkpoint"], noNullPrototype: true },
    );
    fc.assert(
      fc.property(proof, (written: TlogProof) => assert.deepEqual(parseProof(formatProof(written)), written)),
    );
  });

  test("in any other form is refused", async () => {
    const good = text(await (await logOf(3)).proof(1));
    const [header = "", index = "", first = ""] = good.split("\n");
    for (const proof of [
      "",
      "\n\n",
      `${header}\n\n`,
      good.replace("@v1", "@v2"),
      `\ufeff${good}`,
      good.replaceAll("\n", "\r\n"),
      good.replace(index, "index 01"),
      good.replace(index, "index -1"),
      good.replace(index, "index 1 "),
      good.replace(index, "index  1"),
      good.replace(index, "index 9007199254740992"),
      good.replace(index, "Index 1"),
      good.replace(`${index}\n`, ""),
      good.replace(`${index}\n`, `${index}\n${index}\n`),
      good.replace(index, `extra \n${index}`),
      good.replace(index, `extra AAA\n${index}`),
      good.replace(index, `extra AAAA\nextra AAAA\n${index}`),
      good.replace(index, `${index}\nextra AAAA`),
      good.replace(first, first.slice(0, -1)),
      good.replace(first, ` ${first}`),
      good.replace(first, "AAAA"),
      good.replace(`${first}\n`, `${first}\n`.repeat(64)),
    ]) {
      assert.throws(
        () => parseProof(bytes(proof)),
        { code: "malformed" },
        JSON.stringify(proof.slice(0, 80)),
      );
    }
    // An empty line moved up makes the rest of the hashes part of the checkpoint.
    assert.throws(() => verifyProof(leaf(1), bytes(good.replace(first, `\n${first}`)), verifier));
  });
});
