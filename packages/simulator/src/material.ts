import { chance, logNormal, pick } from "./draw.ts";
import { encodePng } from "./png.ts";
import { randomStream } from "./random.ts";
import { drawScene } from "./scene.ts";
import { ADJECTIVES, CHAT_LINES, NOUNS } from "./words.ts";

/** A still picture, a moving picture or something else (a chat export). */
export type MaterialKind = "photo" | "video" | "other";

/**
 * A thing that people share: each has bytes of its own, however often it is shared. `looksLike` is the number of the item
 * that a near duplicate was made from.
 */
export interface Item {
  number: number;
  kind: MaterialKind;
  looksLike?: number | undefined;
  /** Shared by very many people who have nothing to do with each other. */
  viral: boolean;
}

export interface Material {
  bytes: Uint8Array;
  mediaType: string;
  /** The ending of a file's name. */
  extension: string;
  about: string;
}

/** The smallest and largest picture, in pixels over all frames, which is nearly its size in bytes. */
const PIXELS = { least: 1_000, most: 58_000 } as const;
const VIDEO_FRAMES = 3;
const CHAT_LENGTH = { least: 12, more: 60 } as const;

/** The name by which the truth calls an item, such as `photo-17`. */
export function itemName(item: Item): string {
  return `${item.kind}-${item.number}`;
}

/** The item's bytes. The same seed and item give the same bytes. */
export function materialOf(seed: string, item: Item): Material {
  return item.kind === "other" ? chatExport(seed, item) : drawing(seed, item);
}

/** One sentence about the item, without making its bytes. */
export function aboutItem(seed: string, item: Item): string {
  if (item.kind === "other") return CHAT_ABOUT;
  const copy = { number: item.number, altered: item.looksLike !== undefined };
  return drawScene(sceneStream(seed, item), { width: 1, height: 1, frames: 1 }, copy).about;
}

const CHAT_ABOUT = "A chat about weather, football and cooking.";

function sceneStream(seed: string, item: Item) {
  return randomStream(seed, "scene", item.looksLike ?? item.number);
}

function drawing(seed: string, item: Item): Material {
  const size = randomStream(seed, "size", item.looksLike ?? item.number);
  const frames = item.kind === "video" ? VIDEO_FRAMES : 1;
  // Half of the pictures are smaller than 4,500 pixels, one in twenty is larger than 20,000: small enough to send hundreds.
  const pixels =
    Math.min(PIXELS.most, Math.max(PIXELS.least, logNormal(size, Math.log(4_500), 0.9))) / frames;
  const height = Math.max(16, Math.floor(Math.sqrt((pixels * 3) / 4)));
  const width = Math.floor((height * 4) / 3);
  const copy = { number: item.number, altered: item.looksLike !== undefined };
  const { picture, about } = drawScene(sceneStream(seed, item), { width, height, frames }, copy);
  return {
    bytes: encodePng(picture),
    mediaType: item.kind === "video" ? "image/apng" : "image/png",
    extension: item.kind === "video" ? "apng" : "png",
    about,
  };
}

function chatExport(seed: string, item: Item): Material {
  const random = randomStream(seed, "chat", item.number);
  const [one, other] = [
    `${pick(random, ADJECTIVES)}_${pick(random, NOUNS)}`,
    `${pick(random, NOUNS)}${item.number}`,
  ];
  const lines = [`Chat of ${one} and ${other}`];
  let minute = random.below(600);
  for (let left = CHAT_LENGTH.least + random.below(CHAT_LENGTH.more); left > 0; left -= 1) {
    minute += random.below(9);
    const clock = `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    lines.push(`[${clock}] ${chance(random, 0.5) ? one : other}: ${pick(random, CHAT_LINES)}`);
  }
  return {
    bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
    mediaType: "text/plain",
    extension: "txt",
    about: CHAT_ABOUT,
  };
}
