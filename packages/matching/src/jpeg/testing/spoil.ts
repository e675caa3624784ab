import type { Pdq } from "../../pdq/plain.ts";

/** A copy of a file with some harm done to it: bytes changed, cut out, doubled, or the end missing. */
export function spoilt(file: Uint8Array, chance: () => number): Uint8Array {
  const upTo = (most: number) => Math.floor(chance() * most);
  let bytes = Array.from(file);
  for (let times = 1 + upTo(4); times > 0; times--) {
    // Half of the harm is near the front, where heads and tables are.
    const at = upTo(chance() < 0.5 ? Math.min(700, bytes.length) : bytes.length);
    const length = 1 + upTo(40);
    switch (upTo(6)) {
      case 0:
        bytes[at] = upTo(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << upTo(8));
        break;
      case 2:
        bytes.splice(at, length);
        break;
      case 3:
        bytes.splice(at, 0, ...bytes.slice(upTo(bytes.length)).slice(0, length * 10));
        break;
      case 4:
        bytes[at] = 0xff;
        bytes[at + 1] = 0xc0 + upTo(64);
        break;
      default:
        bytes = bytes.slice(0, Math.max(2, bytes.length - upTo(bytes.length)));
    }
  }
  return Uint8Array.from(bytes);
}

/** What became of spoilt files. */
export interface Spoiling {
  readonly cases: number;
  readonly answers: Readonly<Record<string, number>>;
  /** Cases that ended in anything but an answer, or after which a whole file had another hash. */
  readonly failures: readonly string[];
}

/** Hashes spoilt copies of these files, and the first file whole after every hundredth. */
export function hashSpoilt(
  pdq: Pdq,
  files: readonly Uint8Array[],
  cases: number,
  chance: () => number,
): Spoiling {
  const [whole = new Uint8Array()] = files;
  const right = JSON.stringify(pdq.hashJpeg(whole, ["pdq/full"]));
  const answers: Record<string, number> = {};
  const failures: string[] = [];
  for (let at = 0; at < cases; at++) {
    const file = files[Math.floor(chance() * files.length)] ?? whole;
    try {
      const answer = pdq.hashJpeg(spoilt(file, chance), ["pdq/full", "pdq/nn512"]);
      const word = "refused" in answer ? answer.refused : "hashed";
      answers[word] = (answers[word] ?? 0) + 1;
    } catch (problem) {
      failures.push(`case ${at}: ${String(problem)}`);
    }
    if (at % 100 === 99 && JSON.stringify(pdq.hashJpeg(whole, ["pdq/full"])) !== right)
      failures.push(`case ${at}: the whole file has another hash`);
  }
  return { cases, answers, failures };
}
