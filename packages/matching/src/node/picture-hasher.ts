import { formatOf, HEAD_BYTES, isPicture } from "../media/format.ts";
import type { PictureHashes } from "../media/picture-hashes.ts";
import { type Refusal, refusal } from "../media/refusal.ts";
import { type Confinement, findConfinement } from "./confinement.ts";
import { type Answered, type DecoderProcess, startDecoder } from "./decoder-process.ts";
import { pictureAnswer } from "./picture-answer.ts";

export interface PictureHasherOptions {
  /** How many files are decoded at once, each in a process of its own. Default 1. */
  readonly processes?: number;
  /** A longer file is refused unread. Default 64 MiB. */
  readonly maxBytes?: number;
  /** A picture with more pixels, over all its frames that are hashed, is refused by its header. Default 100 million. */
  readonly maxPixels?: number;
  /** After this long a file is given up, and its process with it. Default 20 s. */
  readonly milliseconds?: number;
}

export interface PictureOptions {
  /** Adds the probes that find cropped and turned copies; only plain hashes can be compared with other systems. */
  readonly deep?: boolean;
  /**
   * Hashes a JPEG from its coefficients where that can be done: several times as fast, within a few bits, and never `exact`. With
   * `deep` the pixels are needed all the same.
   */
  readonly quick?: boolean;
}

/** Decodes and hashes pictures of strangers outside this process. */
export interface PictureHasher {
  readonly confinement: Pick<Confinement, "noNetwork" | "limits">;
  /** Never rejects for what a file is: a refusal says why there is no hash. */
  hash(file: Uint8Array, options?: PictureOptions): Promise<PictureHashes | Refusal>;
  /** Ends the processes; what waits is refused. */
  close(): void;
}

const DEFAULTS = { processes: 1, maxBytes: 64 * 1024 * 1024, maxPixels: 100_000_000, milliseconds: 20_000 };

/** A process that has been taken over could lie about the next files, so none sees many. */
const FILES_A_PROCESS = 200;

/** What Node and its libraries set aside before the first file, and four bytes a pixel twice. */
const START_MEMORY = 1_000_000_000;
const BYTES_A_PIXEL = 8;

interface Waiting {
  readonly file: Uint8Array;
  readonly options: PictureOptions;
  readonly resolve: (answer: PictureHashes | Refusal) => void;
}

/** @returns a hasher that must be closed, else its processes keep the program alive */
export async function openPictureHasher(options: PictureHasherOptions = {}): Promise<PictureHasher> {
  const { processes, maxBytes, maxPixels, milliseconds } = { ...DEFAULTS, ...options };
  const confinement = await findConfinement();
  const limits = {
    memory: START_MEMORY + BYTES_A_PIXEL * maxPixels + 4 * maxBytes,
    cpuSeconds: Math.ceil((FILES_A_PROCESS * milliseconds) / 1000),
  };
  const waiting: Waiting[] = [];
  const idle: DecoderProcess[] = [];
  const all = new Set<DecoderProcess>();
  let closed = false;

  const start = (): DecoderProcess => {
    const made = startDecoder(confinement, "picture-decoder", limits);
    all.add(made);
    return made;
  };
  const work = async (): Promise<void> => {
    const next = waiting.shift();
    if (next === undefined) return;
    const decoder = idle.pop() ?? start();
    const answer = await decoder.ask(
      { deep: next.options.deep === true, quick: next.options.quick === true, maxPixels },
      next.file,
      milliseconds,
    );
    next.resolve(
      closed ? refusal("media.too-slow", "The decoder was closed before it had answered.") : said(answer),
    );
    if (decoder.lives && decoder.asked < FILES_A_PROCESS && !closed) idle.push(decoder);
    else {
      decoder.kill();
      all.delete(decoder);
    }
    void work();
  };
  return {
    confinement,
    hash: async (file, own = {}) => {
      const format = formatOf(file.subarray(0, HEAD_BYTES));
      if (format === null || !isPicture(format))
        return refusal(
          "media.format-unknown",
          "Its first bytes are of no picture format that is decoded here.",
        );
      if (file.length > maxBytes)
        return refusal(
          "media.too-many-bytes",
          `It has ${file.length} bytes; at most ${maxBytes} are decoded.`,
        );
      return await new Promise((resolve) => {
        waiting.push({ file, options: own, resolve });
        if (all.size - idle.length < processes) void work();
      });
    },
    close: () => {
      closed = true;
      for (const decoder of all) decoder.kill();
      for (const { resolve } of waiting.splice(0))
        resolve(refusal("media.too-slow", "The decoder was closed before its turn came."));
    },
  };
}

function said(answer: Answered): PictureHashes | Refusal {
  if (answer.how === "too-slow")
    return refusal("media.too-slow", "It was not decoded in the time that a file has.");
  if (answer.how === "died")
    return refusal("media.broken", `Its decoder ended while it worked on it (${answer.why}).`);
  return pictureAnswer(answer.words);
}
