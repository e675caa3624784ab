import { createHash, randomBytes } from "node:crypto";
import { generateIdentity, parseRecipient, sealDigesting } from "@fairlead/sealing";
import { FILE_BYTES, FILES } from "./cycle.ts";

const ROUNDS = 200;

/**
 * What the protocol and the vault ask of a processor for a cycle's files at the very least, in one process and with nothing around it:
 * MD5, SHA-1 and SHA-256 of what came, an age file of it, and the SHA-256 of that file and of its payload.
 * @returns milliseconds of processor time a cycle
 */
export async function leastWork(): Promise<{ hashing: number; sealing: number }> {
  const file = randomBytes(FILE_BYTES);
  const recipient = parseRecipient(generateIdentity().recipient);
  const hash = () => {
    for (const name of ["md5", "sha1", "sha256"]) createHash(name).update(file).digest();
  };
  const seal = async () => {
    const whole = createHash("sha256");
    for await (const part of sealDigesting(once(file), [recipient]).bytes) whole.update(part);
    whole.digest();
  };
  await perCycle(seal);
  return { hashing: await perCycle(async () => hash()), sealing: await perCycle(seal) };
}

async function perCycle(work: () => Promise<void>): Promise<number> {
  const before = process.threadCpuUsage();
  for (let n = 0; n < ROUNDS; n += 1) await work();
  const { user, system } = process.threadCpuUsage(before);
  return ((user + system) / 1000 / ROUNDS) * FILES;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
