import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type AuthorityKeyType, createTimestampAuthority, type TimestampAuthority } from "./authority.ts";
import { issueTimestamp } from "./issue.ts";
import { timestampRequest } from "./request.ts";
import { readTimestampResponse } from "./response.ts";
import { verifyTimestamp } from "./verify.ts";

// What a court's expert has: the stock `openssl ts`, which asks, answers and verifies without our code.

const installed = spawnSync("openssl", ["version"]).status === 0;
const skip = installed ? false : "the command `openssl` is not installed on this machine";

const DAY = 86_400_000;
const digest = createHash("sha256").update("The boat leaves at nine").digest();
const nonce = Uint8Array.from([0xf0, 1, 2, 3, 4, 5, 6, 7]);

for (const keyType of ["p256", "rsa2048", "p384"] as const satisfies AuthorityKeyType[]) {
  test(`openssl answers our request with a ${keyType} key, and we verify its token`, { skip }, (t) => {
    const folder = folderFor(t);
    const now = Date.now();
    const authority = createTimestampAuthority("Example", { from: now - DAY, to: now + DAY }, keyType);
    writeAuthority(folder, authority);
    const asked = timestampRequest(digest, nonce);
    writeFileSync(join(folder, "query.tsq"), asked);
    openssl(folder, ["ts", "-query", "-in", "query.tsq", "-text"]);
    openssl(folder, ["ts", "-reply", "-config", "ts.cnf", "-queryfile", "query.tsq", "-out", "answer.tsr"]);
    const token = readTimestampResponse(readFileSync(join(folder, "answer.tsr")), { digest, nonce });
    const verified = verifyTimestamp(token, digest, [authority.root], now + DAY);
    assert.ok(Math.abs(verified.at - now) < DAY);
    assert.equal(verified.accuracyMs, 1500);
  });

  test(`openssl verifies what our ${keyType} authority issues, and refuses it for another file`, {
    skip,
  }, (t) => {
    const folder = folderFor(t);
    const now = Date.now();
    const authority = createTimestampAuthority("Example", { from: now - DAY, to: now + DAY }, keyType);
    writeAuthority(folder, authority);
    openssl(folder, [
      "ts",
      "-query",
      "-digest",
      digest.toString("hex"),
      "-sha256",
      "-cert",
      "-out",
      "query.tsq",
    ]);
    const query = readFileSync(join(folder, "query.tsq"));
    writeFileSync(join(folder, "answer.tsr"), issueTimestamp(authority, query, now));
    const verify = ["ts", "-verify", "-in", "answer.tsr", "-CAfile", "root.pem"];
    assert.match(openssl(folder, [...verify, "-queryfile", "query.tsq"]), /Verification: OK/);
    const text = openssl(folder, ["ts", "-reply", "-in", "answer.tsr", "-text"]);
    assert.match(text, /Status: Granted/);
    assert.match(text, /Accuracy: 0x01 seconds/);
    const other = createHash("sha256").update("The boat leaves at ten").digest("hex");
    assert.throws(() => openssl(folder, [...verify, "-digest", other]), /message imprint mismatch/);
  });
}

for (const [setting, code] of [
  ["signer_digest = sha1", "timestamp.algorithm"],
  ["ess_cert_id_alg = sha1", "timestamp.malformed"],
] as const) {
  test(`a token that rests on SHA-1 (${setting}) is refused`, { skip }, (t) => {
    const folder = folderFor(t);
    const now = Date.now();
    const authority = createTimestampAuthority("Example", { from: now - DAY, to: now + DAY });
    writeAuthority(folder, authority);
    const [name = ""] = setting.split(" ", 1);
    const changed = configuration.replace(new RegExp(`^${name} = .*$`, "m"), setting);
    writeFileSync(join(folder, "ts.cnf"), changed);
    writeFileSync(join(folder, "query.tsq"), timestampRequest(digest, nonce));
    openssl(folder, ["ts", "-reply", "-config", "ts.cnf", "-queryfile", "query.tsq", "-out", "answer.tsr"]);
    const token = readTimestampResponse(readFileSync(join(folder, "answer.tsr")), { digest, nonce });
    assert.throws(() => verifyTimestamp(token, digest, [authority.root], now + DAY), { code });
  });
}

test("an authority whose certificates openssl made is trusted, unless its root signed it with SHA-1", {
  skip,
}, (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, "ts.cnf"), configuration);
  writeFileSync(
    join(folder, "tsa.ext"),
    "extendedKeyUsage = critical,timeStamping\nkeyUsage = digitalSignature\n",
  );
  const newKey = ["-newkey", "rsa:2048", "-nodes"];
  openssl(folder, [
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "root.key",
    "-out",
    "root.pem",
    "-subj",
    "/CN=Root",
  ]);
  openssl(folder, [
    "req",
    "-new",
    ...newKey,
    "-keyout",
    "tsa.key",
    "-out",
    "tsa.csr",
    "-subj",
    "/O=Example/CN=TSA",
  ]);
  writeFileSync(join(folder, "query.tsq"), timestampRequest(digest, nonce));
  const root = new X509Certificate(readFileSync(join(folder, "root.pem"))).raw;
  const tokenSignedWith = (algorithm: string): Uint8Array => {
    const issue = [
      "x509",
      "-req",
      "-in",
      "tsa.csr",
      "-CA",
      "root.pem",
      "-CAkey",
      "root.key",
      "-set_serial",
      "2",
    ];
    openssl(folder, [...issue, algorithm, "-extfile", "tsa.ext", "-out", "tsa.pem"]);
    openssl(folder, ["ts", "-reply", "-config", "ts.cnf", "-queryfile", "query.tsq", "-out", "answer.tsr"]);
    return readTimestampResponse(readFileSync(join(folder, "answer.tsr")), { digest, nonce });
  };
  const later = Date.now() + DAY;
  assert.equal(
    verifyTimestamp(tokenSignedWith("-sha256"), digest, [root], later).authority,
    "O=Example, CN=TSA",
  );
  const code = "timestamp.untrusted";
  assert.throws(() => verifyTimestamp(tokenSignedWith("-sha1"), digest, [root], later), { code });
});

test("openssl reads the reason of our refusal", { skip }, (t) => {
  const folder = folderFor(t);
  const now = Date.now();
  const authority = createTimestampAuthority("Example", { from: now - DAY, to: now + DAY });
  writeAuthority(folder, authority);
  openssl(folder, ["ts", "-query", "-digest", "00".repeat(64), "-sha512", "-out", "query.tsq"]);
  const answer = issueTimestamp(authority, readFileSync(join(folder, "query.tsq")), now);
  writeFileSync(join(folder, "answer.tsr"), answer);
  const text = openssl(folder, ["ts", "-reply", "-in", "answer.tsr", "-text"]);
  assert.match(text, /Status: Rejected/);
  assert.match(text, /unrecognized or unsupported algorithm/);
});

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-ts-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function writeAuthority(folder: string, { root, certificate, privateKey }: TimestampAuthority): void {
  writeFileSync(join(folder, "root.pem"), new X509Certificate(root).toString());
  writeFileSync(join(folder, "tsa.pem"), new X509Certificate(certificate).toString());
  const key = Buffer.from(privateKey).toString("base64").replaceAll(/.{64}/g, "$&\n");
  writeFileSync(join(folder, "tsa.key"), `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`, {
    mode: 0o600,
  });
  writeFileSync(join(folder, "ts.cnf"), configuration);
}

const configuration = `
[ tsa ]
default_tsa = example
[ example ]
serial = ./serial
signer_cert = ./tsa.pem
certs = ./root.pem
signer_key = ./tsa.key
signer_digest = sha384
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
ess_cert_id_alg = sha256
clock_precision_digits = 3
`;

function openssl(folder: string, args: readonly string[]): string {
  const run = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return run.stdout + run.stderr;
}
