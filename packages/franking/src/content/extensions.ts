import { encodeCbor } from "../cbor/cbor.ts";
import { assertValue, mostBytes } from "../cbor/value.ts";
import { FrankingError } from "../error.ts";
import { assertCausality } from "./causality.ts";
import { ROOM_URI, SENDER_URI } from "./extension-keys.ts";
import { extensionError } from "./extension-error.ts";
import type { CborValue, MimiContent } from "./types.ts";

type Extensions = MimiContent["extensions"];

/** draft-ietf-mimi-content, section 4.3: `value = any .size (0..4095)`. */
const VALUE_BYTES = 4095;
/** draft-ietf-mimi-content, section 4.3: `name = int / tstr .size (1..255)`. */
const NAME_BYTES = 255;
/** draft-ietf-mimi-content, section 6.3: at most four levels, of which the extensions map is the first. */
const VALUE_LEVELS = 3;

/**
 * Who says that the message comes from where; both are covered by the franking tag.
 * @throws FrankingError `content.extension`
 */
export function addressOf(content: MimiContent): { senderUri: string; roomUri: string } {
  return { senderUri: uriAt(content.extensions, SENDER_URI), roomUri: uriAt(content.extensions, ROOM_URI) };
}

/** @throws FrankingError `content.extension` */
export function assertExtensions(extensions: Extensions): void {
  // draft-ietf-mimi-protocol-06, section 5.4.1: a franked message names its sender and its room in its own content.
  uriAt(extensions, SENDER_URI);
  uriAt(extensions, ROOM_URI);
  for (const [name, value] of extensions) {
    assertName(name);
    assertSize(name, value);
  }
  assertCausality(extensions);
}

function uriAt(extensions: Extensions, key: number): string {
  const value = extensions.get(key);
  if (typeof value !== "string" || value === "") throw extensionError(key, "must be there, as a URI");
  return value;
}

function assertName(name: string | number): void {
  if (typeof name === "number") return;
  const { length } = new TextEncoder().encode(name);
  if (length < 1 || length > NAME_BYTES) throw extensionError("a text", `must have 1 to ${NAME_BYTES} bytes`);
}

function assertSize(name: string | number, value: CborValue): void {
  const what = typeof name === "number" ? name : "a text";
  try {
    assertValue(value, VALUE_LEVELS);
    // Encoding it tells its size exactly; nearly every value is far smaller.
    if (mostBytes(value) > VALUE_BYTES) encodeCbor(value, { bytes: VALUE_BYTES, depth: VALUE_LEVELS });
  } catch (cause) {
    if (!(cause instanceof FrankingError)) throw cause;
    throw extensionError(what, `must be CBOR of at most ${VALUE_BYTES} bytes and ${VALUE_LEVELS} levels`);
  }
}
