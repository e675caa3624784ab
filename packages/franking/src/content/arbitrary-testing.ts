import * as fc from "fast-check";
import { hexOf } from "../crypto/bytes.ts";
import { attachmentsExtension } from "./attachments.ts";
import { causalityExtensions } from "./causality.ts";
import { ATTACHMENTS, ROOM_URI, SENDER_URI } from "./extension-keys.ts";
import type { CborValue, MimiContent, NestedPart } from "./types.ts";

const text = fc.string({ maxLength: 12 });
const few = fc.uint8Array({ maxLength: 12 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const uint = (bits: number) => fc.nat({ max: 2 ** bits - 1 });
const uint64 = fc.bigInt(0n, 2n ** 64n - 1n);
/** fast-check's records may come without a prototype, which no decoder's do. */
const plain = { noNullPrototype: true };
const head = { disposition: uint(8), language: text };

const flat: fc.Arbitrary<NestedPart> = fc.oneof(
  fc.record({ ...head, kind: fc.constant("null" as const) }, plain),
  fc.record({ ...head, kind: fc.constant("single" as const), contentType: text, content: few }, plain),
  fc.record(
    {
      ...head,
      kind: fc.constant("external" as const),
      contentType: text,
      url: text,
      expires: fc.nat(),
      size: uint64,
      encAlg: uint(16),
      key: few,
      nonce: few,
      aad: few,
      hashAlg: uint(8),
      contentHash: few,
      description: text,
      filename: text,
    },
    plain,
  ),
);

function nested(levels: number): fc.Arbitrary<NestedPart> {
  if (levels === 1) return flat;
  const inside = fc.array(nested(levels - 1), { minLength: 2, maxLength: 3 });
  return fc.oneof(
    flat,
    fc.record(
      { ...head, kind: fc.constant("multi" as const), semantics: fc.nat({ max: 2 }), parts: inside },
      plain,
    ),
  );
}

const causality = fc.record(
  {
    seen: fc.option(fc.record({ roomSeq: fc.bigInt(1n, 2n ** 64n - 1n), head: digest }, plain)),
    deviceSeq: fc.integer({ min: 1 }),
    previousOwn: fc.option(digest),
  },
  plain,
);

const commitment = fc.record(
  {
    root: digest,
    size: fc.bigInt(1n, 2n ** 63n),
    chunk: fc.integer({ min: 1, max: 2 ** 20 }),
    keyCommitment: digest,
  },
  plain,
);

/** Any content that may be sent. */
export const anyContent: fc.Arbitrary<MimiContent> = fc
  .record({
    salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    replaces: fc.option(digest),
    topicId: few,
    expires: fc.option(fc.record({ relative: fc.boolean(), seconds: fc.nat() }, plain)),
    inReplyTo: fc.option(digest),
    part: nested(4),
    senderUri: fc.webUrl(),
    roomUri: fc.webUrl(),
    causality: fc.option(causality),
    attachments: fc.uniqueArray(fc.tuple(fc.webUrl({ size: "small" }), commitment), {
      maxLength: 3,
      selector: ([, { root }]) => hexOf(root),
    }),
    others: fc.dictionary(fc.string({ minLength: 1, maxLength: 9 }), fc.oneof(text, few, fc.constant(null))),
  })
  .map(({ senderUri, roomUri, causality, attachments, others, ...rest }) => ({
    ...rest,
    extensions: new Map<string | number, CborValue>([
      [SENDER_URI, senderUri],
      [ROOM_URI, roomUri],
      ...(causality === null ? [] : causalityExtensions(causality)),
      ...(attachments.length === 0
        ? []
        : [[ATTACHMENTS, attachmentsExtension(new Map(attachments))] as const]),
      ...Object.entries(others).filter(([name]) => !name.startsWith("\uFEFF")),
    ]),
  }));
