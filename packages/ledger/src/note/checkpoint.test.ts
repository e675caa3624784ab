import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import {
  addSignatures,
  type Checkpoint,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "./checkpoint.ts";
import { generateKey, newSigner, newVerifier, type Verifier } from "./keys.ts";
import { type NoteSignature, parseNote } from "./note.ts";
import { verifyNote } from "./verify.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const MALFORMED = { code: "malformed" };
const UNVERIFIED = { code: "unverified" };

const EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

// A checkpoint that a public Certificate Transparency log published, cosigned by public witnesses: a vector that
// other people's programs made.
const PUBLIC_LOG = newVerifier(
  "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f",
);
const PUBLIC_WITNESS = newVerifier("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");
const PUBLIC_CHECKPOINT = bytes(
  [
    "arche2025h1.staging.ct.transparency.dev",
    "1432088532",
    "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=",
    "",
    "\u2014 arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=",
    "\u2014 arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=",
    "\u2014 remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==",
    "",
  ].join("\n"),
);

const signer = newSigner(generateKey("example.com/log").skey);
const root = new Uint8Array(createHash("sha256").update("root").digest());
const checkpoint: Checkpoint = { origin: "example.com/log", size: 17, root, extensions: [] };

/** A witness made from the words of C2SP tlog-cosignature alone. */
function witness(name: string): {
  verifier: Verifier;
  cosign: (text: string, seconds: bigint) => NoteSignature;
} {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = Buffer.concat([Buffer.of(4), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
  const keyId = createHash("sha256").update(`${name}\n`).update(key).digest().readUInt32BE(0);
  const verifier = newVerifier(`${name}+${keyId.toString(16).padStart(8, "0")}+${key.toString("base64")}`);
  return {
    verifier,
    cosign(text, seconds) {
      const stamp = Buffer.alloc(8);
      stamp.writeBigUInt64BE(seconds);
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), privateKey);
      return { name, keyId, signature: new Uint8Array(Buffer.concat([stamp, signature])) };
    },
  };
}

suite("a checkpoint", () => {
  test("of the specification is read and written back", () => {
    const parsed = parseCheckpoint(EXAMPLE);
    assert.equal(parsed.origin, "example.com/behind-the-sofa");
    assert.equal(parsed.size, 20_852_163);
    assert.equal(Buffer.from(parsed.root).toString("hex").slice(0, 8), "0ac5186a");
    assert.deepEqual(parsed.extensions, []);
    assert.equal(formatCheckpoint(parsed), EXAMPLE);
  });

  test("of a public log verifies, with its witness's time", () => {
    const opened = openCheckpoint(PUBLIC_CHECKPOINT, PUBLIC_LOG, [PUBLIC_WITNESS]);
    assert.equal(opened.size, 1_432_088_532);
    assert.deepEqual(opened.cosignatures, [{ verifier: PUBLIC_WITNESS, timestampSeconds: 0x6a122120 }]);
  });

  test("of a public log with another size verifies for nobody", () => {
    const changed = bytes(new TextDecoder().decode(PUBLIC_CHECKPOINT).replace("1432088532", "42"));
    for (const verifier of [PUBLIC_LOG, PUBLIC_WITNESS]) {
      assert.throws(() => verifyNote(parseNote(changed), [verifier]), UNVERIFIED);
    }
  });

  test("reads back as it was written", () => {
    const lines = fc.array(fc.stringMatching(/^[!-~]{1,20}$/), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z./ ]{1,20}$/),
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        lines,
        (origin, size, root, extensions) => {
          assert.deepEqual(parseCheckpoint(formatCheckpoint({ origin, size, root, extensions })), {
            origin,
            size,
            root,
            extensions,
          });
        },
      ),
    );
  });

  test("in any other form is refused", () => {
    const [origin = "", size = "", hash = ""] = EXAMPLE.split("\n");
    for (const text of [
      "",
      "\n",
      origin,
      `${origin}\n`,
      `${origin}\n${size}\n`,
      `${origin}\n${size}\n${hash}`,
      `\n${size}\n${hash}\n`,
      `${origin}\n${size}\n${hash}\n\n`,
      `${origin}\n${size}\n${hash}\n\nmore\n`,
      `${origin}\n0${size}\n${hash}\n`,
      `${origin}\n00\n${hash}\n`,
      `${origin}\n+1\n${hash}\n`,
      `${origin}\n-1\n${hash}\n`,
      `${origin}\n 1\n${hash}\n`,
      `${origin}\n1e3\n${hash}\n`,
      `${origin}\n0x10\n${hash}\n`,
      `${origin}\n\u0661\n${hash}\n`,
      `${origin}\n9007199254740992\n${hash}\n`,
      `${origin}\n18446744073709551615\n${hash}\n`,
      `${origin}\n${size}\n${hash.slice(0, -1)}\n`,
      `${origin}\n${size}\n${hash.replace("2I=", "2J=")}\n`,
      `${origin}\n${size}\nAAAA\n`,
    ]) {
      assert.throws(() => parseCheckpoint(text), MALFORMED, JSON.stringify(text));
    }
  });

  test("is not written with a line break smuggled into a line", () => {
    for (const broken of [
      { ...checkpoint, origin: "example.com/log\n5" },
      { ...checkpoint, origin: "" },
      { ...checkpoint, extensions: ["a\nb"] },
      { ...checkpoint, extensions: [""] },
      { ...checkpoint, size: -1 },
      { ...checkpoint, size: 1.5 },
      { ...checkpoint, root: root.subarray(1) },
    ]) {
      assert.throws(() => formatCheckpoint(broken), MALFORMED);
    }
  });
});

suite("a signed checkpoint", () => {
  const signed = signCheckpoint(checkpoint, signer);

  test("opens with the log's key, and signing it again gives the same bytes", () => {
    const opened = openCheckpoint(signed.bytes, signer.verifier);
    assert.deepEqual(opened, signed);
    assert.deepEqual(signCheckpoint(checkpoint, signer).bytes, signed.bytes);
  });

  test("does not open with another key, even one of the same name", () => {
    const impostor = newSigner(generateKey("example.com/log").skey);
    assert.throws(() => openCheckpoint(signed.bytes, impostor.verifier), UNVERIFIED);
  });

  test("of another origin is refused, though the key signed it", () => {
    const other = signCheckpoint({ ...checkpoint, origin: "example.com/other" }, signer);
    assert.throws(() => openCheckpoint(other.bytes, signer.verifier), UNVERIFIED);
  });

  test("that is signed, but is no checkpoint, is refused", () => {
    const text = "just a note\n";
    const note = addSignatures(
      bytes(`${text}\n${new TextDecoder().decode(signed.bytes).split("\n").at(-2)}\n`),
      [],
    );
    assert.throws(() => openCheckpoint(note, signer.verifier), UNVERIFIED);
    const really = bytes(
      `${text}\n\u2014 ${signer.name} ${Buffer.concat([
        Buffer.from(signer.verifier.vkey.split("+")[1] ?? "", "hex"),
        signer.sign(text),
      ]).toString("base64")}\n`,
    );
    assert.throws(() => openCheckpoint(really, signer.verifier), MALFORMED);
  });

  test("takes on cosignatures, and only those of the witnesses asked for are answered", () => {
    const [first, second, unknown] = [witness("w1.example"), witness("w2.example"), witness("w3.example")];
    const text = formatCheckpoint(checkpoint);
    const cosigned = addSignatures(signed.bytes, [
      first.cosign(text, 1_750_000_000n),
      second.cosign(text, 0n),
      unknown.cosign(text, 5n),
    ]);
    const opened = openCheckpoint(cosigned, signer.verifier, [first.verifier, second.verifier]);
    assert.deepEqual(opened.cosignatures, [
      { verifier: first.verifier, timestampSeconds: 1_750_000_000 },
      { verifier: second.verifier, timestampSeconds: 0 },
    ]);
    assert.deepEqual(openCheckpoint(cosigned, signer.verifier).cosignatures, []);
  });

  test("counts a witness once that cosigned twice, by its first signature", () => {
    const w = witness("w1.example");
    const text = formatCheckpoint(checkpoint);
    const cosigned = addSignatures(signed.bytes, [w.cosign(text, 11n), w.cosign(text, 12n)]);
    assert.deepEqual(openCheckpoint(cosigned, signer.verifier, [w.verifier]).cosignatures, [
      { verifier: w.verifier, timestampSeconds: 11 },
    ]);
  });

  test("is refused with a cosignature over another time, text or width", () => {
    const w = witness("w1.example");
    const text = formatCheckpoint(checkpoint);
    const good = w.cosign(text, 1_750_000_000n);
    const otherTime = good.signature.with(7, good.signature[7]! ^ 1);
    const bad: Uint8Array[] = [
      otherTime,
      good.signature.subarray(0, 8),
      good.signature.subarray(0, 71),
      good.signature.subarray(8),
      w.cosign(formatCheckpoint({ ...checkpoint, size: 18 }), 1_750_000_000n).signature,
      // "It MUST NOT exceed 2^63 - 1."
      w.cosign(text, 2n ** 63n).signature,
    ];
    for (const signature of bad) {
      const cosigned = addSignatures(signed.bytes, [{ ...good, signature }]);
      assert.throws(() => openCheckpoint(cosigned, signer.verifier, [w.verifier]), UNVERIFIED);
    }
  });

  test("a witness alone cannot make a checkpoint", () => {
    const w = witness("example.com/log");
    const text = formatCheckpoint(checkpoint);
    const onlyWitness = bytes(
      new TextDecoder()
        .decode(addSignatures(signed.bytes, [w.cosign(text, 7n)]))
        .split("\n")
        .toSpliced(4, 1)
        .join("\n"),
    );
    assert.throws(() => openCheckpoint(onlyWitness, signer.verifier, [w.verifier]), UNVERIFIED);
  });
});
