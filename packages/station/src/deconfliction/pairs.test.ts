import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { peerConfigSchema, type PeerConfig } from "../config.ts";
import { StationError } from "../errors.ts";
import { endOfFile } from "../testing/station.ts";
import { keysOn, openPairs, readPairs } from "./pairs.ts";

const end = endOfFile();
const NOW = Date.UTC(2026, 10, 22);
let dir: string;
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "fairlead-test-keys-"));
  end.after(async () => await rm(dir, { recursive: true, force: true }));
});

let made = 0;
/** A file of these bytes; 32 random ones if nothing is said. */
async function keyFile(bytes: Uint8Array | string = randomBytes(32), mode = 0o600): Promise<string> {
  const file = join(dir, `key-${(made += 1)}`);
  await writeFile(file, bytes);
  await chmod(file, mode);
  return file;
}
const peer = (keys: readonly { year: number; file: string }[], id = "force-b"): PeerConfig =>
  peerConfigSchema.parse({
    id,
    name: "Force B",
    url: "https://b.example",
    verifyKey: "k",
    recipient: "age1example",
    deconfliction: { contact: "desk@b.example", keys },
  });
const opened = async (...peers: PeerConfig[]) => await openPairs(peers, NOW);
/** Why a start is refused, in words for whoever runs the station. */
async function refusal(...peers: PeerConfig[]): Promise<string> {
  const error = await opened(...peers).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof StationError);
  assert.deepEqual([error.code, error.audience], ["keys.missing", "operator"]);
  assert.match(error.remedy ?? "", /agree-a-deconfliction-key/);
  return error.message;
}

test("the present year's key that is not there stops the start, and says which, with whom and for when", async () => {
  const file = join(dir, "nowhere");
  assert.equal(
    await refusal(peer([{ year: 2026, file }])),
    `The key ${file} for deconfliction with force-b in 2026 is not there.`,
  );
});

test("the next year's key may be named before it is agreed, and the last year's after it was destroyed", async () => {
  const keys = [
    { year: 2025, file: join(dir, "destroyed") },
    { year: 2026, file: await keyFile() },
    { year: 2027, file: join(dir, "to-come") },
  ];
  const pair = (await opened(peer(keys))).get("force-b");
  assert.deepEqual([...(pair?.keys.keys() ?? [])], [2026]);
});

test("in January a station starts with the last year's key, and in February it asks for the present one", async () => {
  const keys = [
    { year: 2026, file: await keyFile() },
    { year: 2027, file: join(dir, "late") },
  ];
  const january = Date.UTC(2027, 0, 2);
  const pairs = await openPairs([peer(keys)], january);
  assert.deepEqual(
    keysOn(pairs.get("force-b"), january).map(({ year }) => year),
    [2026],
  );
  await assert.rejects(openPairs([peer(keys)], Date.UTC(2027, 1, 1)), /in 2027 is not there/);
});

test("a file that is no key is refused: too short, too long, written as text, a folder", async () => {
  for (const bytes of [randomBytes(31), randomBytes(33), new Uint8Array(0)])
    assert.match(
      await refusal(peer([{ year: 2026, file: await keyFile(bytes) }])),
      new RegExp(`has ${bytes.length} bytes and must have 32`),
    );
  const text = await keyFile(`${randomBytes(32).toString("hex")}\n`);
  assert.match(await refusal(peer([{ year: 2026, file: text }])), /has 65 bytes/);
  const folder = join(dir, "folder");
  await mkdir(folder, { mode: 0o700 });
  assert.match(await refusal(peer([{ year: 2026, file: folder }])), /cannot be read/);
});

test("a key that anybody on the machine may read is refused; one for the owner or a group is not", async () => {
  for (const mode of [0o604, 0o644, 0o602]) {
    const file = await keyFile(randomBytes(32), mode);
    assert.match(await refusal(peer([{ year: 2026, file }])), /may be used by anybody on this machine/);
  }
  for (const mode of [0o400, 0o600, 0o440]) {
    const file = await keyFile(randomBytes(32), mode);
    assert.equal((await opened(peer([{ year: 2026, file }]))).get("force-b")?.keys.size, 1);
  }
});

test("a key that the station itself may not read is refused", {
  skip: process.getuid?.() === 0 ? "root may read everything" : false,
}, async () => {
  const file = await keyFile(randomBytes(32), 0o000);
  assert.match(await refusal(peer([{ year: 2026, file }])), /cannot be read/);
});

test("one key for two years or for two peers is refused, and so are two keys for one year", async () => {
  const file = await keyFile();
  const both = [
    { year: 2026, file },
    { year: 2027, file },
  ];
  assert.match(await refusal(peer(both)), /in 2027 is the one of force-b for 2026/);
  const other = peer([{ year: 2026, file }], "force-c");
  assert.match(
    await refusal(peer([{ year: 2026, file }]), other),
    /with force-c in 2026 is the one of force-b for 2026/,
  );
  assert.throws(
    () =>
      peer([
        { year: 2026, file },
        { year: 2026, file: `${file}-b` },
      ]),
    /two keys for one year/,
  );
});

test("a key for another year only leaves the pair without one", async () => {
  const pairs = await opened(peer([{ year: 2028, file: await keyFile() }]));
  assert.deepEqual(keysOn(pairs.get("force-b"), NOW), []);
});

test("read again, a new file counts, an unfit one is said and changes nothing, and what is over is forgotten", async () => {
  const file = await keyFile();
  const next = join(dir, "next");
  const config = [
    peer([
      { year: 2026, file },
      { year: 2027, file: next },
    ]),
  ];
  const first = await openPairs(config, NOW);
  await rm(file);
  await writeFile(next, randomBytes(16), { mode: 0o600 });
  const unfit = await readPairs(config, NOW, first);
  assert.match(unfit.problems[0]?.message ?? "", /has 16 bytes/);
  assert.deepEqual([...(unfit.pairs.get("force-b")?.keys.keys() ?? [])], [2026]);
  await writeFile(next, randomBytes(32));
  const january = Date.UTC(2027, 0, 5);
  const both = await readPairs(config, january, unfit.pairs);
  assert.deepEqual(
    keysOn(both.pairs.get("force-b"), january).map(({ year }) => year),
    [2027, 2026],
  );
  const february = await readPairs(config, Date.UTC(2027, 1, 1), both.pairs);
  assert.deepEqual([...(february.pairs.get("force-b")?.keys.keys() ?? [])], [2027]);
  assert.deepEqual(february.problems, []);
});
