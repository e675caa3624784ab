import { attachmentsExtension, externalParts } from "../content/attachments.ts";
import { causalityExtensions } from "../content/causality.ts";
import { encodeContent, SALT_BYTES } from "../content/content.ts";
import { ATTACHMENTS, ROOM_URI, SENDER_URI } from "../content/extension-keys.ts";
import { messageIdWithin } from "../content/message-id.ts";
import type {
  AttachmentCommitment,
  Causality,
  CborValue,
  MimiContent,
  NestedPart,
} from "../content/types.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { frankAad } from "../wire/aad.ts";
import { tagUnder } from "../wire/franking-tag.ts";

/** What a person wants to send, and what their device knows of the room. */
export interface Draft {
  readonly senderUri: string;
  readonly roomUri: string;
  readonly part: NestedPart;
  readonly causality: Causality;
  readonly replaces?: Uint8Array | null;
  readonly inReplyTo?: Uint8Array | null;
  readonly topicId?: Uint8Array;
  readonly expires?: MimiContent["expires"];
  /** By the url of the external part that each belongs to. */
  readonly attachments?: ReadonlyMap<string, AttachmentCommitment>;
}

export interface Prepared {
  /** What is encrypted: keep it as long as the message, byte for byte, because a report shows exactly this. */
  readonly content: Uint8Array;
  readonly messageId: Uint8Array;
  readonly tag: Uint8Array;
  /** The authenticated data of the MLS message. */
  readonly aad: Uint8Array;
}

/**
 * A message's content with a fresh salt, and what goes around it.
 * @throws FrankingError `content.malformed`, `content.extension`
 */
export async function prepareMessage(crypto: FrankingCrypto, draft: Draft): Promise<Prepared> {
  const content: MimiContent = {
    salt: crypto.random(SALT_BYTES),
    replaces: draft.replaces ?? null,
    topicId: draft.topicId ?? new Uint8Array(),
    expires: draft.expires ?? null,
    inReplyTo: draft.inReplyTo ?? null,
    extensions: extensionsOf(draft),
    part: draft.part,
  };
  const bytes = encodeContent(content);
  const tag = await tagUnder(crypto, content.salt, bytes);
  return {
    content: bytes,
    messageId: await messageIdWithin(crypto, bytes, content),
    tag,
    aad: frankAad(tag),
  };
}

function extensionsOf({
  senderUri,
  roomUri,
  part,
  causality,
  attachments,
}: Draft): MimiContent["extensions"] {
  const extensions = new Map<string | number, CborValue>([
    [SENDER_URI, senderUri],
    [ROOM_URI, roomUri],
    ...causalityExtensions(causality),
  ]);
  if (attachments === undefined || attachments.size === 0) return extensions;
  const urls = new Set(externalParts(part).map(({ url }) => url));
  if ([...attachments.keys()].some((url) => !urls.has(url)))
    throw new FrankingError("content.extension", "a commitment belongs to no external part of this message");
  return extensions.set(ATTACHMENTS, attachmentsExtension(attachments));
}
