// POSIX.1-1988 ustar, in the one form in which a package is written: plain files, mode 0644, no owner, the epoch as
// time, and nothing but zeros where nothing is said. A reader that knows name and size knows every byte of the header,
// so it compares instead of parsing, and no byte of the archive is outside of the manifest's signature.

const BLOCK = 512;
/** Eleven octal digits. A larger file's size stands in a pax record (POSIX.1-2001), where any tar finds it. */
const MAX_USTAR_SIZE = 0o77777777777;
const NAME_LENGTH = 100;
const TYPE_AT = 156;
const FILE = "0";
const PAX = "x";

/** Two zero blocks end an archive. */
export const END_OF_ARCHIVE: Uint8Array = new Uint8Array(2 * BLOCK);

/** The bytes in front of a file: one block, or three if the size needs a pax record. */
export function entryHeader(name: string, size: number): Uint8Array {
  if (size <= MAX_USTAR_SIZE) return block(name, size, FILE);
  const record = paxRecord("size", String(size));
  return Buffer.concat([
    block("PaxHeader", record.length, PAX),
    record,
    padding(record.length),
    block(name, 0, FILE),
  ]);
}

/** The zeros that fill a file's last block. */
export function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Header, file and padding together, in bytes. */
export function entrySize(name: string, size: number): number {
  return entryHeader(name, size).length + size + padding(size).length;
}

/** What a foreign or damaged header says of itself, for a message to a person. */
export function describeHeader(header: Uint8Array): string {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength);
  if (bytes.every((byte) => byte === 0)) return "the end of the archive";
  const name = bytes
    .subarray(0, NAME_LENGTH)
    .toString("latin1")
    .replace(/\0.*$/s, "")
    .replaceAll(/[^ -~]/g, "?");
  const type = String.fromCharCode(bytes[TYPE_AT] ?? 0);
  const kinds: Record<string, string> = { "1": "a hard link", "2": "a symbolic link", "5": "a folder" };
  const kind = type === FILE ? "a file" : (kinds[type] ?? "an entry of another kind");
  return `${kind} named "${name}" (${sizeIn(header) ?? "unreadable number of"} bytes)`;
}

/** The size in a plain header; null if it is not eleven octal digits. Only a guess until the whole header is compared. */
export function sizeIn(header: Uint8Array): number | null {
  const field = Buffer.from(header.subarray(124, 135)).toString("latin1");
  return /^[0-7]{11}$/.test(field) ? Number.parseInt(field, 8) : null;
}

function block(name: string, size: number, type: string): Uint8Array {
  if (name.length > NAME_LENGTH || /[^!-~]/.test(name))
    throw new RangeError(`"${name}" does not fit a ustar header`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, "ascii");
  const fields: readonly (readonly [at: number, text: string])[] = [
    [100, octal(0o644, 7)], // mode
    [108, octal(0, 7)], // owner
    [116, octal(0, 7)], // group
    [124, octal(size, 11)],
    [136, octal(0, 11)], // time
    [257, "ustar"],
    [263, "00"], // version
    [329, octal(0, 7)], // device, which only a device has; GNU tar writes it, so we do
    [337, octal(0, 7)],
  ];
  for (const [at, text] of fields) header.write(text, at, "ascii");
  // The checksum is counted as if its own field were spaces.
  header.write("        ", 148, "ascii");
  header.write(type, TYPE_AT, "ascii");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148, "ascii");
  return header;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

/** `LENGTH KEY=VALUE\n`, where LENGTH counts itself. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
  return Buffer.from(`${length}${rest}`, "ascii");
}
