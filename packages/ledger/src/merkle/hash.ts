import { hash } from "node:crypto";

/** Length of every hash in the log: SHA-256, in bytes. */
export const HASH_BYTES = 32;

/**
 * The hash of an entry: `SHA-256(0x00 || leaf)`, RFC 6962 section 2.1. The prefix keeps a leaf from passing as a node.
 */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + leaf.length);
  input.set(leaf, 1);
  return sha256(input);
}

/** The hash of an inner node: `SHA-256(0x01 || left || right)`, RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 0x01;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return sha256(input);
}

/** The root of a tree without leaves: SHA-256 of the empty string, RFC 6962 section 2.1. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

function sha256(input: Uint8Array): Uint8Array {
  return new Uint8Array(hash("sha256", input, "buffer"));
}
