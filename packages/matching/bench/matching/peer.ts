import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What faiss took, in seconds of one processor, and found: query, id, distance. */
export interface PeerAnswer {
  readonly seconds: number;
  readonly found: readonly (readonly [number, number, number])[];
}

/** faiss with the same hashes, in a process of its own that waits to be asked. */
export interface Peer {
  readonly buildSeconds: number;
  readonly version: string;
  ask(first: number, count: number, how: "each" | "together"): Promise<PeerAnswer>;
  close(): void;
}

/** The Python that has faiss, or null. */
export function pythonWithFaiss(): string | null {
  const candidates = ["/usr/bin/python3", "python3"];
  return candidates.find((python) => spawnSync(python, ["-c", "import faiss"]).status === 0) ?? null;
}

/** Starts it over two files of hashes, 32 bytes each, and waits until its index is built. */
export async function startPeer(python: string, hashes: string, queries: string): Promise<Peer> {
  const script = fileURLToPath(new URL("peer.py", import.meta.url));
  const child: ChildProcess = spawn(python, [script, hashes, queries], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (child.stdout === null || child.stdin === null) throw new Error("the peer has no pipes");
  const { stdin } = child;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("faiss ended before it answered; see what it wrote above");
    return JSON.parse(value) as unknown;
  };
  const { seconds, version } = (await answer()) as { seconds: number; version: string };
  return {
    buildSeconds: seconds,
    version,
    async ask(first, count, how) {
      stdin.write(`${first} ${count} ${how}\n`);
      return (await answer()) as PeerAnswer;
    },
    close: () => stdin.end(),
  };
}
