const FIRST_BYTES = 1 << 16;
const [TAB, NEWLINE, RETURN, BACKSLASH] = [9, 10, 13, 92];

/** Rows in the text format of COPY, written byte by byte: no string is built of a row, only to be copied into another. */
export interface CopyText {
  /** A row that ends, after columns that `put` has written. */
  row(): void;
  /** A column; backslash, tab and line ends in it are written with a backslash. */
  put(text: string): void;
  /** A column without a value. */
  putNull(): void;
  /** What was written. The next text begins anew. */
  take(): Buffer;
}

export function copyText(): CopyText {
  let bytes = Buffer.allocUnsafe(FIRST_BYTES);
  let used = 0;

  function room(more: number): void {
    if (used + more <= bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(used + more, bytes.length * 2));
    bytes.copy(wider, 0, 0, used);
    bytes = wider;
  }

  function put(text: string): void {
    // Three bytes are the most that a UTF-16 unit takes, and two for one that is written with a backslash; one more ends the column.
    room(text.length * 3 + 1);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) {
        putWide(text, at);
        return;
      }
      const name = code > BACKSLASH ? undefined : NAMES[code];
      if (name !== undefined) bytes[used++] = BACKSLASH;
      bytes[used++] = name ?? code;
    }
    bytes[used++] = TAB;
  }

  /** The rest of a text that is not plain ASCII. */
  function putWide(text: string, from: number): void {
    const rest = text.slice(from).replaceAll(/[\\\t\n\r]/g, (one) => `\\${ESCAPES.get(one) ?? one}`);
    used += bytes.write(rest, used);
    bytes[used++] = TAB;
  }

  return {
    put,
    putNull: () => {
      room(3);
      bytes[used++] = BACKSLASH;
      bytes[used++] = "N".charCodeAt(0);
      bytes[used++] = TAB;
    },
    row: () => {
      bytes[used - 1] = NEWLINE;
    },
    take: () => {
      const taken = Buffer.from(bytes.subarray(0, used));
      used = 0;
      return taken;
    },
  };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\t", "t"],
  ["\n", "n"],
  ["\r", "r"],
]);

/** By code, the letter that stands behind the backslash. */
const NAMES: readonly (number | undefined)[] = Array.from({ length: BACKSLASH + 1 }, (_, code) =>
  code === TAB || code === NEWLINE || code === RETURN
    ? ESCAPES.get(String.fromCharCode(code))?.charCodeAt(0)
    : code === BACKSLASH
      ? BACKSLASH
      : undefined,
);
