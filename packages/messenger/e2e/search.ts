import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

// Looks for words wherever a hub could have kept them, in every spelling in which a program would have them in memory or on disk.

/** A text in the forms that programs keep texts in: UTF-8, UTF-16, hexadecimal, and base64 at each of its three offsets. */
function spellingsOf(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text, "utf8");
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8]).toString("base64");
    // Letters that also hold bits of a neighbour are left out, at both ends.
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + utf8.length) * 8) / 6));
  });
  const inUrls = base64.map((one) => one.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = utf8.toString("hex");
  return [
    utf8,
    Buffer.from(text, "utf16le"),
    ...[...new Set([...base64, ...inUrls, hex, hex.toUpperCase()])].map((one) => Buffer.from(one, "latin1")),
  ];
}

/** Which of these words stand in the bytes, in any spelling. */
export function wordsIn(bytes: Uint8Array, words: readonly string[]): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return words.filter((word) => spellingsOf(word).some((spelling) => buffer.includes(spelling)));
}

/** Words found, with the files they stand in. Files that vanish while they are looked for are gone. */
export async function wordsInFolder(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => new Uint8Array());
    for (const word of wordsIn(bytes, words)) found.push(`${word} in ${path.slice(folder.length + 1)}`);
  }
  return found;
}

interface Queries {
  query(text: string): Promise<{ rows: unknown[] }>;
}

/** Words found in any row of any table of a database, compressed or not. */
export async function wordsInDatabase(pool: Queries, words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await pool.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables as Array<{ name: string }>) {
    const { rows } = await pool.query(`select row::text as line from ${name} as row`);
    const lines = Buffer.from((rows as Array<{ line: string }>).map(({ line }) => line).join("\n"), "utf8");
    for (const word of wordsIn(lines, words)) found.push(`${word} in the table ${name}`);
  }
  return found;
}

/** Pages of this are read at once; words that lie across two of them are found because each overlaps the next. */
const READ_BYTES = 16 * 1024 * 1024;
const OVERLAP_BYTES = 4096;

/**
 * Words found in the memory of a process, as a dump of it would show them.
 * @returns null where the system lets nobody look
 */
export function wordsInMemory(pid: number, words: readonly string[]): string[] | null {
  const found = new Set<string>();
  let memory: number;
  let maps: string;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, "utf8");
    memory = openSync(`/proc/${pid}/mem`, "r");
  } catch {
    return null;
  }
  let isAnyRead = false;
  try {
    const page = Buffer.alloc(READ_BYTES);
    for (const line of maps.split("\n")) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (from === undefined || to === undefined) continue;
      const end = BigInt(`0x${to}`);
      for (let at = BigInt(`0x${from}`); at < end; at += BigInt(READ_BYTES - OVERLAP_BYTES)) {
        const length = Number(end - at < BigInt(READ_BYTES) ? end - at : BigInt(READ_BYTES));
        const read = readAt(memory, page, length, at);
        isAnyRead ||= read > 0;
        for (const word of wordsIn(page.subarray(0, read), words)) found.add(word);
      }
    }
  } finally {
    closeSync(memory);
  }
  return isAnyRead ? [...found] : null;
}

function readAt(file: number, into: Buffer, length: number, position: bigint): number {
  try {
    return readSync(file, into, 0, length, position);
  } catch {
    // Reserved and never used, or gone by now.
    return 0;
  }
}

/** Everything that a page has sent to its hub and got from it. */
export function captureTraffic(page: Page, into: Buffer[]): void {
  page.on("request", (request) => {
    into.push(Buffer.from(`${request.url()}\n${JSON.stringify(request.headers())}\n`));
    const body = request.postDataBuffer();
    if (body !== null) into.push(body);
  });
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/chat"))
      void response.body().then(
        (body) => into.push(body),
        () => undefined,
      );
  });
}
