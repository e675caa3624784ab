import { type PictureFormat } from "../media/format.ts";
import type { PdqValue, PictureFrame, PictureHashes, Probe } from "../media/picture-hashes.ts";
import { type Refusal, type RefusalCode, refusal } from "../media/refusal.ts";

/** What a decoding process may say that it refuses, by the words of its message. */
const REFUSALS: readonly RefusalCode[] = ["media.broken", "media.too-many-pixels", "media.format-unknown"];
const FORMATS: readonly PictureFormat[] = ["jpeg", "png", "gif", "webp", "tiff", "avif"];
const WORDS = 300;
const MOST_FRAMES = 64;
const MOST_PROBES = 2048;

/**
 * Reads what a decoding process says about a file. It has read a stranger's bytes and may have been taken over by them, so
 * its words are a stranger's too.
 */
export function pictureAnswer(words: unknown): PictureHashes | Refusal {
  try {
    return readAnswer(record(words));
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown";
    return refusal("media.broken", `Its decoder gave an answer that is none: ${why}.`);
  }
}

function readAnswer(words: Readonly<Record<string, unknown>>): PictureHashes | Refusal {
  if (words["kind"] === "refused")
    return refusal(oneOf(words["code"], REFUSALS, "code"), text(words["message"], "message"));
  return {
    kind: "picture",
    format: oneOf(words["format"], FORMATS, "format"),
    frames: whole(words["frames"], 1, Number.MAX_SAFE_INTEGER, "frames"),
    hashed: list(words["hashed"], MOST_FRAMES, "hashed").map(frame),
  };
}

function frame(value: unknown): PictureFrame {
  const words = record(value);
  return {
    frame: whole(words["frame"], 0, Number.MAX_SAFE_INTEGER, "frame"),
    width: whole(words["width"], 1, 0xffff_ffff, "width"),
    height: whole(words["height"], 1, 0xffff_ffff, "height"),
    full: pdqValue(words["full"]),
    nn512: pdqValue(words["nn512"]),
    probes: list(words["probes"], MOST_PROBES, "probes").map(probe),
  };
}

function pdqValue(value: unknown): PdqValue {
  const words = record(value);
  const exact = words["exact"];
  if (typeof exact !== "boolean") throw new Error("exact is neither true nor false");
  return { hash: hex(words["hash"]), quality: whole(words["quality"], 0, 100, "quality"), exact };
}

function probe(value: unknown): Probe {
  const words = record(value);
  const found = { name: text(words["name"], "name"), hash: hex(words["hash"]) };
  return words["unpadded"] === undefined ? found : { ...found, unpadded: hex(words["unpadded"]) };
}

function hex(value: unknown): string {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw new Error("a hash has 64 digits");
  return value;
}

function whole(value: unknown, least: number, most: number, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most)
    throw new Error(`${name} is no whole number from ${least} to ${most}`);
  return value;
}

function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw new Error(`${name} is no text`);
  return value.slice(0, WORDS);
}

function list(value: unknown, most: number, name: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Error(`${name} is no list of at most ${most}`);
  return value as readonly unknown[];
}

function oneOf<Word extends string>(value: unknown, words: readonly Word[], name: string): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new Error(`${name} is none that there is`);
  return found;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new Error("it is no object");
  return value as Readonly<Record<string, unknown>>;
}
