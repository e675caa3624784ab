import { crc32 } from "node:zlib";

/** A picture with a palette, still (one frame) or moving (several, one after the other, for ever). */
export interface Picture {
  /** Pixels, 1 to 65535. */
  width: number;
  height: number;
  /** Up to 256 colours, each red, green and blue from 0 to 255. */
  palette: ReadonlyArray<readonly [number, number, number]>;
  /** For each frame, one palette index a pixel, row by row. */
  frames: readonly Uint8Array[];
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** RFC 1951, section 3.2.4: the length of a stored block has 16 bits. */
const STORED_BLOCK_LIMIT = 65_535;
const FRAME_SECONDS = [1, 2] as const;

/**
 * The bytes of a PNG file (W3C PNG, third edition; several frames make an animated one). Pixels are stored, not compressed:
 * compressors differ from machine to machine and version to version, and the same seed must give the same bytes.
 */
export function encodePng(picture: Picture): Uint8Array {
  const moving = picture.frames.length > 1;
  const chunks = [chunk("IHDR", header(picture))];
  if (moving) chunks.push(chunk("acTL", words(picture.frames.length, 0)));
  chunks.push(chunk("PLTE", Uint8Array.from(picture.palette.flat())));
  let sequence = 0;
  picture.frames.forEach((pixels, index) => {
    if (moving) {
      chunks.push(chunk("fcTL", frameControl(picture, sequence)));
      sequence += 1;
    }
    const data = zlibStored(filteredRows(picture, pixels));
    if (index === 0) chunks.push(chunk("IDAT", data));
    else {
      chunks.push(chunk("fdAT", joined([words(sequence), data])));
      sequence += 1;
    }
  });
  chunks.push(chunk("IEND", new Uint8Array(0)));
  return joined([SIGNATURE, ...chunks]);
}

function header({ width, height }: Picture): Uint8Array {
  // Bit depth 8, colour type 3 (palette), the only compression and filter methods, no interlace.
  return joined([words(width, height), Uint8Array.of(8, 3, 0, 0, 0)]);
}

function frameControl({ width, height }: Picture, sequence: number): Uint8Array {
  const [numerator, denominator] = FRAME_SECONDS;
  return joined([words(sequence, width, height, 0, 0), Uint8Array.of(0, numerator, 0, denominator, 0, 0)]);
}

/** Each row begins with its filter's number; 0 is none. */
function filteredRows({ width, height }: Picture, pixels: Uint8Array): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return rows;
}

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, section 3.2.4). */
function zlibStored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < data.length; at += STORED_BLOCK_LIMIT) {
    const block = data.subarray(at, at + STORED_BLOCK_LIMIT);
    const last = at + block.length === data.length ? 1 : 0;
    const length = block.length;
    parts.push(Uint8Array.of(last, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff), block);
  }
  parts.push(words(adler32(data)));
  return joined(parts);
}

/** RFC 1950, section 9. The sums are reduced every 3800 bytes, before they could leave 32 bits. */
function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < data.length; at += 3800) {
    for (const byte of data.subarray(at, at + 3800)) {
      a += byte;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return b * 65_536 + a;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([new TextEncoder().encode(type), data]);
  return joined([words(data.length), named, words(crc32(named))]);
}

/** 32-bit numbers, most significant byte first. */
function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setUint32(index * 4, value));
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
