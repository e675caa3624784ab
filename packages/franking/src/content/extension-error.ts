import { FrankingError } from "../error.ts";

/** Names the extension's key if it is a number (a text could be anybody's words) and what it must be. */
export function extensionError(key: number | "a text", must: string): FrankingError {
  return new FrankingError(
    "content.extension",
    `extension ${key} of the message's content ${must}; the sender's program must be mended`,
  );
}
