import type { Refusal, VideoFrame } from "@fairlead/matching";
import { telling } from "@fairlead/matching";
import { openVideoHasher, type VideoHasherOptions } from "@fairlead/matching/node";

/** What a video gives to look for. */
export interface LookedVideo {
  readonly kind: "video";
  /** Those that say something: of enough quality, and not the same as the one before. */
  readonly frames: readonly VideoFrame[];
  readonly taken: number;
  readonly framesPerSecond: number;
  /** There was more of it than was looked at. */
  readonly more: boolean;
}

/** Takes the frames of posted videos. */
export interface Videos {
  look(file: Uint8Array): Promise<LookedVideo | Refusal>;
}

/** One frame of each second, of ten minutes at most: what a bank is asked for at once stays bounded. */
const FRAMES = { framesPerSecond: 1, maxFrames: 600 } as const;
/** Whoever posts waits for the answer. */
const MILLISECONDS = 30_000;
/** A decoder may take 2 GB of address space; pictures are decoded beside it. */
const AT_ONCE = 1;

/** @param options where tests want other limits */
export async function openVideos(options: VideoHasherOptions & { maxBytes: number }): Promise<Videos> {
  const hasher = await openVideoHasher({ ...FRAMES, milliseconds: MILLISECONDS, ...options });
  let working = 0;
  const waiting: Array<() => void> = [];
  const turn = async () => {
    if (working < AT_ONCE) working += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const done = () => {
    const next = waiting.shift();
    if (next === undefined) working -= 1;
    else next();
  };
  return {
    async look(file) {
      await turn();
      try {
        const answer = await hasher.hash(once(file));
        if (answer.kind === "refused") return answer;
        const { frames, framesPerSecond, more } = answer;
        return { kind: "video", frames: telling(frames), taken: frames.length, framesPerSecond, more };
      } finally {
        done();
      }
    },
  };
}

async function* once(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(file);
}
