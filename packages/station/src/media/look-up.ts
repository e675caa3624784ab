import { formatOf, HEAD_BYTES, isPicture, type PictureHashes, type Refusal } from "@fairlead/matching";
import { openPictureHasher, type PictureHasher } from "@fairlead/matching/node";
import type { Lookup, Match, Matcher } from "../banks/index.ts";
import type { Database } from "../store/index.ts";
import type { Digests } from "../vault/index.ts";
import { actionOf, bestOfEach, DEFAULT_POLICY, type FoundMatch } from "./matches.ts";
import type { MediaConfig } from "./config.ts";
import { policiesOf } from "./policy.ts";
import { FRAMES_PROBE, withFrames } from "./frame-matches.ts";
import { type LookedVideo, openVideos, type Videos } from "./videos.ts";

/** What the door for media looks with. */
export interface MediaEyes {
  hasher: PictureHasher;
  videos: Videos;
  matcher: Matcher;
  /** Pictures are also looked for by the probes of deep hashing. */
  deep: boolean;
  /** JPEGs are hashed from their coefficients. */
  quick: boolean;
}

/** Decodes in processes of their own; the hasher must be closed. */
export async function openMediaEyes(matcher: Matcher, { deep, quick }: MediaConfig): Promise<MediaEyes> {
  const videos = await openVideos({ maxBytes: MOST_BYTES });
  return {
    hasher: await openPictureHasher({ processes: 2, maxBytes: MOST_BYTES }),
    videos,
    matcher,
    deep,
    quick,
  };
}

/** The most matches that an answer names for each hash; the same item matches by several. */
const MOST_FOR_EACH = 20;
/** The most that an answer names at all. */
const MOST = 50;

/** Hashes the picture, or frames of the video, in these bytes; without them it was too large to be held. */
export async function picturesOf(
  { hasher, videos, deep, quick }: MediaEyes,
  bytes: Uint8Array | undefined,
  size: number,
): Promise<PictureHashes | LookedVideo | Refusal> {
  if (bytes !== undefined) {
    const format = formatOf(bytes.subarray(0, HEAD_BYTES));
    if (format !== null && !isPicture(format)) return await videos.look(bytes);
    return await hasher.hash(bytes, { deep, quick });
  }
  return {
    kind: "refused",
    code: "media.too-many-bytes",
    message: `It has ${size} bytes; at most ${MOST_BYTES} are decoded.`,
    remedy: "Nothing needs to be done: it was matched by its digests.",
  };
}

/** Larger files are matched by their digests alone: what is decoded lies in memory whole. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** A hash to look for; of a video's frame with the second at which it stands. */
export type Sought = Lookup & { second?: number };

/** Everything to look for of a file: its digests; of a picture's frames both kinds of PDQ and the probes; a video's frames. */
export function signalsOf(digests: Digests, picture: PictureHashes | LookedVideo | Refusal): Sought[] {
  const exact = (["sha256", "sha1", "md5"] as const).map(
    (kind): Sought => ({ kind, value: digests[kind].toString("hex") }),
  );
  if (picture.kind === "refused") return exact;
  if (picture.kind === "video") {
    const { frames, framesPerSecond } = picture;
    const seconds = frames.map(
      ({ hash, frame }): Sought => ({
        kind: "pdq",
        value: hash,
        semantics: "pdq/full",
        probe: FRAMES_PROBE,
        second: frame / framesPerSecond,
      }),
    );
    return [...exact, ...seconds];
  }
  const near = picture.hashed.flatMap(({ full, nn512, probes }): Sought[] => [
    { kind: "pdq", value: full.hash, semantics: "pdq/full" },
    { kind: "pdq", value: nn512.hash, semantics: "pdq/nn512" },
    ...probes.map(
      ({ name, hash, unpadded }): Sought => ({
        kind: "pdq",
        value: hash,
        semantics: "pdq/full",
        probe: name,
        ...(unpadded === undefined ? {} : { unpadded }),
      }),
    ),
  ]);
  return [...exact, ...near];
}

/** What the banks know of these hashes, one match of each item, the best first, with what the policy makes of it. */
export async function lookUp(
  db: Database,
  matcher: Matcher,
  signals: readonly Sought[],
): Promise<{ matches: FoundMatch[]; more: boolean }> {
  const answers = await matcher.lookup(signals, MOST_FOR_EACH);
  const all = answers.flatMap(({ matches }, index) => matches.map((match) => foundOf(match, signals[index])));
  const best = withFrames(bestOfEach(all), answers, signals);
  const policies = await policiesOf(db, [...new Set(best.map(({ bank }) => bank))]);
  return {
    matches: best
      .slice(0, MOST)
      .map((found) => ({ ...found, action: actionOf(found, policies.get(found.bank) ?? DEFAULT_POLICY) })),
    more: best.length > MOST || answers.some(({ more }) => more),
  };
}

function foundOf(match: Match, asked: Lookup | undefined): Omit<FoundMatch, "action"> {
  const { bank, bankName, source, trust, distance, probe, claims, signal } = match;
  return {
    bank,
    bankName,
    source,
    trust,
    entry: match.entry.key,
    match: match.match,
    kind: signal.kind,
    value: signal.value,
    distance,
    ...(asked?.semantics === undefined ? {} : { semantics: asked.semantics }),
    probe,
    ...(claims.classification === undefined ? {} : { classification: claims.classification }),
    tags: claims.tags,
  };
}
