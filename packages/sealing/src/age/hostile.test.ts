import assert from "node:assert/strict";
import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { encodeRawBase64 } from "../bytes/base64.ts";
import type { SealingErrorCode } from "../errors.ts";
import { collect, inPortions, patternedBytes } from "../testing/streams.ts";
import { decodeBech32, encodeBech32 } from "./bech32.ts";
import { encodeHeader, type Stanza } from "./header.ts";
import { generateIdentity, isRecipient, parseRecipient } from "./identity.ts";
import { openStream } from "./open.ts";
import { CHUNK_SIZE, payloadKey, sealPortions } from "./payload.ts";
import { wrapFileKey } from "./x25519.ts";

// Files that nobody makes by accident: well formed where they can be, wrong in one place.

const own = generateIdentity();
const recipient = parseRecipient(own.recipient);
const fileKey = randomBytes(16);
const nonce = randomBytes(16);
const key = payloadKey(fileKey, nonce);
const payload = Buffer.concat([nonce, ...sealPortions(key, { index: 0, last: true }, [patternedBytes(20)])]);

function file(header: string | Uint8Array): Uint8Array {
  return Buffer.concat([typeof header === "string" ? Buffer.from(header, "latin1") : header, payload]);
}

async function refused(bytes: Uint8Array, code: SealingErrorCode): Promise<void> {
  await assert.rejects(collect(openStream(inPortions(bytes), [own.identity])), {
    name: "SealingError",
    code,
  });
}

function opens(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(openStream(inPortions(bytes), [own.identity]));
}

describe("headers", () => {
  const stanza = wrapFileKey(fileKey, recipient);
  const good = Buffer.from(encodeHeader([stanza], fileKey)).toString("latin1");

  test("the header these tests start from opens", async () => {
    assert.deepEqual(await opens(file(good)), patternedBytes(20));
  });

  test("a stanza of an unknown kind is passed over, whatever its body's length", async () => {
    for (const length of [0, 1, 47, 48, 49, 96, 500]) {
      const grease: Stanza = { args: ["grease.example", "a", "~!"], body: patternedBytes(length) };
      assert.deepEqual(await opens(file(encodeHeader([grease, stanza], fileKey))), patternedBytes(20));
    }
  });

  test("any departure from the grammar is refused", async () => {
    const [version = "", argsLine = "", body = "", mac = ""] = good.split("\n");
    const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
    const wrong = [
      "",
      "-----BEGIN AGE ENCRYPTED FILE-----\n",
      lines("age-encryption.org/v2", argsLine, body, mac),
      lines(`${version} `, argsLine, body, mac),
      lines(`${version}\r`, argsLine, body, mac),
      lines(version, mac),
      lines(version, `${argsLine} `, body, mac),
      lines(version, argsLine.replace(" ", "  "), body, mac),
      lines(version, "-> ", body, mac),
      lines(version, argsLine, `${body}=`, mac),
      lines(version, argsLine, `${body}\r`, mac),
      lines(version, argsLine, body.slice(0, 20), body.slice(20), mac),
      lines(version, argsLine, "A".repeat(65), "", mac),
      lines(version, argsLine, "A".repeat(64), mac),
      lines(version, argsLine, body, `${mac}=`),
      lines(version, argsLine, body, mac.slice(0, -1)),
      lines(version, argsLine, body, `---${mac.slice(4)}`),
      lines(version, argsLine, body, "", mac),
      lines(version, `${argsLine}\u00e9`, body, mac),
      lines(version, `${argsLine}\t`, body, mac),
      good.slice(0, -1),
    ];
    for (const header of wrong) await refused(Buffer.from(header, "latin1"), "age-header");
    for (const header of wrong.slice(2, -1)) await refused(file(header), "age-header");
  });

  test("a header is refused for its grammar even if whoever holds the file key wrote it", async () => {
    const [version = "", argsLine = "", body = ""] = good.split("\n");
    const authentic = (...lines: readonly string[]): string => {
      const text = `${[version, ...lines, argsLine, body].join("\n")}\n---`;
      const macKey = new Uint8Array(hkdfSync("sha256", fileKey, "", "header", 32));
      return `${text} ${encodeRawBase64(createHmac("sha256", macKey).update(text, "latin1").digest())}\n`;
    };
    assert.deepEqual(await opens(file(authentic("-> grease.example", ""))), patternedBytes(20));
    await refused(file(authentic("-> grease.example\t", "")), "age-header");
    await refused(file(authentic("-> grease.example \u00e9", "")), "age-header");
    await refused(file(authentic("-> grease.example", "A".repeat(68), "")), "age-header");
    await refused(file(authentic("-> grease.example", "A".repeat(64))), "age-header");
    await refused(file(authentic("-> grease.example", "AB", "")), "age-header");
  });

  test("an X25519 stanza with a share or a body of another length, or an argument too many, is refused", async () => {
    const [, share = ""] = stanza.args;
    const wrong: readonly Stanza[] = [
      { args: ["X25519"], body: stanza.body },
      { args: ["X25519", share, "more"], body: stanza.body },
      { args: ["X25519", encodeRawBase64(randomBytes(31))], body: stanza.body },
      { args: ["X25519", encodeRawBase64(randomBytes(33))], body: stanza.body },
      { args: ["X25519", `${share}=`], body: stanza.body },
      { args: ["X25519", share], body: stanza.body.subarray(0, 31) },
      { args: ["X25519", share], body: Buffer.concat([stanza.body, Buffer.of(0)]) },
    ];
    for (const one of wrong) await refused(file(encodeHeader([one], fileKey)), "age-header");
  });

  test("a share of low order, with which everybody could answer, is refused", async () => {
    const one = Buffer.alloc(32);
    one[0] = 1;
    for (const share of [Buffer.alloc(32), one]) {
      const header = encodeHeader([{ args: ["X25519", encodeRawBase64(share)], body: stanza.body }], fileKey);
      await refused(file(header), "age-header");
    }
  });

  test("a recipient added to or taken from a genuine header is noticed by its MAC", async () => {
    const { recipient: other } = generateIdentity();
    const added = Buffer.from(encodeHeader([stanza, wrapFileKey(fileKey, parseRecipient(other))], fileKey));
    const macOfOne = good.slice(good.indexOf("---"));
    const text = added.toString("latin1");
    await refused(file(text.slice(0, text.indexOf("---")) + macOfOne), "age-mac");
  });
});

describe("payloads", () => {
  const header = encodeHeader([wrapFileKey(fileKey, recipient)], fileKey);

  test("a last chunk that is empty, although others precede it, is refused", async () => {
    const chunks = [
      ...sealPortions(key, { index: 0, last: false }, [patternedBytes(CHUNK_SIZE)]),
      ...sealPortions(key, { index: 1, last: true }, [new Uint8Array(0)]),
    ];
    await refused(Buffer.concat([header, nonce, ...chunks]), "age-tampered");
  });

  test("a middle chunk that is short is refused", async () => {
    const chunks = [
      ...sealPortions(key, { index: 0, last: false }, [patternedBytes(100)]),
      ...sealPortions(key, { index: 1, last: true }, [patternedBytes(100)]),
    ];
    await refused(Buffer.concat([header, nonce, ...chunks]), "age-tampered");
  });

  test("a missing payload, a nonce cut short and a tag cut short are refused", async () => {
    await refused(header, "age-truncated");
    await refused(Buffer.concat([header, nonce.subarray(1)]), "age-truncated");
    await refused(Buffer.concat([header, nonce]), "age-tampered");
    await refused(Buffer.concat([header, nonce, Buffer.alloc(15)]), "age-tampered");
  });
});

describe("Bech32", () => {
  test("the words of its specification are read, and its wrong ones are not", () => {
    assert.deepEqual(decodeBech32("A12UEL5L"), { prefix: "A", bytes: new Uint8Array(0) });
    assert.equal(decodeBech32("?1ezyfcl")?.prefix, "?");
    for (const wrong of [
      "A12uEL5L",
      "pzry9x0s0muk",
      "1pzry9x0s0muk",
      "x1b4n0q5v",
      "li1dgmt3",
      "A1G7SGD8",
      "10a06t8",
      "1qzzfhee",
    ]) {
      assert.equal(decodeBech32(wrong), null, wrong);
    }
  });

  test("a key has one spelling: one length, and spare bits of zero", () => {
    const { raw } = parseRecipient(own.recipient);
    assert.equal(encodeBech32("age", raw), own.recipient);
    assert.ok(!isRecipient(encodeBech32("age", Buffer.concat([raw, Buffer.of(0)]))));
    assert.ok(!isRecipient(encodeBech32("age", raw.subarray(1))));
    // Two texts with right checksums whose words differ only in the four bits that no byte holds.
    assert.ok(isRecipient("age1fqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqmksmx7"));
    assert.ok(!isRecipient("age1fqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqpxqywmv"));
  });
});
