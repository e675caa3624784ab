// Huffman tables. The first ten bits choose an entry that tells the whole symbol with its value, if both fit in; the longer
// codes are found by their length.

const LOOKED: i32 = 10;
const ENTRIES: i32 = 1 << LOOKED;

/** An entry has the bits it takes (0 to 7), how far it goes (8 to 15), what it is (these), and its value (16 to 31). */
const LENGTH: u32 = 0x1f;
const WHOLE: u32 = 0x20;
const CODE: u32 = 0x40;
export const END: i32 = 128;

/**
 * Room for a table: the entries; for each length of code the first code that is longer, and where its symbols begin; 256 symbols;
 * then for the first ten bits the symbol alone, with the length of its code from bit 8, or 0.
 */
const BARE: usize = <usize>ENTRIES * 4 + 18 * 4 + 18 * 4 + 256;
export const TABLE_BYTES: usize = BARE + <usize>ENTRIES * 2 + 16;

/**
 * @param counts how many codes there are of each length from 1 to 16, a byte each
 * @param symbols as many bytes as the counts make together
 * @param ac whether a symbol holds a run as well as a size
 * @returns whether these counts make a table
 */
export function buildTable(table: usize, counts: usize, symbols: usize, ac: bool): bool {
  memory.fill(table, 0, TABLE_BYTES);
  const limits = table + <usize>ENTRIES * 4;
  const offsets = limits + 18 * 4;
  const kept = offsets + 18 * 4;
  let code = 0;
  let at = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(counts + length - 1);
    if (at + count > 256 || code + count > 1 << length) return false;
    store<i32>(offsets + (<usize>length << 2), at - code);
    for (let index = 0; index < count; index++) {
      const symbol = load<u8>(symbols + at);
      store<u8>(kept + at, symbol);
      if (length <= LOOKED) fill(table, code, length, symbol, ac);
      code++;
      at++;
    }
    // Sixteen bits from the top below this have a code of at most this length.
    store<i32>(limits + (<usize>length << 2), code << (16 - length));
    code <<= 1;
  }
  return true;
}

function fill(table: usize, code: i32, length: i32, symbol: u8, ac: bool): void {
  const size = ac ? symbol & 15 : symbol;
  const run = ac ? symbol >> 4 : 0;
  const first = code << (LOOKED - length);
  const many = 1 << (LOOKED - length);
  for (let index = 0; index < many; index++) {
    store<u16>(table + BARE + (<usize>(first + index) << 1), <u16>symbol | <u16>(length << 8));
    let entry = CODE | <u32>length | (<u32>symbol << 8);
    if (size == 0) {
      const goes = ac && run != 15 ? END : run;
      entry = WHOLE | <u32>length | (<u32>goes << 8);
    } else if (length + size <= LOOKED) {
      const value = extend((index >> (LOOKED - length - size)) & ((1 << size) - 1), size);
      entry = WHOLE | <u32>(length + size) | (<u32>run << 8) | (<u32>value << 16);
    }
    store<u32>(table + (<usize>(first + index) << 2), entry);
  }
}

/** The number that `size` bits stand for (ITU-T T.81, F.2.2.1). */
@inline
export function extend(bits: i32, size: i32): i32 {
  return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}

@inline
export function entryOf(table: usize, bits: u64): u32 {
  return load<u32>(table + (<usize>(bits >> (64 - LOOKED)) << 2));
}

@inline
export function isWhole(entry: u32): bool {
  return (entry & WHOLE) != 0;
}

@inline
export function lengthOf(entry: u32): i32 {
  return entry & LENGTH;
}

@inline
export function goesOf(entry: u32): i32 {
  return (entry >> 8) & 0xff;
}

@inline
export function valueOf(entry: u32): i32 {
  return <i32>entry >> 16;
}

/** A symbol of any length: the symbol, with the length of its code from bit 8. Negative if these bits are no code. */
export function symbolOf(table: usize, bits: u64): i32 {
  const entry = load<u32>(table + (<usize>(bits >> (64 - LOOKED)) << 2));
  if ((entry & CODE) != 0) return ((entry >> 8) & 0xff) | ((entry & LENGTH) << 8);
  const limits = table + <usize>ENTRIES * 4;
  const offsets = limits + 18 * 4;
  const top = <i32>(bits >> 48);
  for (let length = LOOKED + 1; length <= 16; length++)
    if (top < load<i32>(limits + (<usize>length << 2))) {
      const at = (top >> (16 - length)) + load<i32>(offsets + (<usize>length << 2));
      if (at < 0 || at > 255) return -1;
      return load<u8>(offsets + 18 * 4 + at) | (length << 8);
    }
  return -1;
}

/** A symbol and nothing else, for progressive scans, whose symbols mean other things: like `symbolOf`, for any table. */
export function bareSymbolOf(table: usize, bits: u64): i32 {
  const bare = <i32>load<u16>(table + BARE + (<usize>(bits >> (64 - LOOKED)) << 1));
  return bare != 0 ? bare : symbolOf(table, bits);
}
