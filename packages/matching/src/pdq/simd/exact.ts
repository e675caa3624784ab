import { SAMPLES, samplesOf } from "../box.ts";
import type { Kernel, Room } from "./kernel.ts";
import { type Picked, SLACK } from "./picked.ts";

const ROWS = 4;

/** Makes the grid with every operation of the reference in its order, of a picture of any size but the grid's own. */
export function gridExactly(kernel: Kernel, room: Room, picked: Picked, grid: number): void {
  const { width, height, channels, rowBytes } = picked;
  const working = room.take(kernel.exactRoom(width, height));
  const columns = room.take(SAMPLES * 4);
  const lines = room.take(SAMPLES * 4);
  const strip = room.take(ROWS * rowBytes + SLACK);
  const { buffer } = room.bytes();
  new Uint32Array(buffer, columns, SAMPLES).set(samplesOf(width));
  new Uint32Array(buffer, lines, SAMPLES).set(samplesOf(height));
  kernel.exactBegin(width, height, channels, working, columns, lines, grid);
  for (let y = 0; y < height; y += ROWS) {
    const rows = Math.min(ROWS, height - y);
    picked.bring(y, y + rows, strip);
    kernel.exactRows(strip, rowBytes, rows);
  }
  kernel.exactEnd();
}
