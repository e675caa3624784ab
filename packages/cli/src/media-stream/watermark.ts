import type { Photograph } from "@fairlead/simulator";

/** Letters of five by seven, drawn here: what fonts a machine has must not decide what is measured. */
const LETTERS = [
  ["#...#", "#..#.", "#.#..", "##...", "#.#..", "#..#.", "#...#"],
  ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "#####"],
  ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."],
  ["#####", "#....", "#....", "####.", "#....", "#....", "#####"],
  [".####", "#....", "#....", ".###.", "....#", "....#", "####."],
] as const;
const CELLS = LETTERS.length * 6 + 1;

/** The same picture with a dark band along its lower edge, a twelfth of its height, and a white word in it. */
export function withBand({ pixels, width, height }: Photograph): Photograph {
  const marked = Uint8Array.from(pixels);
  const band = Math.max(9, Math.floor(height / 12));
  const from = height - band - Math.floor(height / 40);
  const cell = Math.max(1, Math.floor(band / 9));
  const left = Math.floor((width - CELLS * cell) / 2);
  for (let y = from; y < from + band; y += 1)
    for (let x = 0; x < width; x += 1) {
      const ink = isInk(Math.floor((x - left) / cell), Math.floor((y - from) / cell) - 1);
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        marked[at + channel] = ink ? 250 : Math.floor((pixels[at + channel] ?? 0) / 3);
    }
  return { pixels: marked, width, height };
}

function isInk(column: number, row: number): boolean {
  if (column < 0 || row < 0) return false;
  return LETTERS[Math.floor(column / 6)]?.[row]?.[column % 6] === "#";
}
