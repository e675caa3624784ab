import { arrayAt, bytesAt, malformed, textAt, uint64At, uintAt } from "./fields.ts";
import type { CborValue, NestedPart } from "./types.ts";

/** draft-ietf-mimi-content, section 4.4: cardinality. */
const NULL = 0;
const SINGLE = 1;
const EXTERNAL = 2;
const MULTI = 3;

/** draft-ietf-mimi-content, section 6.3: "NestedParts MUST NOT be nested more than 4-levels deep." */
const PART_LEVELS = 4;

/** draft-ietf-mimi-content, section 4.4: `parts: [2* NestedPart]`. */
const FEWEST_PARTS = 2;
/** chooseOne, singleUnit, processAll. */
const SEMANTICS = 3;

/** The part as the array that stands in the content. */
export function partValue(part: NestedPart): CborValue {
  const head = [part.disposition, part.language];
  switch (part.kind) {
    case "null":
      return [...head, NULL];
    case "single":
      return [...head, SINGLE, part.contentType, part.content];
    case "external":
      return [
        ...head,
        EXTERNAL,
        part.contentType,
        part.url,
        part.expires,
        part.size,
        part.encAlg,
        part.key,
        part.nonce,
        part.aad,
        part.hashAlg,
        part.contentHash,
        part.description,
        part.filename,
      ];
    case "multi":
      return [...head, MULTI, part.semantics, part.parts.map(partValue)];
  }
}

/** @throws FrankingError `content.malformed` */
export function partFrom(value: CborValue | undefined, level = 1): NestedPart {
  if (level > PART_LEVELS) throw malformed("a part", `is nested more than ${PART_LEVELS} levels deep`);
  const [disposition, language, cardinality, ...fields] = arrayAt(value, "a part");
  const head = {
    disposition: uintAt(disposition, 1, "disposition"),
    language: textAt(language, "language"),
  };
  switch (cardinality) {
    case NULL:
      assertCount(fields, 0);
      return { ...head, kind: "null" };
    case SINGLE: {
      assertCount(fields, 2);
      const [contentType, content] = fields;
      return {
        ...head,
        kind: "single",
        contentType: textAt(contentType, "contentType"),
        content: bytesAt(content, "content"),
      };
    }
    case EXTERNAL:
      return { ...head, ...externalFrom(fields) };
    case MULTI:
      return { ...head, ...multiFrom(fields, level) };
    default:
      throw malformed("cardinality", "is none of the four that exist");
  }
}

function externalFrom(fields: readonly CborValue[]) {
  assertCount(fields, 12);
  const [contentType, url, expires, size, encAlg, key, nonce, aad, hashAlg, hash, description, filename] =
    fields;
  return {
    kind: "external",
    contentType: textAt(contentType, "contentType"),
    url: textAt(url, "url"),
    expires: uintAt(expires, 4, "expires"),
    size: uint64At(size, "size"),
    encAlg: uintAt(encAlg, 2, "encAlg"),
    key: bytesAt(key, "key"),
    nonce: bytesAt(nonce, "nonce"),
    aad: bytesAt(aad, "aad"),
    hashAlg: uintAt(hashAlg, 1, "hashAlg"),
    contentHash: bytesAt(hash, "contentHash"),
    description: textAt(description, "description"),
    filename: textAt(filename, "filename"),
  } as const;
}

function multiFrom(fields: readonly CborValue[], level: number) {
  assertCount(fields, 2);
  const [semantics, parts] = fields;
  const inside = arrayAt(parts, "parts");
  if (inside.length < FEWEST_PARTS) throw malformed("parts", `are fewer than ${FEWEST_PARTS}`);
  const known = uintAt(semantics, 1, "partSemantics");
  if (known >= SEMANTICS) throw malformed("partSemantics", "is none of the three that exist");
  return { kind: "multi", semantics: known, parts: inside.map((part) => partFrom(part, level + 1)) } as const;
}

function assertCount(fields: readonly CborValue[], count: number): void {
  if (fields.length !== count) throw malformed("a part", `of its cardinality has ${count} fields of its own`);
}
