// Tar files put together by hand, right or wrong.

import { END_OF_ARCHIVE, entryHeader, padding } from "../package/ustar.ts";

/** One file as it stands in an archive. */
export function entry(name: string, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([entryHeader(name, bytes.length), bytes, padding(bytes.length)]);
}

/** Entries and the end of the archive. */
export function archive(...entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...entries, END_OF_ARCHIVE]);
}

/** A header with one field overwritten and its checksum put right again. */
export function forgedHeader(name: string, size: number, at: number, text: string): Uint8Array {
  const header = Buffer.from(entryHeader(name, size));
  header.write(text, at, "latin1");
  header.write("        ", 148, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}
