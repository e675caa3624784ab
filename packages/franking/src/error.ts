/** Every way in which franking can fail, as a stable code: `area.what`. */
export type FrankingErrorCode =
  | `content.${string}`
  | `wire.${string}`
  | `frank.${string}`
  | `chain.${string}`
  | `attachment.${string}`
  | `bundle.${string}`
  | `seal.${string}`
  | `verify.${string}`
  | `timestamp.${string}`
  | `attestation.${string}`
  | `mls.${string}`;

/** A failure with a stable code. Its message never holds anything of a message's content. */
export class FrankingError extends Error {
  override readonly name = "FrankingError";
  readonly code: FrankingErrorCode;

  constructor(code: FrankingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
