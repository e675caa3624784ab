/** What keeps this machine from storing: nothing is wrong with what was to be stored. */
export type DiskTrouble = "full" | "unwritable";

const CODES: Readonly<Record<string, DiskTrouble>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EIO: "unwritable",
  EROFS: "unwritable",
  // Too many files open, in this process or on the machine.
  EMFILE: "unwritable",
  ENFILE: "unwritable",
};

/** How long a sender should wait: room is made by a person, other trouble often passes by itself. */
export const COME_BACK_SECONDS: Readonly<Record<DiskTrouble, number>> = { full: 120, unwritable: 30 };

/** @returns undefined for an error that says nothing about the disk */
export function diskTrouble(error: unknown): DiskTrouble | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
}
