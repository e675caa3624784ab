import { concatBytes, equalBytes } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";

/**
 * SafeAAD with one item: length 35, component frank_aad (0x0020), length 32. draft-ietf-mls-extensions, section 4.9; there is no
 * other authenticated data in a room that uses SafeAAD.
 */
const prefix = Uint8Array.of(0x23, 0x00, 0x20, 0x20);
const TAG_BYTES = 32;

/** The 36 bytes of authenticated data that carry the franking tag. @throws FrankingError `frank.tag` */
export function frankAad(tag: Uint8Array): Uint8Array {
  if (tag.length !== TAG_BYTES)
    throw new FrankingError("frank.tag", `a franking tag has ${TAG_BYTES} bytes, not ${tag.length}`);
  return concatBytes(prefix, tag);
}

/** The franking tag, or null if the authenticated data is anything else than exactly that. */
export function tagFromAad(aad: Uint8Array): Uint8Array | null {
  if (aad.length !== prefix.length + TAG_BYTES || !equalBytes(aad.subarray(0, prefix.length), prefix))
    return null;
  return new Uint8Array(aad.subarray(prefix.length));
}
