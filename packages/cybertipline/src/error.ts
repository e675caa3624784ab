import type { Problem } from "./problem.ts";

export type CyberTiplineErrorCode =
  /** A value that was to be written does not fit the schema: the caller's document is wrong. */
  | "document-invalid"
  /** A text holds a character that XML 1.0 cannot carry. */
  | "character-not-allowed";

/** The one error that this package's codec throws. Reading never throws for bad input; it returns problems. */
export class CyberTiplineError extends Error {
  override readonly name = "CyberTiplineError";
  readonly code: CyberTiplineErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: CyberTiplineErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}
