import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { collect, inPortions, patternedBytes } from "../testing/streams.ts";
import { generateIdentity } from "./identity.ts";
import { openStream } from "./open.ts";
import { rewrap } from "./rewrap.ts";
import { sealStream } from "./seal.ts";

// What an officer has when our program is gone: the stock `age` command.

const installed = spawnSync("age", ["--version"]).status === 0;
const skip = installed ? false : "the command `age` is not installed on this machine";

test("the stock age command opens what we seal and rewrap, and we open what it seals", {
  skip,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-age-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const first = generateIdentity();
  const second = generateIdentity();
  const keyFile = join(folder, "key.txt");
  writeFileSync(keyFile, `${second.identity}\n`, { mode: 0o600 });
  for (const size of [0, 1, 65_536, 200_001]) {
    const plaintext = patternedBytes(size);
    const sealed = await collect(sealStream(inPortions(plaintext), [second.recipient, first.recipient]));
    assert.deepEqual(age(["--decrypt", "-i", keyFile], sealed), plaintext);
    const onlyFirst = await collect(sealStream(inPortions(plaintext), [first.recipient]));
    const handedOn = await collect(rewrap(inPortions(onlyFirst), [first.identity], [second.recipient]));
    assert.deepEqual(age(["--decrypt", "-i", keyFile], handedOn), plaintext);
    const theirs = age(["--encrypt", "-r", second.recipient], plaintext);
    assert.deepEqual(await collect(openStream(inPortions(theirs), [second.identity])), plaintext);
  }
});

function age(args: readonly string[], input: Uint8Array): Uint8Array {
  const run = spawnSync("age", args, { input, maxBuffer: 1 << 24 });
  assert.equal(run.status, 0, run.stderr.toString());
  return Uint8Array.from(run.stdout);
}
