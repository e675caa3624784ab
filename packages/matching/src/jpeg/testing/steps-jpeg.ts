/** A JPEG of flat blocks, written by hand so that it can have what encoders at hand do not write: restarts, and any sampling. */
export interface Steps {
  /** Units across and down. */
  readonly across: number;
  readonly down: number;
  /** For each block of luma, in the file's order, the level that it is to have: -3 to 3 times 16 from the middle. */
  readonly levels: readonly number[];
  /** Units between restarts, or 0. */
  readonly restart: number;
  /** Blocks of luma across and down in a unit, beside one of each colour; null for grey. */
  readonly sampling: readonly [number, number] | null;
}

/** Writes such a file. */
export function stepsJpeg({ across, down, levels, restart, sampling }: Steps): Uint8Array {
  const [wide, high] = sampling ?? [1, 1];
  const [width, height] = [8 * across * wide, 8 * down * high];
  const bytes: number[] = [0xff, 0xd8];
  const segment = (marker: number, body: readonly number[]) =>
    bytes.push(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body);
  // A step of the mean is an eighth of eight times the quantiser: 16 levels.
  segment(0xdb, [0, ...repeated(128, 64)]);
  const colours = sampling === null ? [] : [2, 0x11, 0, 3, 0x11, 0];
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const count = sampling === null ? 1 : 3;
  segment(0xc0, [8, ...size, count, 1, sampling === null ? 0x11 : wide * 16 + high, 0, ...colours]);
  // Sizes 0 to 3 have codes of two bits; the end of a block has one bit.
  segment(0xc4, [0x00, 0, 3, 1, ...repeated(0, 13), 0, 1, 2, 3]);
  segment(0xc4, [0x10, 1, ...repeated(0, 15), 0]);
  if (restart > 0) segment(0xdd, [restart >> 8, restart & 255]);
  segment(0xda, [count, ...[1, 0, 2, 0, 3, 0].slice(0, 2 * count), 0, 63, 0]);
  let bits = "";
  const flush = () => {
    for (const byte of bits.padEnd(Math.ceil(bits.length / 8) * 8, "1").match(/.{8}/g) ?? []) {
      bytes.push(Number.parseInt(byte, 2));
      if (byte === "11111111") bytes.push(0);
    }
    bits = "";
  };
  const codes = ["00", "01", "10", "110"];
  const blocks = wide * high;
  let last = 0;
  for (let unit = 0; unit < across * down; unit++) {
    if (restart > 0 && unit > 0 && unit % restart === 0) {
      flush();
      bytes.push(0xff, 0xd0 + ((unit / restart - 1) & 7));
      last = 0;
    }
    for (const level of levels.slice(unit * blocks, (unit + 1) * blocks)) {
      const step = level - last;
      last = level;
      const length = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
      const value = step > 0 ? step : step + (1 << length) - 1;
      bits += `${codes[length] ?? ""}${length === 0 ? "" : value.toString(2).padStart(length, "0")}0`;
    }
    if (sampling !== null) bits += "000000";
  }
  flush();
  bytes.push(0xff, 0xd9);
  return Uint8Array.from(bytes);
}

function repeated(byte: number, times: number): readonly number[] {
  return Array.from({ length: times }, () => byte);
}
