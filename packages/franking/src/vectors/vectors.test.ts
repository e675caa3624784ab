import assert from "node:assert/strict";
import { createHash, createHmac, createPublicKey, hkdfSync, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkDelivered } from "../client/check-delivered.ts";
import { decodeContent, encodeContent } from "../content/content.ts";
import { bytesOfHex } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { webCrypto } from "../crypto/web.ts";
import { type ChainLink, GENESIS } from "../hub/chain.ts";
import { verifyMerklePath } from "../merkle/tree.ts";
import { decodeContext, decodeFrank, decodeFrankExt } from "../wire/frank.ts";
import { makeVectors } from "./vectors-testing.ts";

type Vectors = Awaited<ReturnType<typeof makeVectors>>;
const vectors = JSON.parse(readFileSync(new URL("franking.json", import.meta.url), "utf8")) as Vectors;

test("the frozen vectors are what this program makes", async () => {
  assert.deepEqual(await makeVectors(), vectors);
});

// From here on nothing of this package computes: the README's sentences, written out with node:crypto and Buffers.

const sha256 = (...parts: readonly Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const hmac = (key: Buffer, ...parts: readonly Buffer[]) =>
  createHmac("sha256", key).update(Buffer.concat(parts)).digest();
const uint = (value: number | bigint, bytes: number) =>
  Buffer.from(value.toString(16).padStart(bytes * 2, "0"), "hex");
const vector = (bytes: Buffer) =>
  Buffer.concat([bytes.length < 64 ? uint(bytes.length, 1) : uint(0x4000 + bytes.length, 2), bytes]);
const { keys, room, messages } = vectors;
const sender = Buffer.from(room.senderUri);
const roomUri = Buffer.from(room.roomUri);

function isSigned(publicKey: string, label: string, content: Buffer, signature: Buffer): boolean {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(
    null,
    Buffer.concat([vector(Buffer.from(`MLS 1.0 ${label}`)), vector(content)]),
    key,
    signature,
  );
}

test("every step of every message follows from the one before, written out by hand", () => {
  let head = Buffer.alloc(32);
  for (const [index, hexed] of messages.entries()) {
    const bytes = (field: Exclude<keyof typeof hexed, "hubKid">) => Buffer.from(hexed[field], "hex");
    const content = bytes("content");
    const salt = content.subarray(2, 18);
    const named = [uint(sender.length, 2), sender, uint(roomUri.length, 2), roomUri, content, salt];
    assert.deepEqual(bytes("messageId"), Buffer.concat([uint(1, 1), sha256(...named).subarray(0, 31)]));
    const tag = hmac(salt, content);
    assert.deepEqual(bytes("tag"), tag);
    assert.deepEqual(bytes("authenticatedData"), Buffer.concat([Buffer.from("23002020", "hex"), tag]));
    assert.ok(bytes("mlsMessage").includes(bytes("authenticatedData")));

    const ctHash = sha256(bytes("mlsMessage"));
    const submit = bytes("submitTbs");
    const known = [
      vector(roomUri),
      vector(sender),
      vector(Buffer.from(room.deviceId, "hex")),
      uint(5, 8),
      tag,
      ctHash,
    ];
    assert.deepEqual(submit.subarray(0, -24), Buffer.concat(known));
    assert.ok(isSigned(keys.devicePublicKey, "CSFSubmit", submit, bytes("submitSignature")));

    const accepted = BigInt(hexed.acceptedAt);
    const month = new Date(Number(accepted)).toISOString().slice(0, 7).replace("-", "");
    assert.equal(String(hexed.hubKid), month);
    const context = Buffer.concat([vector(sender), vector(roomUri), uint(accepted, 8)]);
    assert.deepEqual(bytes("context"), context);
    const master = Buffer.from(keys.hubMaster, "hex");
    const hubKey = Buffer.from(hkdfSync("sha256", master, "", `csf1/hub_key/${month}`, 32));
    const serverFrank = hmac(hubKey, tag, context);
    assert.deepEqual(bytes("serverFrank"), serverFrank);
    const integrity = Buffer.concat([serverFrank, uint(1, 2), context]);
    assert.deepEqual(bytes("integrityTbs"), integrity);
    const signature = bytes("frank").subarray(-64);
    assert.deepEqual(bytes("frank"), Buffer.concat([serverFrank, uint(1, 2), vector(signature)]));
    assert.ok(isSigned(keys.signaturePublicKey, "FrankingIntegrityTBS", integrity, signature));
    const audit = Buffer.concat([vector(integrity), vector(signature), uint(1, 1)]);
    assert.ok(isSigned(keys.signaturePublicKey, "CSFFrankAudit", audit, bytes("auditSignature")));

    const ctxCommit = sha256(context, bytes("contextBlind"));
    const seq = uint(index + 1, 8);
    const record = [seq, tag, serverFrank, ctxCommit, ctHash, sha256(bytes("submitSignature")), uint(5, 8)];
    assert.deepEqual(bytes("record"), Buffer.concat(record));
    const recHash = sha256(...record);
    assert.deepEqual(bytes("recHash"), recHash);
    assert.deepEqual(bytes("ext"), Buffer.concat([uint(1, 2), seq, head, recHash, uint(hexed.hubKid, 4)]));
    head = sha256(head, recHash);
    assert.deepEqual(bytes("head"), head);
  }
  const tbs = Buffer.from(vectors.signedHead.tbs, "hex");
  assert.deepEqual(tbs.subarray(0, -8), Buffer.concat([vector(roomUri), uint(3, 8), head]));
  const signed = Buffer.from(vectors.signedHead.bytes, "hex");
  assert.deepEqual(signed.subarray(0, -66), tbs);
  assert.ok(isSigned(keys.signaturePublicKey, "CSFHead", tbs, signed.subarray(-64)));
});

test("a receiver takes the frozen messages, on either driver", async () => {
  for (const crypto of [nodeCrypto, webCrypto()]) {
    let last: ChainLink = GENESIS;
    for (const { content, mlsMessage, frank, ext, context, authenticatedData } of messages) {
      const deviceId = hex(room.deviceId);
      const verdict = await checkDelivered(crypto, {
        delivered: {
          message: hex(mlsMessage),
          frank: decodeFrank(hex(frank)),
          ext: decodeFrankExt(hex(ext)),
          context: decodeContext(hex(context)),
          deviceId,
        },
        opened: {
          plaintext: hex(content),
          authenticatedData: hex(authenticatedData),
          sender: { uri: room.senderUri, deviceId },
          epoch: 5n,
        },
        room: {
          roomUri: room.roomUri,
          suite: 1,
          agent: { publicKey: hex(keys.signaturePublicKey), domain: "hub.example" },
          hubDomain: "hub.example",
        },
        last,
      });
      assert.ok(verdict.ok);
      assert.equal(verdict.seen, last.roomSeq === 0n ? "not-said" : "agrees");
      last = verdict.link;
    }
  }
});

test("contents come back byte for byte, and what must be refused is refused with its code", () => {
  for (const { content } of messages)
    assert.deepEqual(encodeContent(decodeContent(hex(content))), hex(content));
  for (const { bytes, code, why } of vectors.refusedContents)
    assert.throws(() => decodeContent(hex(bytes)), { code }, why);
});

test("the frozen paths prove their entries", async () => {
  const { entries, roots, paths } = vectors.merkle;
  for (const [index, path] of paths.entries()) {
    const proof = {
      entry: hex(entries[index] ?? ""),
      index,
      size: entries.length,
      path: path.map(hex),
      root: hex(roots.at(-1) ?? ""),
    };
    assert.equal(await verifyMerklePath(nodeCrypto, proof), true);
  }
});

function hex(text: string): Uint8Array {
  return bytesOfHex(text) ?? assert.fail("no hexadecimal digits");
}
