import { createHash } from "node:crypto";
import { hexOfHash, loadPdq } from "@fairlead/matching";
import type { Original } from "./original.ts";

/** One entry of a list of hashes, as `fairlead bank import` reads it. */
export interface ListEntry {
  key: string;
  media: "image";
  signals: ReadonlyArray<{ kind: string; value: string; semantics?: string; quality?: number }>;
  /** In a scale of the made-up source's own. */
  classification: string;
}

const CLASSIFICATION = "K1";

/** What a source that shares hashes would say of these pictures: two digests and the perceptual hash of each, graded. */
export async function listOf(originals: readonly Original[]): Promise<ListEntry[]> {
  const pdq = await loadPdq();
  return originals.map(({ name, file, photograph }) => {
    const { hash, quality } = pdq.hashPixels({ ...photograph, channels: 3 }, "pdq/full");
    return {
      key: name,
      media: "image",
      signals: [
        { kind: "md5", value: createHash("md5").update(file).digest("hex") },
        { kind: "sha256", value: createHash("sha256").update(file).digest("hex") },
        { kind: "pdq", value: hexOfHash(hash), semantics: "pdq/full", quality },
      ],
      classification: CLASSIFICATION,
    };
  });
}
