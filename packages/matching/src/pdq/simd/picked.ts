import type { PdqSemantics } from "../hash.ts";
import { NEAREST_SIDE, nearest, type Pixels } from "../pixels.ts";
import type { Kernel, Room } from "./kernel.ts";

/** A picture as one of the semantics sees it: its size, and a way to bring rows of it into the kernel's memory. */
export interface Picked {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly rowBytes: number;
  /** Writes rows `from` to `to - 1`, one behind the other. */
  readonly bring: (from: number, to: number, at: number) => void;
}

/** Bytes behind what is brought that may be read or written. */
export const SLACK = 128;

/** @param room from which `bring` keeps what it needs, until the caller gives it back */
export function pickedIn(kernel: Kernel, room: Room, picture: Pixels, semantics: PdqSemantics): Picked {
  const { pixels, width, height, channels } = picture;
  const bytes = width * channels;
  if (semantics === "pdq/full" || (width <= NEAREST_SIDE && height <= NEAREST_SIDE))
    return {
      width,
      height,
      channels,
      rowBytes: bytes,
      bring: (from, to, at) => room.bytes().set(pixels.subarray(from * bytes, to * bytes), at),
    };
  const row = room.take(bytes + SLACK);
  const columns = room.take(NEAREST_SIDE * 4);
  new Uint32Array(room.bytes().buffer, columns, NEAREST_SIDE).forEach((_, x, places) => {
    places[x] = nearest(x, width) * channels;
  });
  const rowBytes = NEAREST_SIDE * channels;
  return {
    width: NEAREST_SIDE,
    height: NEAREST_SIDE,
    channels,
    rowBytes,
    bring: (from, to, at) => {
      for (let y = from; y < to; y++) {
        const start = nearest(y, height) * bytes;
        room.bytes().set(pixels.subarray(start, start + bytes), row);
        kernel.pickColumns(row, columns, NEAREST_SIDE, channels, at + (y - from) * rowBytes);
      }
    },
  };
}
