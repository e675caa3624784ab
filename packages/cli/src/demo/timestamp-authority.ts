import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createTimestampAuthority, issueTimestamp, type TimestampAuthority } from "@fairlead/franking/verify";

const YEARS_MS = 10 * 365 * 24 * 3_600_000;
/** A request is some 60 bytes. */
const MOST_BYTES = 4096;

/** An RFC 3161 authority that runs. */
export interface RunningAuthority extends AsyncDisposable {
  readonly url: string;
  /** Its root, DER, in a file. */
  readonly certificateFile: string;
}

/**
 * The demonstration's own timestamp authority, for it has no way out. It is run by the same hands as everything else here, so what it
 * says proves nothing to anybody: a platform names authorities of others.
 */
export async function startTimestampAuthority(folder: string): Promise<RunningAuthority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await keptIn(folder);
  const certificateFile = join(folder, "root.der");
  await writeFile(certificateFile, authority.root);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
      response.setHeader("content-type", "application/timestamp-reply");
      response.end(issueTimestamp(authority, Buffer.concat(chunks), Date.now()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    certificateFile,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same authority at every start: its tokens must still verify. */
async function keptIn(folder: string): Promise<TimestampAuthority> {
  const path = join(folder, "authority.json");
  const known = await readFile(path, "utf8").catch(() => undefined);
  if (known !== undefined) {
    const kept = JSON.parse(known) as Record<keyof TimestampAuthority, string>;
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
    return {
      root: bytes(kept.root),
      certificate: bytes(kept.certificate),
      privateKey: bytes(kept.privateKey),
    };
  }
  const now = Date.now();
  const made = createTimestampAuthority("Example Timestamps (demonstration)", {
    from: now - 60_000,
    to: now + YEARS_MS,
  });
  const text = (value: Uint8Array) => Buffer.from(value).toString("base64");
  await writeFile(
    path,
    JSON.stringify({
      root: text(made.root),
      certificate: text(made.certificate),
      privateKey: text(made.privateKey),
    }),
    { mode: 0o600 },
  );
  return made;
}
