import assert from "node:assert/strict";

export function hex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

export function same(bytes: Uint8Array, digits: string): void {
  assert.equal(Buffer.from(bytes).toString("hex"), digits);
}
