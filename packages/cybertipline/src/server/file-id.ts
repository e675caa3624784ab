/** The names under which uploaded files are known on the wire. */
import type { FileId } from "./store.ts";

/** Gives that many random bytes. The server takes it as an argument; a station passes `node:crypto`'s `randomBytes`. */
export type RandomBytes = (byteCount: number) => Uint8Array;

/**
 * A new file id: 32 lower-case hexadecimal characters with 124 random bits.
 *
 * The first character is always `b`. Some clients read every element that looks like a number as a number (`12e4…`
 * becomes Infinity) and then refuse it; a leading letter other than `e` never looks like one.
 */
export function newFileId(random: RandomBytes): FileId {
  return `b${Buffer.from(random(16)).toString("hex").slice(1)}` as FileId;
}

const FILE_ID = /^b[0-9a-f]{31}$/;

/** Reads a file id that a client sends back; undefined if this server never gave such an id. */
export function parseFileId(text: string): FileId | undefined {
  return FILE_ID.test(text) ? (text as FileId) : undefined;
}
