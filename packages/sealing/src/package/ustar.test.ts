import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { extract } from "tar-stream";
import { makePackage, station } from "../testing/packages.ts";
import { patternedBytes } from "../testing/streams.ts";
import { entryHeader, entrySize, padding } from "./ustar.ts";

const gnuTar = spawnSync("tar", ["--version"]).stdout?.toString().includes("GNU tar") ?? false;
const skip = gnuTar ? false : "no GNU tar on this machine";

const [agency, force] = [station("agency"), station("force")];
const contents = {
  reports: [{ id: "r-1", plaintext: Buffer.from('{"shape":"circle"}') }],
  evidence: [
    { id: "e-1", reportId: "r-1", plaintext: patternedBytes(70_000) },
    { id: "e-2", reportId: "r-1", plaintext: new Uint8Array(0) },
  ],
};

test("a foreign tar library finds every entry with its bytes", async () => {
  const made = await makePackage(agency, force, contents);
  const found = new Map<string, Uint8Array>();
  const reader = extract();
  reader.on("entry", (header, stream, next) => {
    const parts: Uint8Array[] = [];
    stream.on("data", (bytes) => parts.push(bytes as Uint8Array));
    stream.on("end", () => {
      found.set(header.name, Buffer.concat(parts));
      next();
    });
  });
  await pipeline(Readable.from([made.bytes]), reader);
  assert.deepEqual([...found.keys()], ["manifest.json", ...made.files.keys()]);
  for (const [name, bytes] of made.files) assert.deepEqual(Uint8Array.from(found.get(name) ?? []), bytes);
});

test("GNU tar packs the same files into the same bytes", { skip }, async (t) => {
  const made = await makePackage(agency, force, contents);
  const folder = mkdtempSync(join(tmpdir(), "fairlead-tar-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const manifest = made.bytes.subarray(
    512,
    512 + Number.parseInt(Buffer.from(made.bytes.subarray(124, 135)).toString(), 8),
  );
  const files = new Map([["manifest.json", manifest], ...made.files]);
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes, { mode: 0o644 });
  }
  const options = [
    "--format=ustar",
    "--owner=0",
    "--group=0",
    "--numeric-owner",
    "--mtime=@0",
    "--mode=0644",
    "-b1",
  ];
  const run = spawnSync("tar", ["-c", ...options, ...files.keys()], { cwd: folder, maxBuffer: 1 << 24 });
  assert.equal(run.status, 0, run.stderr.toString());
  assert.deepEqual(Uint8Array.from(run.stdout), made.bytes);
});

test("a file beyond what eleven octal digits hold is written with a pax size that other tars read", async () => {
  const size = 8 * 1024 ** 3;
  const header = entryHeader("evidence/large.age", size);
  assert.equal(header.length, 3 * 512);
  assert.equal(entryHeader("evidence/large.age", size - 1).length, 512);
  assert.equal(entrySize("evidence/large.age", size + 1), 3 * 512 + size + 512);
  const reader = extract();
  const seen = new Promise<{ name: string; size: number | undefined }>((resolve) => {
    reader.once("entry", ({ name, size }: { name: string; size?: number }) => resolve({ name, size }));
  });
  reader.write(Buffer.concat([header, Buffer.alloc(512)]));
  assert.deepEqual(await seen, { name: "evidence/large.age", size });
  reader.destroy();
});

test("a file always fills whole blocks", () => {
  for (const [size, zeros] of [
    [0, 0],
    [1, 511],
    [511, 1],
    [512, 0],
    [513, 511],
  ] as const) {
    assert.equal(padding(size).length, zeros);
  }
});

test("a name that a plain header cannot hold is refused instead of being cut", () => {
  assert.throws(() => entryHeader("x".repeat(101), 1), RangeError);
  assert.throws(() => entryHeader("evidence/ü.age", 1), RangeError);
});
