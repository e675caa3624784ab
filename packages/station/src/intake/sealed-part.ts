import type { Evidence } from "@fairlead/report";
import { SealingError } from "@fairlead/sealing";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { VaultObject } from "../vault/index.ts";

/**
 * Content type of a part that is no plaintext but an age file (c2sp.org/age) for this station's recipient, as its card names it.
 * Only accounts that the configuration lets seal may send one: what it holds is their word until a grant opens it.
 */
export const SEALED_PART = "application/age-encryption";

export interface SealedPart {
  object: VaultObject;
  plaintextSize: number;
}

/**
 * Keeps an age file as it came. It is looked at only so far that nothing is promised which could never be opened: its header is
 * for this station's key, and its length is that of a payload. Not one byte of evidence is decrypted.
 * @throws StationError `request.invalid`, and then nothing is kept
 */
export async function keepSealed(
  station: Station,
  evidenceId: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<SealedPart> {
  let object: VaultObject | undefined;
  try {
    object = await station.vault.keep(bytes);
    return { object, plaintextSize: await station.vault.plaintextSize(object.name) };
  } catch (cause) {
    if (object !== undefined) await station.vault.remove(object.name);
    if (!(cause instanceof SealingError)) throw cause;
    throw new StationError("request.invalid", "A sealed part is not an age file for this station.", {
      remedy:
        "Seal it anew to the recipient on this station's card, and send the whole report again; nothing of it was kept.",
      problems: [{ path: `/evidence/${evidenceId}`, message: cause.message }],
      cause,
    });
  }
}

/** What does not agree between a sealed part and what the report says of its plaintext. Only its size can be seen from outside. */
export function sealedProblem(
  item: Evidence,
  { plaintextSize }: Pick<SealedPart, "plaintextSize">,
): { path: string; message: string } | undefined {
  if (item.received === undefined)
    return {
      path: "received",
      message:
        "The part is sealed, so nobody here can measure it: state size, sha256, sha1 and md5 of its plaintext.",
    };
  if (item.received.size !== plaintextSize)
    return { path: "received/size", message: `The sealed part holds ${plaintextSize} bytes.` };
  return undefined;
}
