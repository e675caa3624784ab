import { concatBytes, type FrankingCrypto } from "@fairlead/franking";

const VERSION = 1;
const NONCE_BYTES = 12;

/** Encrypts a backup under its recovery code; the hub keeps bytes that it cannot read. */
export async function sealBackup(
  crypto: FrankingCrypto,
  { secret, uri }: { secret: Uint8Array; uri: string },
  payload: Uint8Array,
): Promise<Uint8Array> {
  const nonce = crypto.random(NONCE_BYTES);
  const sealed = await crypto.seal(await keyOf(crypto, secret), nonce, aadOf(uri), payload);
  return concatBytes(Uint8Array.of(VERSION), nonce, sealed);
}

/** null if the code is not this backup's, or the backup was altered or belongs to another account. */
export async function openBackup(
  crypto: FrankingCrypto,
  { secret, uri }: { secret: Uint8Array; uri: string },
  box: Uint8Array,
): Promise<Uint8Array | null> {
  if (box.length <= 1 + NONCE_BYTES || box[0] !== VERSION) return null;
  const nonce = box.subarray(1, 1 + NONCE_BYTES);
  return await crypto.open(await keyOf(crypto, secret), nonce, aadOf(uri), box.subarray(1 + NONCE_BYTES));
}

async function keyOf(crypto: FrankingCrypto, secret: Uint8Array): Promise<Uint8Array> {
  return await crypto.hkdf(secret, "fairlead/backup/1", 32);
}

function aadOf(uri: string): Uint8Array {
  return new TextEncoder().encode(`fairlead backup ${VERSION} of ${uri}`);
}
