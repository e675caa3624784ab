import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { decodeEnvelope, encodeEnvelope, type Envelope, parseEnvelope } from "./envelope.ts";
import { formatVerifyingKey, generateSigningKey, parseVerifyingKey, signingKeyFromPem } from "./keys.ts";
import { preAuthenticationEncoding } from "./pae.ts";
import { signEnvelope } from "./sign.ts";
import { verifyEnvelope } from "./verify.ts";

const TYPE = "application/vnd.example.shape+json;version=1";
const BODY = Buffer.from('{"shape":"circle"}');
const alice = generateSigningKey();
const bob = generateSigningKey();

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

describe("what is signed", () => {
  test("the specification's example has the specification's encoding", () => {
    assert.equal(
      text(preAuthenticationEncoding("http://example.com/HelloWorld", Buffer.from("hello world"))),
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  test("an empty type and an empty body keep their places, and lengths count bytes, not characters", () => {
    assert.equal(text(preAuthenticationEncoding("", new Uint8Array(0))), "DSSEv1 0  0 ");
    assert.equal(text(preAuthenticationEncoding("é", Buffer.from("ü"))), "DSSEv1 2 é 2 ü");
  });

  test("no two pairs of type and body have the same encoding", () => {
    const word = fc.stringMatching(/^[ 0-9a]{0,6}$/);
    fc.assert(
      fc.property(word, word, word, word, (typeA, bodyA, typeB, bodyB) => {
        fc.pre(typeA !== typeB || bodyA !== bodyB);
        const a = preAuthenticationEncoding(typeA, Buffer.from(bodyA));
        const b = preAuthenticationEncoding(typeB, Buffer.from(bodyB));
        assert.notDeepEqual(a, b);
      }),
    );
  });

  test("the specification's example envelope is read as it is printed there", () => {
    const printed = `{"payload": "aGVsbG8gd29ybGQ=",
 "payloadType": "http://example.com/HelloWorld",
 "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}`;
    const envelope = decodeEnvelope(Buffer.from(printed));
    assert.equal(envelope.payloadType, "http://example.com/HelloWorld");
    // Its signature is ECDSA, which no station uses: it is read and then trusted by nobody.
    assert.throws(() => verifyEnvelope(envelope, [alice.verifyingKey], envelope.payloadType), {
      code: "envelope-untrusted",
    });
  });
});

describe("keys", () => {
  test("the key id is what openssl and sha256sum say of the public key", () => {
    const der = createPublicKey(createPrivateKey(alice.toPem())).export({ format: "der", type: "spki" });
    assert.equal(alice.keyId, createHash("sha256").update(der).digest("hex").slice(0, 32));
  });

  test("a signing key survives its PEM file, and a verifying key its one-word form", async () => {
    const again = signingKeyFromPem(alice.toPem());
    assert.equal(again.keyId, alice.keyId);
    const word = formatVerifyingKey(alice.verifyingKey);
    assert.match(word, /^fairlead-ed25519:[0-9a-f]{32}:[\w-]{43}$/);
    const envelope = await signEnvelope(TYPE, BODY, [again]);
    assert.deepEqual(verifyEnvelope(envelope, [parseVerifyingKey(word)], TYPE).signers, [alice.keyId]);
  });

  test("a miscopied verifying key is refused wherever the slip is", () => {
    const word = formatVerifyingKey(alice.verifyingKey);
    for (let at = 0; at < word.length; at++) {
      const slip = `${word.slice(0, at)}${word[at] === "b" ? "c" : "b"}${word.slice(at + 1)}`;
      assert.throws(() => parseVerifyingKey(slip), { code: "key-invalid" }, slip);
    }
    assert.throws(() => parseVerifyingKey(`${word}:more`), { code: "key-invalid" });
    assert.throws(() => parseVerifyingKey(word.slice(0, -1)), { code: "key-invalid" });
  });

  test("a PEM file of another kind of key, or no PEM file, is refused without being quoted", () => {
    const { privateKey } = generateKeyPairSync("x25519");
    const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    assert.throws(() => signingKeyFromPem(pem), { code: "key-invalid" });
    assert.throws(
      () => signingKeyFromPem("secret words"),
      (error: Error) => !error.message.includes("secret words"),
    );
  });
});

describe("verifying", () => {
  test("any body of any type signed by any of the keys is read back, with its signers named", async () => {
    const signers = [alice, bob, generateSigningKey()];
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.stringMatching(/^[!-~]{1,60}$/),
        fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1 }),
        async (body, type, chosen) => {
          const signing = signers.filter((_, index) => chosen.includes(index));
          const envelope = await signEnvelope(type, body, signing);
          const keys = signers.map((signer) => signer.verifyingKey);
          const verified = verifyEnvelope(decodeEnvelope(encodeEnvelope(envelope)), keys, type);
          assert.deepEqual(Uint8Array.from(verified.payload), body);
          assert.deepEqual(
            verified.signers,
            signing.map((signer) => signer.keyId),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test("an edited body, a longer one and a shorter one are refused", async () => {
    const envelope = await signEnvelope(TYPE, BODY, [alice]);
    for (const body of ['{"shape":"square"}', '{"shape":"circle"} ', '{"shape":"circle"']) {
      const edited = { ...envelope, payload: Buffer.from(body).toString("base64") };
      assert.throws(() => verifyEnvelope(edited, [alice.verifyingKey], TYPE), { code: "envelope-untrusted" });
    }
  });

  test("a body signed as one type does not pass for another, whichever way it is relabelled", async () => {
    const envelope = await signEnvelope(TYPE, BODY, [alice]);
    const other = "application/vnd.example.colour+json;version=1";
    assert.throws(() => verifyEnvelope(envelope, [alice.verifyingKey], other), { code: "envelope-type" });
    const relabelled = { ...envelope, payloadType: other };
    assert.throws(() => verifyEnvelope(relabelled, [alice.verifyingKey], other), {
      code: "envelope-untrusted",
    });
  });

  test("bytes moved from the type into the body do not verify", async () => {
    const envelope = await signEnvelope("a", Buffer.from("b 1 c"), [alice]);
    const moved = { ...envelope, payloadType: "a5b", payload: Buffer.from("c").toString("base64") };
    assert.throws(() => verifyEnvelope(moved, [alice.verifyingKey], "a5b"), { code: "envelope-untrusted" });
  });

  test("a key id that was swapped, invented or taken away never makes a signature somebody else's", async () => {
    const envelope = await signEnvelope(TYPE, BODY, [alice]);
    const keys = [alice.verifyingKey, bob.verifyingKey];
    const withKeyId = (keyid: string): Envelope => ({
      ...envelope,
      signatures: envelope.signatures.map(({ sig }) => ({ keyid, sig })),
    });
    assert.throws(() => verifyEnvelope(withKeyId(bob.keyId), keys, TYPE), { code: "envelope-untrusted" });
    assert.throws(() => verifyEnvelope(withKeyId("f".repeat(32)), keys, TYPE), {
      code: "envelope-untrusted",
    });
    // The id is a hint: without it every trusted key is tried, and the one that verifies is named.
    assert.deepEqual(verifyEnvelope(withKeyId(""), keys, TYPE).signers, [alice.keyId]);
    const without = { ...envelope, signatures: envelope.signatures.map(({ sig }) => ({ sig })) };
    assert.deepEqual(verifyEnvelope(without, keys, TYPE).signers, [alice.keyId]);
  });

  test("the same key counts once, however often it signed", async () => {
    const envelope = await signEnvelope(TYPE, BODY, [alice, alice]);
    const keys = [alice.verifyingKey, alice.verifyingKey, bob.verifyingKey];
    assert.deepEqual(verifyEnvelope(envelope, keys, TYPE).signers, [alice.keyId]);
    assert.throws(() => verifyEnvelope(envelope, keys, TYPE, 2), { code: "envelope-untrusted" });
    const both = await signEnvelope(TYPE, BODY, [alice, bob]);
    assert.deepEqual(verifyEnvelope(both, keys, TYPE, 2).signers, [alice.keyId, bob.keyId]);
  });

  test("signatures by unknown keys, broken ones and ones of a wrong length are passed over, not trusted", async () => {
    const { signatures, ...rest } = await signEnvelope(TYPE, BODY, [bob, alice]);
    const noise = [
      { sig: "" },
      { sig: "AAAA" },
      { keyid: alice.keyId, sig: Buffer.alloc(64).toString("base64") },
    ];
    const envelope = { ...rest, signatures: [...noise, ...signatures] };
    assert.deepEqual(verifyEnvelope(envelope, [alice.verifyingKey], TYPE).signers, [alice.keyId]);
    assert.throws(() => verifyEnvelope(envelope, [], TYPE), { code: "envelope-untrusted" });
    assert.throws(() => verifyEnvelope(envelope, [], TYPE, 0), { code: "envelope-untrusted" });
    assert.throws(() => verifyEnvelope({ ...rest, signatures: noise }, [alice.verifyingKey], TYPE), {
      code: "envelope-untrusted",
    });
  });

  test("a signature over the bare body, without the encoding, is refused", () => {
    const key = createPrivateKey(alice.toPem());
    const sig = sign(null, BODY, key).toString("base64");
    const envelope = { payload: BODY.toString("base64"), payloadType: TYPE, signatures: [{ sig }] };
    assert.throws(() => verifyEnvelope(envelope, [alice.verifyingKey], TYPE), { code: "envelope-untrusted" });
  });

  test("a signature with the group order added to its second half is refused", async () => {
    const { signatures, ...rest } = await signEnvelope(TYPE, BODY, [alice]);
    const sig = Buffer.from(signatures[0]?.sig ?? "", "base64");
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(sig.subarray(32)).reverse().toString("hex")}`) + order;
    Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse().copy(sig, 32);
    const malleated = { ...rest, signatures: [{ keyid: alice.keyId, sig: sig.toString("base64") }] };
    assert.throws(() => verifyEnvelope(malleated, [alice.verifyingKey], TYPE), {
      code: "envelope-untrusted",
    });
  });
});

describe("reading envelopes", () => {
  test("URL-safe base64 is accepted as the specification demands", async () => {
    const body = Uint8Array.from([0xfb, 0xff, 0xfe, 0x3e]);
    const { payloadType, signatures } = await signEnvelope(TYPE, body, [alice]);
    const urlSafe = (value: string): string => value.replaceAll("+", "-").replaceAll("/", "_");
    const envelope = {
      payload: "-__-Pg==",
      payloadType,
      signatures: signatures.map(({ sig }) => ({ sig: urlSafe(sig) })),
    };
    assert.deepEqual(Uint8Array.from(verifyEnvelope(envelope, [alice.verifyingKey], TYPE).payload), body);
  });

  test("base64 in any but its canonical form is refused, in the body and in the signature", async () => {
    const envelope = await signEnvelope(TYPE, Uint8Array.from([0xfb, 0xff, 0xfe, 0x3e]), [alice]);
    const [signature] = envelope.signatures;
    for (const payload of [
      "+//+Ph==",
      "+//+Pg",
      "+//+Pg=",
      "+//+\nPg==",
      " +//+Pg==",
      "+/_-Pg==",
      "+//+Pg==AAAA",
      "é",
    ]) {
      assert.throws(() => verifyEnvelope({ ...envelope, payload }, [alice.verifyingKey], TYPE), {
        code: "envelope-malformed",
      });
    }
    // 64 bytes leave four spare bits in the last character before the padding.
    const last = signature?.sig.at(-3) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const spare = `${signature?.sig.slice(0, -3)}${alphabet[alphabet.indexOf(last) + 1]}==`;
    const respelt = { ...envelope, signatures: [{ keyid: alice.keyId, sig: spare }] };
    assert.throws(() => verifyEnvelope(respelt, [alice.verifyingKey], TYPE), { code: "envelope-malformed" });
  });

  test("members that nobody knows are ignored as the specification demands, and not written again", async () => {
    const envelope = await signEnvelope(TYPE, BODY, [alice]);
    const extended = { ...envelope, note: "x", signatures: [{ ...envelope.signatures[0], cert: "y" }] };
    assert.deepEqual(verifyEnvelope(extended, [alice.verifyingKey], TYPE).signers, [alice.keyId]);
    assert.deepEqual(encodeEnvelope(parseEnvelope(extended)), encodeEnvelope(envelope));
  });

  test("anything that is no envelope is refused with the place that is wrong", async () => {
    const envelope = await signEnvelope(TYPE, BODY, [alice]);
    const wrong: unknown[] = [
      null,
      [],
      "text",
      {},
      { ...envelope, payload: 1 },
      { ...envelope, payloadType: "" },
      { ...envelope, payloadType: "ä" },
      { ...envelope, signatures: [] },
      { ...envelope, signatures: [{}] },
      { ...envelope, signatures: Array.from({ length: 17 }, () => envelope.signatures[0]) },
    ];
    for (const value of wrong) {
      assert.throws(() => verifyEnvelope(value, [alice.verifyingKey], TYPE), { code: "envelope-malformed" });
    }
    assert.throws(() => decodeEnvelope(Buffer.from("{")), { code: "envelope-malformed" });
    assert.throws(() => decodeEnvelope(Uint8Array.of(0x22, 0xff, 0x22)), { code: "envelope-malformed" });
  });
});
