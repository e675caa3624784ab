import type { PictureFormat } from "./format.ts";

/** One PDQ value of a picture. */
export interface PdqValue {
  /** 64 lower-case hexadecimal digits. */
  readonly hash: string;
  /** 0 to 100. Below 50 a picture has too little in it for its hash to say much. */
  readonly quality: number;
  /** Made from the pixels by the published arithmetic, and so the value to exchange; else it may be some bits off. */
  readonly exact: boolean;
}

/** A hash of a picture that was changed first, to find copies that were changed the other way. */
export interface Probe {
  /** How it was changed, e.g. `pad-2.6` or `rotate90`. */
  readonly name: string;
  readonly hash: string;
  /** Of a probe with a border: the same picture turned the same way without it, of which what is found must be clearly further away. */
  readonly unpadded?: string;
}

/** One frame of a picture; a picture that does not move has one. */
export interface PictureFrame {
  /** Its number in the file, from 0. */
  readonly frame: number;
  readonly width: number;
  readonly height: number;
  readonly full: PdqValue;
  readonly nn512: PdqValue;
  /** Empty unless they were asked for. */
  readonly probes: readonly Probe[];
}

/** What a picture's file gives to look for. */
export interface PictureHashes {
  readonly kind: "picture";
  readonly format: PictureFormat;
  /** How many frames the file has; of many, some that are evenly spread are hashed. */
  readonly frames: number;
  readonly hashed: readonly PictureFrame[];
}
