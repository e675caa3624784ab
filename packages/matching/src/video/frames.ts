import { distance, hashFromHex, type PdqHash } from "../pdq/hash.ts";

/** The hash of one frame of a video. */
export interface VideoFrame {
  /** Its place among the frames that were taken, from 0. */
  readonly frame: number;
  /** 64 lower-case hexadecimal digits, `pdq/full`. */
  readonly hash: string;
  /** 0 to 100. */
  readonly quality: number;
}

/** How much two videos share, each seen from the other. */
export interface VideoLikeness {
  /** Of the query's frames, how many per cent have a frame of the other within the distance. */
  readonly ofQuery: number;
  /** Of the other's frames, how many per cent have one of the query's. */
  readonly ofOther: number;
}

/** vPDQ's own settings (ThreatExchange, `vpdq/README`): frames of less quality say nothing, farther ones are others. */
export const VPDQ = { quality: 50, distance: 31 } as const;

/** A frame that differs from the last one kept by fewer bits adds nothing. */
const SAME = 2;

/**
 * The frames worth looking for: of enough quality, and not the same picture as the one before, as a still scene repeats it.
 *
 * @param frames in their order
 */
export function telling(
  frames: readonly VideoFrame[],
  quality: number = VPDQ.quality,
): readonly VideoFrame[] {
  const kept: VideoFrame[] = [];
  let last: PdqHash | null = null;
  for (const frame of frames) {
    const hash = hashFromHex(frame.hash);
    if (hash === null || frame.quality < quality) continue;
    if (last !== null && distance(last, hash) <= SAME) continue;
    kept.push(frame);
    last = hash;
  }
  return kept;
}

/**
 * How much of a video is in another, by their telling frames; a part that was cut out is found by `ofQuery`, a whole that
 * something was added to by `ofOther`. Nothing is like a video without a telling frame.
 *
 * @param within bits, 0 to 256
 */
export function likeness(
  query: readonly VideoFrame[],
  other: readonly VideoFrame[],
  within: number = VPDQ.distance,
): VideoLikeness {
  const [mine, theirs] = [hashesOf(query), hashesOf(other)];
  return { ofQuery: share(mine, theirs, within), ofOther: share(theirs, mine, within) };
}

function hashesOf(frames: readonly VideoFrame[]): readonly PdqHash[] {
  const unique = new Set(telling(frames).map(({ hash }) => hash));
  return [...unique].flatMap((hash) => hashFromHex(hash) ?? []);
}

function share(some: readonly PdqHash[], all: readonly PdqHash[], within: number): number {
  if (some.length === 0) return 0;
  const found = some.filter((one) => all.some((other) => distance(one, other) <= within));
  return (100 * found.length) / some.length;
}
