import { createHash, randomBytes } from "node:crypto";

/** What a sender's own system heard to one sending of a report. */
export type Answer =
  | {
      readonly kind: "acknowledged";
      /** What the station's receipt calls the report, where the wire gives one. */
      readonly reference: string;
      /** The signed receipt, unless the answer that held it was lost and another told that the report had been taken. */
      readonly receipt: unknown;
    }
  /** An answer that says no. Whether it may be sent again, `retryAfterSeconds` tells. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly retryAfterSeconds: number | undefined;
      readonly words: string;
    }
  /** None came: the report may have been taken. */
  | { readonly kind: "unanswered"; readonly words: string };

/** A file of a report, with the digest that everything is held against at the end. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
}

/** One report that a sender's own system has to bring to a station, by one wire. */
export interface Sending {
  /** Stands in the report's text and in no other report. */
  readonly mark: string;
  readonly files: readonly SentFile[];
  /** Sends it once, as the wire wants it after what was heard before. Never throws. */
  attempt(): Promise<Answer>;
  /**
   * Holds a receipt against what was sent.
   * @throws Error saying what the receipt does not prove
   */
  checkReceipt(receipt: unknown): void;
  /** What the station had promised on the way to the report, and did not keep: `lost: …`. */
  brokenPromises?(): readonly string[];
}

/** A sender's own system gives a call up after this long, and sends it again. */
export const GIVE_UP_MS = 20_000;

/** A small file and a large one: the vault holds the one in memory together with others, and streams the other. */
export const SMALL_AND_LARGE: FileSizes = [20_000, 1_100_000];
export const SMALL: FileSizes = [20_000];

/** Of each file of a report, how many bytes it has. */
export type FileSizes = readonly number[];

/** Files of a report; no two are the same. */
export function filesOf(mark: string, sizes: FileSizes): SentFile[] {
  return sizes.map((size, at) => {
    const bytes = Buffer.alloc(size, Buffer.concat([Buffer.from(mark), randomBytes(64)]));
    return { name: `kite-${at}.png`, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
}

export function unanswered(error: unknown): Answer {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { kind: "unanswered", words: cause instanceof Error ? cause.message : String(cause) };
}

export function refused(response: Response, words: string): Answer {
  const seconds = response.headers.get("retry-after");
  return {
    kind: "refused",
    status: response.status,
    retryAfterSeconds: seconds === null ? undefined : Number(seconds),
    words: words.slice(0, 400),
  };
}
