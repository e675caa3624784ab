import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mkdtempDisposable } from "node:fs/promises";
import test from "node:test";
import { findConfinement } from "./confinement.ts";
import { decoderWords } from "./decoder-process.ts";
import { messagesOf } from "./message.ts";

const confinement = await findConfinement();
const plenty = { memory: 2_000_000_000, cpuSeconds: 20 };

async function ended(
  words: readonly string[],
  limits = plenty,
): Promise<{ code: number | null; signal: string | null }> {
  const child = confinement.start(process.execPath, words, limits, ["ignore", "ignore", "ignore"]);
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return { code, signal };
}

test("a decoder that was taken over reads, writes, starts and reaches nothing of ours", async (t) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "matching-"));
  const secret = join(folder.path, "secret");
  await writeFile(secret, "a key");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const words = [...decoderWords("testing/escape"), secret, String(port)];
  const child = confinement.start(process.execPath, words, plenty, ["ignore", "pipe", "inherit"]);
  assert.ok(child.stdout !== null);
  const [said] = await Array.fromAsync(messagesOf(child.stdout, 0));
  assert.deepEqual(said?.words, confinement.noNetwork ? [] : ["connect"]);
});

test("memory and processor time end where they are told to", async (t) => {
  if (!confinement.limits) return t.skip("this machine has no prlimit: limits are not held here");
  const hungry = "const kept = []; for (;;) kept.push(Buffer.alloc(50e6, 1));";
  const greedy = await ended(["--eval", hungry], { memory: 1_000_000_000, cpuSeconds: 20 });
  assert.notEqual(greedy.code, 0);
  const busy = await ended(["--eval", "for (;;);"], { memory: 2_000_000_000, cpuSeconds: 1 });
  assert.match(String(busy.signal), /SIGKILL|SIGXCPU/);
});
