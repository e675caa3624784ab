/** APP0 says how the file is to be read; APP1 to APP15 and comments say what stands beside the picture (ITU-T T.81, B.1.1.3). */
const isBeside = (marker: number) => (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
const START_OF_SCAN = 0xda;

/**
 * A JPEG without what stands beside its picture: other bytes, and the same picture to the last bit.
 * @param file a whole JPEG of one's own
 */
export function withoutMetadata(file: Uint8Array): Buffer {
  const parts: Uint8Array[] = [file.subarray(0, 2)];
  for (let at = 2; at + 4 <= file.length; ) {
    const [marker, length] = [file[at + 1] ?? 0, 2 + (file[at + 2] ?? 0) * 256 + (file[at + 3] ?? 0)];
    if (file[at] !== 0xff) throw new Error("this JPEG has no marker where one must be");
    if (marker === START_OF_SCAN) {
      parts.push(file.subarray(at));
      break;
    }
    if (!isBeside(marker)) parts.push(file.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat(parts);
}
