/** Any value of deterministic CBOR (RFC 8949, section 4.2.1) that an extension may hold. */
export type CborValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<string | number, CborValue>;

/** draft-ietf-mimi-content, section 5: dispositions. */
export type Disposition = number;

export type NestedPart =
  | { readonly disposition: Disposition; readonly language: string; readonly kind: "null" }
  | {
      readonly disposition: Disposition;
      readonly language: string;
      readonly kind: "single";
      readonly contentType: string;
      readonly content: Uint8Array;
    }
  | {
      readonly disposition: Disposition;
      readonly language: string;
      readonly kind: "external";
      readonly contentType: string;
      readonly url: string;
      /** Seconds since 1970; 0 for never. */
      readonly expires: number;
      readonly size: bigint;
      readonly encAlg: number;
      readonly key: Uint8Array;
      readonly nonce: Uint8Array;
      readonly aad: Uint8Array;
      readonly hashAlg: number;
      /** Over the ciphertext at the url. */
      readonly contentHash: Uint8Array;
      readonly description: string;
      readonly filename: string;
    }
  | {
      readonly disposition: Disposition;
      readonly language: string;
      readonly kind: "multi";
      readonly semantics: number;
      readonly parts: readonly NestedPart[];
    };

/** Something that lies elsewhere, such as an uploaded file. */
export type ExternalPart = Extract<NestedPart, { kind: "external" }>;

/** A message's content before encryption (draft-ietf-mimi-content). */
export interface MimiContent {
  /** Exactly 16 bytes; the key of the franking tag. */
  readonly salt: Uint8Array;
  /** MessageId (32 bytes) of the message that this one edits, deletes or reacts anew to. */
  readonly replaces: Uint8Array | null;
  readonly topicId: Uint8Array;
  readonly expires: { readonly relative: boolean; readonly seconds: number } | null;
  readonly inReplyTo: Uint8Array | null;
  /** 1: sender URI and 2: room URI are always there; negative and text keys are private use (see `extension-keys.ts`). */
  readonly extensions: ReadonlyMap<string | number, CborValue>;
  readonly part: NestedPart;
}

/** What a device had seen and said when it wrote (private-use extensions -1001 to -1003). */
export interface Causality {
  /** The last record of this room that the device had received, and the head after it. */
  readonly seen: { readonly roomSeq: bigint; readonly head: Uint8Array } | null;
  /** Counts this device's messages in this room, from 1. */
  readonly deviceSeq: number;
  /** MessageId of this device's previous message in this room. */
  readonly previousOwn: Uint8Array | null;
}

/** Private-use extension -1004: binds an attachment's ciphertext, chunk by chunk, and its key. */
export interface AttachmentCommitment {
  /** RFC 6962 root over the ciphertext's chunks. */
  readonly root: Uint8Array;
  /** Bytes of ciphertext in all. */
  readonly size: bigint;
  /** Plaintext bytes in a chunk. */
  readonly chunk: number;
  /** HKDF(fileKey, "csf1/att/commit"), 32 bytes. */
  readonly keyCommitment: Uint8Array;
}
