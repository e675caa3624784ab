/**
 * What can go wrong, as stable words for programs. Messages are for people and may change.
 *
 * - `key-invalid`: a recipient, identity, signing key or public key is not of the form this package reads.
 * - `age-*`: an age file is malformed, not for us, cut short, lengthened or altered.
 * - `range-invalid`: a byte range lies outside of the file.
 * - `envelope-*`: a DSSE envelope is malformed, of another type, or signed by nobody we trust.
 * - `statement-invalid`: a signed body is not what its type promises.
 * - `package-*`: a sealed package is refused; see the README for each.
 */
export type SealingErrorCode =
  | "key-invalid"
  | "age-header"
  | "age-no-identity"
  | "age-mac"
  | "age-truncated"
  | "age-extended"
  | "age-tampered"
  | "range-invalid"
  | "stream-unfinished"
  | "envelope-malformed"
  | "envelope-type"
  | "envelope-untrusted"
  | "statement-invalid"
  | "package-layout"
  | "package-truncated"
  | "package-trailing"
  | "package-limit"
  | "package-manifest"
  | "package-addressee"
  | "package-part"
  | "package-recipients"
  | "package-plaintext"
  | "package-receipt";

/** The one error this package throws on purpose; anything else that escapes is a fault of the source or a bug. */
export class SealingError extends Error {
  override readonly name = "SealingError";
  readonly code: SealingErrorCode;

  constructor(code: SealingErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
