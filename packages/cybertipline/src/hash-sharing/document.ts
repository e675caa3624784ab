/**
 * NCMEC's hash sharing, version 2, as its documents say things. What a fingerprint's value looks like is left to whoever uses it.
 *
 * Source: NCMEC's hash sharing documentation (report.cybertip.org/hashsharing/v2/documentation) and what public clients of it read;
 * parts that nobody shows publicly are marked below.
 */

export const HASH_SHARING_NAMESPACE = "https://hashsharing.ncmec.org/hashsharing/v2";

/** Elements of `<fingerprints>`, each with the name that it has in paths of feedback. */
export const FINGERPRINT_TYPES = {
  md5: "MD5",
  sha1: "SHA1",
  pdna: "PDNA",
  pdq: "PDQ",
  netclean: "NETCLEAN",
  videntifier: "VIDENTIFIER",
  "tmk-pdqf": "TMK_PDQF",
} as const;
export type FingerprintTag = keyof typeof FINGERPRINT_TYPES;

/** Who shares: an organisation, by the number that the clearinghouse gave it. */
export interface HashMember {
  readonly id: string;
  readonly name: string;
}

export interface HashFingerprint {
  /** The element's name: a `FingerprintTag`, or one that came later. */
  readonly tag: string;
  /** Never empty: an element without text says nothing and is not among them. */
  readonly value: string;
}

/** One item of one member, as it is now. */
export interface HashEntry {
  readonly media: "image" | "video";
  readonly member: HashMember;
  readonly id: string;
  /** When the member last changed it; UTC, ISO 8601. */
  readonly timestamp: string;
  /** A1, A2, B1 or B2, where the member says it. */
  readonly classification?: string;
  readonly fingerprints: readonly HashFingerprint[];
  /** Names of its categorisations. How an entry shows them is not public: elements called `categorization` are read, wherever in it they stand. */
  readonly categorizations: readonly string[];
}

/** A member takes an item back. */
export interface HashTombstone {
  readonly media: "image" | "video";
  readonly member: HashMember;
  readonly id: string;
  readonly timestamp: string;
}

/** One page of what changed in a time. Nothing on it is in order of time. */
export interface HashPage {
  readonly entries: readonly HashEntry[];
  readonly deleted: readonly HashTombstone[];
  /** Where the next page is: a path below the base, to be asked for as it stands. Absent on the last one. */
  readonly next?: string;
}

/** Who asks, as the server knows them. */
export interface HashStatus {
  readonly ipAddress: string;
  readonly username: string;
  readonly member: HashMember;
}

/** Why a member may disagree with an entry. */
export interface FeedbackReason {
  readonly guid: string;
  readonly name: string;
  /** The kind of fingerprint, as in paths. */
  readonly type: string;
}

/** What a member says about another's entry. A negative word names at least one reason. */
export type HashFeedback =
  | { readonly opinion: "affirmative" }
  | { readonly opinion: "negative"; readonly reasons: readonly string[] };
