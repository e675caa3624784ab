import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { SealingError } from "../errors.ts";
import { openStream } from "./open.ts";

// The public test vectors of the age format (C2SP/CCTV), published as the npm package `cctv-age`.

interface Vector {
  readonly expect: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly unsupported: boolean;
  readonly file: Uint8Array;
}

const EXPECTED_CODES: Record<string, readonly string[]> = {
  "no match": ["age-no-identity"],
  // The vectors count a missing nonce as part of the header; to us the file is cut short there.
  "header failure": ["age-header", "age-truncated"],
  "HMAC failure": ["age-mac"],
  "payload failure": ["age-truncated", "age-extended", "age-tampered"],
};

const vectors = loadVectors();

test("age's own test vectors open, or are refused for the reason they were made for", {
  skip: vectors === null ? "npm package cctv-age is not installed" : false,
}, async (t) => {
  for (const [name, bytes] of Object.entries(vectors ?? {})) {
    const vector = parseVector(bytes);
    if (vector.unsupported) continue;
    await t.test(name, async () => {
      const opened = await tryOpen(vector);
      const codes = EXPECTED_CODES[vector.expect] ?? ["none"];
      assert.ok(codes.includes(opened.code), `expected ${vector.expect}, got ${opened.code}`);
      // For a payload failure the vectors name the most that may be released before it. We release less: a chunk that
      // is genuine but stands where it must not is held back, and the vectors hold no digest for that.
      if (vector.expect === "success") assert.equal(opened.sha256, vector.payload);
    });
  }
});

async function tryOpen(vector: Vector): Promise<{ readonly sha256: string; readonly code: string }> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of openStream(once(vector.file), vector.identities)) hash.update(chunk);
    return { sha256: hash.digest("hex"), code: "none" };
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return { sha256: hash.digest("hex"), code: error.code };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function parseVector(bytes: Uint8Array): Vector {
  const all = Buffer.from(bytes);
  const end = all.indexOf("\n\n");
  const fields = all
    .subarray(0, end)
    .toString("utf8")
    .split("\n")
    .map((line): [string, string] => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]);
  const first = (key: string): string | undefined => fields.find(([name]) => name === key)?.[1];
  const body = all.subarray(end + 2);
  const identities = fields.filter(([name]) => name === "identity").map(([, value]) => value);
  return {
    expect: first("expect") ?? "",
    payload: first("payload"),
    identities,
    // Passphrases, ASCII armour and post-quantum keys are not part of what this package reads.
    unsupported:
      first("passphrase") !== undefined ||
      first("armored") !== undefined ||
      identities.some((identity) => !identity.startsWith("AGE-SECRET-KEY-1")),
    file: first("compressed") === "zlib" ? inflateSync(body) : body,
  };
}

function loadVectors(): Record<string, Uint8Array> | null {
  try {
    const loaded = createRequire(import.meta.url)("cctv-age") as { default?: Record<string, Uint8Array> };
    return loaded.default ?? (loaded as Record<string, Uint8Array>);
  } catch {
    return null;
  }
}
