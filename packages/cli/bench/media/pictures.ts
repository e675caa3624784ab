import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { drawPhotograph } from "@fairlead/simulator";
import { type Original, originalOf, pixelsIn } from "../../src/media-stream/original.ts";

/** What is in the bank, and what is not. */
export interface Pictures {
  readonly known: readonly Original[];
  readonly others: readonly Original[];
}

const SIZE = { width: 640, height: 480 };
/** A picture of one's own is made smaller than this, so that a run ends. */
const LONGEST = 1280;
/** The one photograph among the reference's pictures; the others are edits of it (ThreatExchange, BSD; the licence lies beside it). */
const BRIDGE = new URL("../../../matching/data/pdq/images/bridge-mods-aaa-orig.jpg", import.meta.url);

/** Made-up photographs, the same for each seed; the reference's one is known besides. */
export async function madePictures(seed: string, known: number, others: number): Promise<Pictures> {
  const bridge = await originalOf("bridge", await pixelsIn(await readFile(BRIDGE), LONGEST));
  const made = async (from: number, count: number) => {
    const originals: Original[] = [];
    for (let number = from; number < from + count; number += 1)
      originals.push(await originalOf(`made-${number}`, drawPhotograph(seed, number, SIZE)));
    return originals;
  };
  return {
    known: [bridge, ...(await made(0, known - 1))],
    others: await made(known, others),
  };
}

/** The pictures of a folder: every second one is known. */
export async function picturesOf(folder: string): Promise<Pictures> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
    .toSorted();
  if (names.length < 4)
    throw new RangeError(`${folder} has ${names.length} pictures (.jpg, .png, .webp); give it 4 or more.`);
  const all: Original[] = [];
  for (const name of names)
    all.push(await originalOf(name, await pixelsIn(await readFile(join(folder, name)), LONGEST)));
  return { known: all.filter((_, at) => at % 2 === 0), others: all.filter((_, at) => at % 2 === 1) };
}
