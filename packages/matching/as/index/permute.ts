/** Puts the bits of hashes at their permuted places, by a table of 32 bytes for each value of each of the 64 nibbles. */
export function permute(at: usize, count: u32, table: usize): void {
  for (let left = count; left > 0; left--, at += 32) {
    let low = i64x2.splat(0);
    let high = i64x2.splat(0);
    let row = table;
    for (let byte: usize = 0; byte < 32; byte++, row += 1024) {
      const value = <usize>load<u8>(at + byte);
      const first = row + ((value & 15) << 5);
      const second = row + 512 + ((value >> 4) << 5);
      low = v128.or(low, v128.or(v128.load(first), v128.load(second)));
      high = v128.or(high, v128.or(v128.load(first, 16), v128.load(second, 16)));
    }
    v128.store(at, low);
    v128.store(at, high, 16);
  }
}
