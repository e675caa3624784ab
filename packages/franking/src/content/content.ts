import { CBOR_LIMITS, decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import { FrankingError } from "../error.ts";
import { assertAttachments } from "./attachments.ts";
import { assertExtensions } from "./extensions.ts";
import { arrayAt, bytesAt, malformed, mapAt, nullOr, sizedBytesAt, uintAt } from "./fields.ts";
import { partFrom, partValue } from "./part.ts";
import type { CborValue, MimiContent } from "./types.ts";

/** draft-ietf-mimi-content, section 4.1: salt is `bstr .size 16`. HMAC pads shorter keys with zeros, so the length is part of the promise. */
export const SALT_BYTES = 16;
export const MESSAGE_ID_BYTES = 32;
/** Larger things are attachments. */
export const CONTENT_LIMIT_BYTES = 1024 * 1024;

const limits = { ...CBOR_LIMITS, bytes: CONTENT_LIMIT_BYTES };

/**
 * A message's bytes, as they are franked and encrypted (draft-ietf-mimi-content, sections 4 and 6).
 * @throws FrankingError `content.malformed` for fields out of range, `content.extension` for extensions that are missing or malformed
 */
export function encodeContent(content: MimiContent): Uint8Array {
  const value = [
    content.salt,
    content.replaces,
    content.topicId,
    content.expires === null ? null : [content.expires.relative, content.expires.seconds],
    content.inReplyTo,
    content.extensions,
    partValue(content.part),
  ];
  // The reader's rules are the writer's too: nobody can send what nobody may accept.
  contentFrom(value);
  return inContent(() => encodeCbor(value, limits));
}

/**
 * @throws FrankingError `content.not-canonical` for another encoding than the deterministic one, `content.malformed`,
 * `content.extension`
 */
export function decodeContent(bytes: Uint8Array): MimiContent {
  return contentFrom(inContent(() => decodeCbor(bytes, limits)));
}

function contentFrom(value: CborValue): MimiContent {
  const fields = arrayAt(value, "the content");
  if (fields.length !== 7) throw malformed("the content", "has not seven fields");
  const [salt, replaces, topicId, expires, inReplyTo, extensions, part] = fields;
  const named = mapAt(extensions, "extensions");
  assertExtensions(named);
  const content: MimiContent = {
    salt: sizedBytesAt(salt, SALT_BYTES, "salt"),
    replaces: nullOr(replaces, (id) => sizedBytesAt(id, MESSAGE_ID_BYTES, "replaces")),
    topicId: bytesAt(topicId, "topicId"),
    expires: nullOr(expires, expirationFrom),
    inReplyTo: nullOr(inReplyTo, (id) => sizedBytesAt(id, MESSAGE_ID_BYTES, "inReplyTo")),
    extensions: named,
    part: partFrom(part),
  };
  assertAttachments(content);
  return content;
}

function expirationFrom(value: CborValue): { relative: boolean; seconds: number } {
  const [relative, seconds, ...more] = arrayAt(value, "expires");
  if (typeof relative !== "boolean" || more.length > 0)
    throw malformed("expires", "is not [relative, seconds]");
  return { relative, seconds: uintAt(seconds, 4, "expires") };
}

/** What is wrong with the CBOR of a message is wrong with the message. */
function inContent<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof FrankingError)) throw cause;
    const code = cause.code === "wire.cbor-not-canonical" ? "content.not-canonical" : "content.malformed";
    throw new FrankingError(code, `the message's content: ${cause.message}`, { cause });
  }
}
