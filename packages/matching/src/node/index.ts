export type { Digests, DigestStream } from "./digests.ts";
export { newDigests } from "./digests.ts";
export type { PictureHasher, PictureHasherOptions, PictureOptions } from "./picture-hasher.ts";
export { openPictureHasher } from "./picture-hasher.ts";
export type { VideoHasher, VideoHasherOptions, VideoHashes } from "./video-hasher.ts";
export { openVideoHasher } from "./video-hasher.ts";
export { pixelsOf } from "./pixels.ts";
export type { DecodingLimits } from "./pixels.ts";
