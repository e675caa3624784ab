import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfHex, hexOf } from "./bytes.ts";
import type { FrankingCrypto } from "./crypto.ts";

/** Holds a driver to the published vectors and to the promises of `FrankingCrypto`. Run it from a test file of the driver. */
export function holdToPromise(name: string, crypto: FrankingCrypto): void {
  test(`${name} hashes as FIPS 180-4 says`, async () => {
    assert.equal(
      hexOf(await crypto.sha256(utf8("abc"))),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    assert.equal(
      hexOf(await crypto.sha256(utf8(""))),
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  test(`${name} makes the HMACs of RFC 4231`, async () => {
    for (const { key, data, mac } of HMACS) assert.equal(hexOf(await crypto.hmac(key, data)), mac);
  });

  test(`${name} derives RFC 5869's test case 3, the one without salt`, async () => {
    const derived = await crypto.hkdf(new Uint8Array(22).fill(0x0b), "", 42);
    assert.equal(
      hexOf(derived),
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    );
  });

  test(`${name} makes and checks the signatures of RFC 8032, section 7.1`, async () => {
    for (const { seed, publicKey, message, signature } of SIGNATURES) {
      assert.equal(hexOf(await crypto.publicKeyOf(hex(seed))), publicKey);
      // Twice, because the second time the key is taken from where it was kept.
      for (const _ of [1, 2]) {
        assert.equal(hexOf(await crypto.sign(hex(seed), hex(message))), signature);
        assert.equal(await crypto.verify(hex(publicKey), hex(message), hex(signature)), true);
      }
    }
  });

  test(`${name} answers false, and does not throw, for what is no signature or no key`, async () => {
    const [, one] = SIGNATURES;
    assert.ok(one !== undefined);
    const [publicKey, message, signature] = [hex(one.publicKey), hex(one.message), hex(one.signature)];
    for (let at = 0; at < signature.length; at += 7)
      assert.equal(await crypto.verify(publicKey, message, changed(signature, at)), false);
    assert.equal(await crypto.verify(changed(publicKey, 3), message, signature), false);
    assert.equal(await crypto.verify(publicKey, utf8("another"), signature), false);
    for (const length of [0, 31, 33, 63, 65]) {
      assert.equal(await crypto.verify(new Uint8Array(length), message, signature), false);
      assert.equal(await crypto.verify(publicKey, message, new Uint8Array(length)), false);
    }
    assert.equal(await crypto.verify(new Uint8Array(32).fill(0xff), message, signature), false);
    assert.equal(await crypto.verify(new Uint8Array(32).fill(2), message, signature), false);
  });

  test(`${name} refuses keys under which anybody could sign`, async () => {
    // With the neutral element as key and as R, and S = 0, the equation of RFC 8032 holds for every message.
    const neutral = hex(`01${"00".repeat(31)}`);
    const forged = hex(`01${"00".repeat(63)}`);
    assert.equal(await crypto.verify(neutral, utf8("anything"), forged), false);
    const [one] = SIGNATURES;
    assert.equal(await crypto.verify(hex(one?.publicKey ?? ""), utf8("anything"), forged), false);
    for (const point of SMALL_ORDER)
      for (const R of SMALL_ORDER)
        assert.equal(
          await crypto.verify(hex(point), utf8("x"), hex(R + "00".repeat(32))),
          false,
          `${point} ${R}`,
        );
  });

  test(`${name} refuses a second spelling of a signature`, async () => {
    const [one] = SIGNATURES;
    assert.ok(one !== undefined);
    // S + L: the same scalar, not reduced (RFC 8032, section 5.1.7 wants 0 <= S < L).
    const signature = hex(one.signature);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let scalar = signature.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
    for (let at = 32; at < 64; at += 1, scalar >>= 8n) signature[at] = Number(scalar & 0xffn);
    assert.equal(await crypto.verify(hex(one.publicKey), hex(one.message), signature), false);
  });

  test(`${name} seals as AES-256-GCM's published cases say, and opens only that`, async () => {
    for (const { key, nonce, aad, plaintext, sealed } of SEALED) {
      const args = [hex(key), hex(nonce), hex(aad)] as const;
      assert.equal(hexOf(await crypto.seal(...args, hex(plaintext))), sealed);
      assert.equal(hexOf((await crypto.open(...args, hex(sealed))) ?? utf8("closed")), plaintext);
      for (let at = 0; at < sealed.length / 2; at += 5)
        assert.equal(await crypto.open(...args, changed(hex(sealed), at)), null);
      assert.equal(await crypto.open(args[0], args[1], utf8("other"), hex(sealed)), null);
      assert.equal(await crypto.open(...args, hex(sealed).subarray(1)), null);
    }
    const [key, nonce] = [new Uint8Array(32), new Uint8Array(12)];
    for (const length of [0, 1, 15])
      assert.equal(await crypto.open(key, nonce, key, new Uint8Array(length)), null);
  });

  test(`${name} says which parameter of AES or Ed25519 has the wrong length`, async () => {
    const [key, nonce] = [new Uint8Array(32), new Uint8Array(12)];
    const wrong = { code: "seal.parameters" };
    await assert.rejects(async () => crypto.seal(key.subarray(1), nonce, key, key), wrong);
    await assert.rejects(async () => crypto.open(key, nonce.subarray(1), key, key), wrong);
    await assert.rejects(async () => crypto.sign(nonce, key), { code: "frank.private-key" });
    await assert.rejects(async () => crypto.publicKeyOf(nonce), { code: "frank.private-key" });
  });

  test(`${name} gives as many random bytes as asked, not the same ones twice`, () => {
    for (const length of [0, 1, 16, 65_536, 65_537, 200_000])
      assert.equal(crypto.random(length).length, length);
    assert.notDeepEqual(crypto.random(16), crypto.random(16));
    assert.ok(
      crypto
        .random(200_000)
        .subarray(131_072)
        .some((byte) => byte !== 0),
    );
  });

  test(`${name} hands out plain arrays that own their meaning`, async () => {
    const digest = await crypto.sha256(utf8("abc"));
    assert.equal(Object.getPrototypeOf(digest), Uint8Array.prototype);
    assert.equal(Object.getPrototypeOf(crypto.random(8)), Uint8Array.prototype);
    assert.equal(Object.getPrototypeOf(await crypto.hmac(digest, digest)), Uint8Array.prototype);
  });
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function hex(text: string): Uint8Array {
  return bytesOfHex(text) ?? assert.fail("no hexadecimal digits");
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes[at] ?? 0) ^ 0x10);
}

/** RFC 4231, test cases 1, 2, 3 and 6. */
const HMACS = [
  {
    key: new Uint8Array(20).fill(0x0b),
    data: utf8("Hi There"),
    mac: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  },
  {
    key: utf8("Jefe"),
    data: utf8("what do ya want for nothing?"),
    mac: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  },
  {
    key: new Uint8Array(20).fill(0xaa),
    data: new Uint8Array(50).fill(0xdd),
    mac: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
  },
  {
    key: new Uint8Array(131).fill(0xaa),
    data: utf8("Test Using Larger Than Block-Size Key - Hash Key First"),
    mac: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  },
];

/** RFC 8032, section 7.1, tests 1 to 3. */
const SIGNATURES = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
];

/** "The Galois/Counter Mode of Operation", test cases 13, 14 and 16. */
const SEALED = [
  {
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plaintext: "",
    sealed: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plaintext: "00".repeat(16),
    sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plaintext:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
  },
];

/** The points of order 1, 2, 4 and 8, and a spelling of two of them that is not reduced. */
export const SMALL_ORDER = [
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  "00".repeat(32),
  `${"00".repeat(31)}80`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  `ee${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
];
