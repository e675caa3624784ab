import assert from "node:assert/strict";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { test } from "node:test";
import { id_kp_timeStamping } from "@peculiar/asn1-x509";
import fc from "fast-check";
import { FrankingError } from "../error.ts";
import { createTimestampAuthority, generateKeyPair, type TimestampAuthority } from "./authority.ts";
import { encodeDer, readDer, TAG } from "./der.ts";
import { issueCertificate } from "./issue-certificate.ts";
import { issueTimestamp } from "./issue.ts";
import { timestampRequest } from "./request.ts";
import { readTimestampResponse } from "./response.ts";
import { verifyTimestamp } from "./verify.ts";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 5, 21, 12);
const valid = { from: NOON - DAY, to: NOON + DAY };
const authority = createTimestampAuthority("Example", valid);
const asked = {
  digest: createHash("sha256").update("A red kite").digest(),
  nonce: new Uint8Array(8).fill(9),
};

function tokenOf(by: TimestampAuthority, at = NOON): Uint8Array {
  return readTimestampResponse(issueTimestamp(by, timestampRequest(asked.digest, asked.nonce), at), asked);
}

test("a token with any one bit changed, or cut, is refused or says the same", () => {
  const token = tokenOf(authority);
  const genuine = verifyTimestamp(token, asked.digest, [authority.root], NOON);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.nat(7), (at, bit) => {
      const altered = token.slice();
      altered[at] = (altered[at] ?? 0) ^ (1 << bit);
      const said = verdictOf(altered);
      // Bytes that nobody signed, such as the version of the SignerInfo, may change; what is said may not.
      if (said !== "refused") assert.deepEqual(said, genuine);
    }),
    { numRuns: 300 },
  );
  for (const length of [0, 1, 100, token.length - 1])
    assert.equal(verdictOf(token.subarray(0, length)), "refused");
  assert.equal(verdictOf(Uint8Array.of(...token, 0)), "refused");
});

test("whatever bytes come for a token, the answer is an error with a code", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => assert.equal(verdictOf(bytes), "refused")),
    { numRuns: 200 },
  );
  const deep = Array.from({ length: 10_000 }).reduce<Uint8Array>(
    (inner) => (inner.length < 60_000 ? encodeDer(TAG.sequence, inner) : inner),
    new Uint8Array(),
  );
  assert.equal(verdictOf(deep), "refused");
});

test("a time that was moved inside the signed token is refused", () => {
  const token = tokenOf(authority);
  const altered = token.slice();
  const at = Buffer.from(token).indexOf("20260621120000Z");
  altered.set(new TextEncoder().encode("20260620120000Z"), at);
  assertCode(altered, "timestamp.signature");
});

test("a token over something else is refused", () => {
  const other = createHash("sha256").update("A blue kite").digest();
  assert.throws(() => verifyTimestamp(tokenOf(authority), other, [authority.root], NOON), {
    code: "timestamp.imprint",
  });
  assert.throws(() => verifyTimestamp(tokenOf(authority), new Uint8Array(), [authority.root], NOON), {
    code: "timestamp.imprint",
  });
});

test("a token of an authority that nobody trusts is refused, also when it bears the trusted one's name", () => {
  const impostor = createTimestampAuthority("Example", valid);
  assertCode(tokenOf(impostor), "timestamp.untrusted");
  assert.throws(() => verifyTimestamp(tokenOf(authority), asked.digest, [], NOON), {
    code: "timestamp.untrusted",
  });
});

test("a token made before its certificate was valid, or after, is refused", () => {
  assertCode(tokenOf(authority, valid.from - 1000), "timestamp.expired");
  assertCode(tokenOf(authority, valid.to + 1000), "timestamp.expired", NOON + 10 * DAY);
  assert.equal(
    verifyTimestamp(tokenOf(authority), asked.digest, [authority.root], NOON + 9999 * DAY).at,
    NOON,
  );
});

test("root and authority must both have been valid at the time that the token states", () => {
  const [root, own] = [generateKeyPair("p256"), generateKeyPair("p256")];
  const issuer = { name: "Example Root", privateKey: root.privateKey };
  const long = { validFrom: valid.from, validTo: valid.to };
  const short = { validFrom: valid.from, validTo: NOON - 1000 };
  for (const [rootTimes, ownTimes] of [
    [short, long],
    [long, short],
  ] as const) {
    const certificate = issueCertificate({
      ...ownTimes,
      name: "Example",
      issuer,
      publicKey: own.publicKey,
      use: { purposes: [id_kp_timeStamping], critical: true },
    });
    const mixed: TimestampAuthority = {
      root: issueCertificate({
        ...rootTimes,
        name: issuer.name,
        issuer,
        publicKey: root.publicKey,
        use: { pathLength: 0 },
      }),
      certificate,
      privateKey: own.privateKey.export({ type: "pkcs8", format: "der" }),
    };
    const verify = (at: number) => verifyTimestamp(tokenOf(mixed, at), asked.digest, [mixed.root], NOON);
    assert.equal(verify(NOON - 2000).at, NOON - 2000);
    assert.throws(() => verify(NOON), { code: "timestamp.expired" });
  }
});

test("a token from the future is refused", () => {
  assertCode(tokenOf(authority, NOON + 600_000), "timestamp.future");
});

for (const [why, use] of [
  ["for servers", { purposes: ["1.3.6.1.5.5.7.3.1"], critical: true }],
  ["for timestamps and servers", { purposes: [id_kp_timeStamping, "1.3.6.1.5.5.7.3.1"], critical: true }],
  ["for timestamps, but not critically", { purposes: [id_kp_timeStamping], critical: false }],
  ["of a CA", { pathLength: 0 }],
] as const) {
  test(`a token signed with a certificate ${why} is refused`, () => {
    const root = generateKeyPair("p256");
    const own = generateKeyPair("p256");
    const issuer = { name: "Example Root", privateKey: root.privateKey };
    const times = { validFrom: valid.from, validTo: valid.to };
    const wrong: TimestampAuthority = {
      root: issueCertificate({
        ...times,
        name: issuer.name,
        issuer,
        publicKey: root.publicKey,
        use: { pathLength: 1 },
      }),
      certificate: issueCertificate({ ...times, name: "Example", issuer, publicKey: own.publicKey, use }),
      privateKey: own.privateKey.export({ type: "pkcs8", format: "der" }),
    };
    assert.throws(() => verifyTimestamp(tokenOf(wrong), asked.digest, [wrong.root], NOON), {
      code: "timestamp.purpose",
    });
  });
}

test("a certificate that may not issue others makes no authority trusted", () => {
  // The trusted authority's own certificate is misused as an issuer.
  const own = generateKeyPair("p256");
  const forged: TimestampAuthority = {
    root: authority.certificate,
    certificate: issueCertificate({
      name: "Forged",
      issuer: { name: "Example", privateKey: keyOf(authority) },
      publicKey: own.publicKey,
      validFrom: valid.from,
      validTo: valid.to,
      use: { purposes: [id_kp_timeStamping], critical: true },
    }),
    privateKey: own.privateKey.export({ type: "pkcs8", format: "der" }),
  };
  const token = withCertificates(tokenOf(forged), (own) => [own, authority.certificate]);
  assertCode(token, "timestamp.untrusted");
});

test("a chain through an intermediate authority is followed only as far as its root allows", () => {
  for (const [pathLength, expected] of [
    [1, NOON],
    [0, "timestamp.untrusted"],
  ] as const) {
    const [root, middle, own] = [generateKeyPair("p256"), generateKeyPair("p256"), generateKeyPair("p256")];
    const times = { validFrom: valid.from, validTo: valid.to };
    const byRoot = { name: "Example Root", privateKey: root.privateKey };
    const byMiddle = { name: "Example Middle", privateKey: middle.privateKey };
    const rootCertificate = issueCertificate({
      ...times,
      name: byRoot.name,
      issuer: byRoot,
      publicKey: root.publicKey,
      use: { pathLength },
    });
    const middleCertificate = issueCertificate({
      ...times,
      name: byMiddle.name,
      issuer: byRoot,
      publicKey: middle.publicKey,
      use: { pathLength: 0 },
    });
    const certificate = issueCertificate({
      ...times,
      name: "Example",
      issuer: byMiddle,
      publicKey: own.publicKey,
      use: { purposes: [id_kp_timeStamping], critical: true },
    });
    const privateKey = own.privateKey.export({ type: "pkcs8", format: "der" });
    const token = withCertificates(tokenOf({ root: rootCertificate, certificate, privateKey }), (own) => [
      own,
      middleCertificate,
    ]);
    const verify = () => verifyTimestamp(token, asked.digest, [rootCertificate], NOON);
    if (typeof expected === "number") assert.equal(verify().at, expected);
    else assert.throws(verify, { code: expected });
  }
});

test("a token that names another certificate than the one that came with it is refused", () => {
  // Same key, same name, but a certificate that the authority did not name in what it signed.
  const own = createPrivateKey({ key: Buffer.from(authority.privateKey), format: "der", type: "pkcs8" });
  const other = issueCertificate({
    name: "Example",
    issuer: { name: "Example", privateKey: own },
    publicKey: createPublicKey(own),
    validFrom: valid.from,
    validTo: valid.to,
    use: { purposes: [id_kp_timeStamping], critical: true },
  });
  const token = withCertificates(tokenOf(authority), () => [other]);
  assert.throws(() => verifyTimestamp(token, asked.digest, [other], NOON), { code: "timestamp.malformed" });
});

test("a token signed with a key of 1024 bits is refused", () => {
  const own = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const issuer = { name: "Example", privateKey: own.privateKey };
  const weak = issueCertificate({
    name: "Example",
    issuer,
    publicKey: own.publicKey,
    validFrom: valid.from,
    validTo: valid.to,
    use: { purposes: [id_kp_timeStamping], critical: true },
  });
  const privateKey = own.privateKey.export({ type: "pkcs8", format: "der" });
  const token = tokenOf({ root: weak, certificate: weak, privateKey });
  assert.throws(() => verifyTimestamp(token, asked.digest, [weak], NOON), { code: "timestamp.key" });
});

/** The token with other certificates beside it: they are not signed, so anybody can do that. */
function withCertificates(token: Uint8Array, change: (own: Uint8Array) => readonly Uint8Array[]): Uint8Array {
  const [type, explicit] = readDer(token, "token").children;
  const signedData = explicit?.children[0]?.children.map((one) =>
    one.tag === TAG.context0 ? encodeDer(TAG.context0, ...change(one.contents)) : one.bytes,
  );
  return encodeDer(
    TAG.sequence,
    type?.bytes ?? new Uint8Array(),
    encodeDer(TAG.context0, encodeDer(TAG.sequence, ...(signedData ?? []))),
  );
}

function verdictOf(token: Uint8Array): unknown {
  try {
    return verifyTimestamp(token, asked.digest, [authority.root], NOON);
  } catch (error) {
    assert.ok(error instanceof FrankingError, String(error));
    assert.match(error.code, /^timestamp\./);
    return "refused";
  }
}

function assertCode(token: Uint8Array, code: string, now = NOON): void {
  assert.throws(() => verifyTimestamp(token, asked.digest, [authority.root], now), { code });
}

function keyOf({ privateKey }: TimestampAuthority): KeyObject {
  return createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" });
}
