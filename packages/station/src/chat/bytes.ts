import { z } from "zod";

/** Bytes as base64url without padding, in their one spelling. */
export function bytes(least: number, most = least) {
  return z
    .string()
    .min(textLength(least))
    .max(textLength(most))
    .transform((text, context): Uint8Array => {
      const value = fromText(text);
      if (value !== undefined && value.length >= least && value.length <= most) return value;
      const size = least === most ? `${least} bytes` : `${least} to ${most} bytes`;
      context.addIssue({ code: "custom", message: `must be ${size} in base64url without padding` });
      return z.NEVER;
    });
}

export function toText(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.length).toString("base64url");
}

/** @returns `undefined` for what is no base64url, or not its one spelling */
export function fromText(text: string): Uint8Array | undefined {
  const value = Buffer.from(text, "base64url");
  return value.toString("base64url") === text ? value : undefined;
}

function textLength(length: number): number {
  return Math.ceil((length * 4) / 3);
}
