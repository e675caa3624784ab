import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { generateKey, newSigner, newVerifier } from "./keys.ts";
import { formatNote, type Note, parseNote } from "./note.ts";
import { verifyNote } from "./verify.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (note: Uint8Array): string => new TextDecoder().decode(note);

// The vectors of Go's sumdb/note, from which C2SP signed-note was written.
const PETER_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const ENOCH_VKEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_SIG =
  "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_SIG =
  "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

const peter = newVerifier(PETER_VKEY);
const enoch = newVerifier(ENOCH_VKEY);
const MALFORMED = { code: "malformed" };

suite("keys in text form", () => {
  test("the reference keys belong together and come out as they went in", () => {
    const signer = newSigner(PETER_SKEY);
    assert.equal(signer.name, "PeterNeumann");
    assert.equal(signer.keyId, 0xc74f20a3);
    assert.equal(signer.verifier.vkey, PETER_VKEY);
    assert.equal(peter.vkey, PETER_VKEY);
    assert.equal(enoch.keyId, 0xaf0cfe78);
  });

  test("the key of the signed-note specification's example is read", () => {
    const verifier = newVerifier("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    const note = parseNote(
      bytes(
        "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
      ),
    );
    assert.deepEqual(verifyNote(note, [verifier]), [{ verifier }]);
  });

  test("no part and no neighbour of a key is a key", () => {
    for (const [key, read] of [
      [PETER_VKEY, newVerifier],
      [PETER_SKEY, newSigner],
    ] as const) {
      for (let i = 0; i <= key.length; i += 1) {
        for (let j = i; j <= key.length; j += 1) {
          if (i !== 0 || j !== key.length) assert.throws(() => read(key.slice(i, j)), MALFORMED);
        }
      }
      for (let i = 0; i < key.length; i += 1) {
        const next = String.fromCharCode(key.charCodeAt(i) + 1);
        assert.throws(() => read(key.slice(0, i) + next + key.slice(i + 1)), MALFORMED);
      }
    }
  });

  test("a key of wrong length or unknown type is refused even with a fitting hash", () => {
    for (const vkey of [
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
      "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      `${PETER_VKEY}\n`,
      PETER_VKEY.replace("c74f20a3", "C74F20A3"),
      PETER_VKEY.replace("PeterNeumann", "Peter Neumann"),
    ]) {
      assert.throws(() => newVerifier(vkey), MALFORMED);
    }
  });

  test("an error about a private key does not show it", () => {
    const broken = PETER_SKEY.replace("c74f20a3", "c74f20a4");
    assert.throws(
      () => newSigner(broken),
      (error: Error) => !error.message.includes("AYEKFALV"),
    );
  });

  test("a generated pair signs and verifies, and is new each time", () => {
    const [a, b] = [generateKey("example.com/log"), generateKey("example.com/log")];
    assert.notEqual(a.skey, b.skey);
    const signer = newSigner(a.skey);
    assert.equal(signer.verifier.vkey, a.vkey);
    const note: Note = {
      text: "ship ahoy\n",
      signatures: [{ name: signer.name, keyId: signer.keyId, signature: signer.sign("ship ahoy\n") }],
    };
    assert.equal(verifyNote(note, [newVerifier(a.vkey)]).length, 1);
    assert.equal(verifyNote(note, [newVerifier(b.vkey)]).length, 0);
    for (const name of ["", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "a\u0001b", "\ud800"]) {
      assert.throws(() => generateKey(name), MALFORMED);
    }
  });
});

suite("a signed note", () => {
  test("is signed byte for byte as the reference signs it", () => {
    const signer = newSigner(PETER_SKEY);
    const note = formatNote({
      text: TEXT,
      signatures: [{ name: signer.name, keyId: signer.keyId, signature: signer.sign(TEXT) }],
    });
    assert.equal(text(note), `${TEXT}\n${PETER_SIG}`);
  });

  test("verifies the keys that are known and ignores the others", () => {
    const note = parseNote(bytes(`${TEXT}\n${PETER_SIG}${ENOCH_SIG}`));
    assert.equal(note.text, TEXT);
    assert.deepEqual(verifyNote(note, [peter]), [{ verifier: peter }]);
    assert.deepEqual(verifyNote(note, [enoch, peter]), [{ verifier: peter }, { verifier: enoch }]);
    assert.deepEqual(verifyNote(note, []), []);
  });

  test("ignores a signature that shares only the name or only the id with a known key", () => {
    const note = parseNote(bytes(`${TEXT}\n${PETER_SIG}`));
    const [signature] = note.signatures;
    const others = [
      { ...signature!, name: "PeterNeuman" },
      { ...signature!, keyId: 0xc74f20a4 },
    ];
    assert.deepEqual(verifyNote({ text: TEXT, signatures: others }, [peter]), []);
  });

  test("is refused if a known key's signature is wrong, wherever it stands and however long it is", () => {
    const [good] = parseNote(bytes(`${TEXT}\n${PETER_SIG}`)).signatures;
    const flipped = good!.signature.slice();
    flipped[10]! ^= 1;
    for (const signature of [flipped, good!.signature.subarray(1), Uint8Array.of(1), new Uint8Array(5000)]) {
      const bad = { ...good!, signature };
      for (const signatures of [[bad], [good!, bad], [bad, good!]]) {
        assert.throws(() => verifyNote({ text: TEXT, signatures }, [peter]), { code: "unverified" });
      }
    }
    assert.throws(() => verifyNote({ text: TEXT.replace("then", "than"), signatures: [good!] }, [peter]), {
      code: "unverified",
    });
  });

  test("counts a key once that signed twice", () => {
    assert.equal(verifyNote(parseNote(bytes(`${TEXT}\n${PETER_SIG}${PETER_SIG}`)), [peter]).length, 1);
  });

  test("may hold empty lines in its text: the last one separates", () => {
    const note = parseNote(bytes(`one\n\ntwo\n\n${PETER_SIG}`));
    assert.equal(note.text, "one\n\ntwo\n");
  });

  test("carries 100 signatures, one of nearly 5 kB too, and not 101", () => {
    assert.equal(parseNote(bytes(`${TEXT}\n${PETER_SIG.repeat(100)}`)).signatures.length, 100);
    assert.throws(() => parseNote(bytes(`${TEXT}\n${PETER_SIG.repeat(101)}`)), MALFORMED);
    const long = `\u2014 example.com/pq ${Buffer.alloc(4900, 7).toString("base64")}\n`;
    assert.equal(parseNote(bytes(`${TEXT}\n${long}`)).signatures[0]?.signature.length, 4896);
    assert.throws(() => parseNote(bytes(`${"a".repeat(1_000_000)}\n\n${PETER_SIG}`)), MALFORMED);
  });

  test("in any other form is refused", () => {
    const [, name = "", base64 = ""] = PETER_SIG.trimEnd().split(" ");
    const refused: (string | Uint8Array)[] = [
      "",
      "\n",
      "\n\n",
      TEXT,
      `${TEXT}\n`,
      `${TEXT}${PETER_SIG}`,
      `${TEXT}\n${PETER_SIG.slice(0, -1)}`,
      `${TEXT}\n${PETER_SIG}\n`,
      `${TEXT}\n${PETER_SIG}\n${PETER_SIG} `,
      `${TEXT}\n${PETER_SIG}Unexpected line.\n`,
      `\u0001${TEXT}\n${PETER_SIG}`,
      `a\tb\n\n${PETER_SIG}`,
      `${TEXT}\n${PETER_SIG}`.replaceAll("\n", "\r\n"),
      `${TEXT}\r\n\n${PETER_SIG}`,
      Uint8Array.of(0xff, ...bytes(`${TEXT}\n${PETER_SIG}`)),
      // Overlong and surrogate encodings, which a lenient decoder would read as text.
      Uint8Array.of(0xc0, 0xaf, ...bytes(`${TEXT}\n${PETER_SIG}`)),
      Uint8Array.of(0xed, 0xa0, 0x80, ...bytes(`${TEXT}\n${PETER_SIG}`)),
      `${TEXT}\n- ${name} ${base64}\n`,
      `${TEXT}\n\u2013 ${name} ${base64}\n`,
      `${TEXT}\n\u2014  ${name} ${base64}\n`,
      `${TEXT}\n\u2014 Bad Name ${base64}\n`,
      `${TEXT}\n\u2014 Bad+Name ${base64}\n`,
      `${TEXT}\n\u2014 Bad\u00a0Name ${base64}\n`,
      `${TEXT}\n\u2014  ${base64}\n`,
      `${TEXT}\n\u2014 ${name} ${base64} \n`,
      `${TEXT}\n\u2014 ${name} ${base64.slice(0, -1)}\n`,
      `${TEXT}\n\u2014 ${name} ${base64}=\n`,
      `${TEXT}\n\u2014 ${name} ${base64.replaceAll("/", "_")}\n`,
      // The last character of this base64 holds four bits that mean nothing: another spelling of the same bytes.
      `${TEXT}\n\u2014 ${name} AQIDBAV=\n`,
      `${TEXT}\n\u2014 ${name} AQIDBA==\n`,
      `${TEXT}\n\u2014 ${name} \n`,
    ];
    for (const note of refused) {
      assert.throws(() => parseNote(typeof note === "string" ? bytes(note) : note), MALFORMED, String(note));
    }
  });

  test("keeps a byte order mark, since it was signed", () => {
    assert.equal(parseNote(bytes(`\ufeffa\n\n${PETER_SIG}`)).text, "\ufeffa\n");
  });

  test("is not written in a form that could not be read", () => {
    const [signature] = parseNote(bytes(`${TEXT}\n${PETER_SIG}`)).signatures;
    const refused: Note[] = [
      { text: "no newline", signatures: [signature!] },
      { text: "a\u0000\n", signatures: [signature!] },
      { text: "\ud800\n", signatures: [signature!] },
      { text: TEXT, signatures: [] },
      { text: TEXT, signatures: [{ ...signature!, name: "a b" }] },
      { text: TEXT, signatures: [{ ...signature!, name: "" }] },
      { text: TEXT, signatures: [{ ...signature!, signature: new Uint8Array(0) }] },
      { text: TEXT, signatures: Array.from({ length: 101 }, () => signature!) },
    ];
    for (const note of refused) assert.throws(() => formatNote(note), MALFORMED);
  });

  test("is read back as it was written, and written back as it was read", () => {
    const line = fc.string({ unit: "binary" }).map(printable);
    const name = fc.string({ minLength: 1 }).map((s) => `k${printable(s).replaceAll(/[\s+]/gu, "")}`);
    const note = fc.record(
      {
        text: fc.array(line, { minLength: 1 }).map((lines) => `${lines.join("\n")}\n`),
        signatures: fc.array(
          fc.record(
            {
              name,
              keyId: fc.nat({ max: 0xffffffff }),
              signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
            },
            { noNullPrototype: true },
          ),
          { minLength: 1, maxLength: 5 },
        ),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(note, (written) => {
        const encoded = formatNote(written);
        const read = parseNote(encoded);
        assert.equal(read.text, written.text);
        assert.deepEqual(
          read.signatures.map((s) => ({ ...s, signature: s.signature.slice() })),
          written.signatures,
        );
        assert.deepEqual(formatNote(read), encoded);
      }),
    );
  });

  test("with one byte changed never verifies as another text", () => {
    const original = bytes(`${TEXT}\n${PETER_SIG}`);
    fc.assert(
      fc.property(fc.nat({ max: original.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = original.slice();
        changed[at]! ^= change;
        try {
          const note = parseNote(changed);
          assert.deepEqual(formatNote(note), changed);
          assert.deepEqual(verifyNote(note, [peter]), []);
        } catch (error) {
          assert.match(String((error as { code?: unknown }).code), /^(malformed|unverified)$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function printable(text: string): string {
  return Array.from(text)
    .filter((character) => character >= " ")
    .join("");
}
