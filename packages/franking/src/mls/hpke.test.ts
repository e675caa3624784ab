import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeSuite } from "./node-suite.ts";
import type { Suite } from "./suite.ts";
import { webSuite } from "./web-suite.ts";

// RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0
const rfc = {
  ikmE: "7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234",
  pkEm: "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
  skEm: "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
  ikmR: "6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037",
  pkRm: "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
  skRm: "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
  info: "4f6465206f6e2061204772656369616e2055726e",
  pt: "4265617574792069732074727574682c20747275746820626561757479",
  aad: "436f756e742d30",
  ct: "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
} as const;

const of = (name: keyof typeof rfc) => Uint8Array.from(Buffer.from(rfc[name], "hex"));

for (const [name, suite] of [
  ["node:crypto", nodeSuite()],
  ["WebCrypto", await webSuite()],
] as const) {
  const { hpke } = suite;

  test(`${name} derives the key pairs of RFC 9180's example`, async () => {
    for (const [ikm, sk, pk] of [
      ["ikmE", "skEm", "pkEm"],
      ["ikmR", "skRm", "pkRm"],
    ] as const) {
      const pair = await hpke.deriveKeyPair(of(ikm));
      assert.deepEqual(await hpke.exportPrivateKey(pair.privateKey), of(sk));
      assert.deepEqual(await hpke.exportPublicKey(pair.publicKey), of(pk));
      assert.deepEqual(await suite.x25519PublicOf(of(sk)), of(pk));
    }
  });

  test(`${name} opens what RFC 9180's example sealed, and nothing that was changed`, async () => {
    const key = await hpke.importPrivateKey(of("skRm"));
    const open = (enc: Uint8Array, ct: Uint8Array, info: Uint8Array, aad: Uint8Array) =>
      hpke.open(key, enc, ct, info, aad);
    const args = [of("pkEm"), of("ct"), of("info"), of("aad")] as const;
    assert.deepEqual(await open(...args), of("pt"));
    for (const index of args.keys()) {
      const [enc, ct, info, aad] = args.map((one, at) =>
        at === index ? one.map((byte, position) => (position === 3 ? byte ^ 1 : byte)) : one,
      ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
      await assert.rejects(() => open(enc, ct, info, aad));
    }
    await assert.rejects(() => open(of("pkEm"), of("ct").subarray(0, 7), of("info"), of("aad")));
  });
}

test("each driver opens what the other sealed, and exports what the other imports", async () => {
  const [one, other] = [nodeSuite(), await webSuite()];
  const info = of("info");
  for (const [sender, receiver] of [
    [one, other],
    [other, one],
  ] as const) {
    const { privateKey, publicKey } = await pair(receiver);
    const to = await sender.hpke.importPublicKey(publicKey);
    const from = await receiver.hpke.importPrivateKey(privateKey);
    const { enc, ct } = await sender.hpke.seal(to, of("pt"), info);
    assert.deepEqual(await receiver.hpke.open(from, enc, ct, info), of("pt"));
    const sent = await sender.hpke.exportSecret(to, of("aad"), 48, info);
    assert.deepEqual(await receiver.hpke.importSecret(from, of("aad"), sent.enc, 48, info), sent.secret);
  }
});

test("both drivers sign, hash and expand alike, and refuse what the other would", async () => {
  const [one, other] = [nodeSuite(), await webSuite()];
  const { signKey, publicKey } = await one.signature.keygen();
  assert.deepEqual(
    await one.signature.sign(signKey, of("pt")),
    await other.signature.sign(signKey, of("pt")),
  );
  const web = await other.signature.keygen();
  const signature = await other.signature.sign(web.signKey, of("pt"));
  assert.equal(await one.signature.verify(web.publicKey, of("pt"), signature), true);
  assert.equal(await other.signature.verify(publicKey, of("pt"), signature), false);
  assert.equal(await one.signature.verify(publicKey, of("pt"), signature), false);
  for (const length of [12, 16, 32, 33, 100])
    assert.deepEqual(
      await one.kdf.expand(of("pkRm"), of("info"), length),
      await other.kdf.expand(of("pkRm"), of("info"), length),
    );
  assert.deepEqual(
    await one.kdf.extract(new Uint8Array(0), of("info")),
    await other.kdf.extract(new Uint8Array(0), of("info")),
  );
  for (const suite of [one, other]) {
    const tag = await one.hash.mac(of("pkRm"), of("info"));
    assert.equal(await suite.hash.verifyMac(of("pkRm"), tag, of("info")), true);
    assert.equal(await suite.hash.verifyMac(of("pkRm"), tag.subarray(1), of("info")), false);
    assert.equal(await suite.hash.verifyMac(of("pkRm"), tag, of("aad")), false);
  }
});

test("a public key of small order is refused", async () => {
  for (const suite of [nodeSuite(), await webSuite()])
    await assert.rejects(async () =>
      suite.hpke.seal(await suite.hpke.importPublicKey(new Uint8Array(32)), of("pt"), of("info")),
    );
});

async function pair({ hpke }: Suite): Promise<{ privateKey: Uint8Array; publicKey: Uint8Array }> {
  const made = await hpke.generateKeyPair();
  return {
    privateKey: await hpke.exportPrivateKey(made.privateKey),
    publicKey: await hpke.exportPublicKey(made.publicKey),
  };
}
