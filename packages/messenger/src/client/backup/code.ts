import type { FrankingCrypto } from "@fairlead/franking";
import { MessengerError } from "../error.ts";

/** Crockford's base 32: no letter that is taken for a digit or another letter. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** e2ee.md asks for 128 random bits. */
export const SECRET_BYTES = 16;
/** 128 bits and 12 to catch a slip of the pen: 28 letters. */
const CHECK_BITS = 12;
const GROUP = 4;

/** The code that a person writes down: seven groups of four letters. */
export async function codeOf(crypto: FrankingCrypto, secret: Uint8Array): Promise<readonly string[]> {
  let value = 0n;
  for (const byte of secret) value = (value << 8n) | BigInt(byte);
  value = (value << BigInt(CHECK_BITS)) | (await checkOf(crypto, secret));
  let text = "";
  for (let shift = SECRET_BYTES * 8 + CHECK_BITS - 5; shift >= 0; shift -= 5)
    text += LETTERS[Number((value >> BigInt(shift)) & 31n)];
  return text.match(new RegExp(`.{${GROUP}}`, "g")) ?? [];
}

/**
 * The secret behind a code, however it was typed: in lower case, without or with other gaps, O for 0, I or L for 1.
 * @throws MessengerError `backup.code-invalid`
 */
export async function secretOf(crypto: FrankingCrypto, code: string): Promise<Uint8Array> {
  const letters = code.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (letters.length !== (SECRET_BYTES * 8 + CHECK_BITS) / 5) throw invalid();
  let value = 0n;
  for (const letter of letters) {
    const digit = LETTERS.indexOf(letter);
    if (digit === -1) throw invalid();
    value = (value << 5n) | BigInt(digit);
  }
  const secret = new Uint8Array(SECRET_BYTES);
  for (let at = 0; at < SECRET_BYTES; at++)
    secret[at] = Number((value >> BigInt(CHECK_BITS + 8 * (SECRET_BYTES - 1 - at))) & 255n);
  if ((value & ((1n << BigInt(CHECK_BITS)) - 1n)) !== (await checkOf(crypto, secret))) throw invalid();
  return secret;
}

async function checkOf(crypto: FrankingCrypto, secret: Uint8Array): Promise<bigint> {
  const [high = 0, low = 0] = await crypto.sha256(secret);
  return BigInt((high << 4) | (low >> 4));
}

function invalid(): MessengerError {
  return new MessengerError(
    "backup.code-invalid",
    "This is not a recovery code, or a letter of it is wrong.",
  );
}
