import { type ChildProcess, execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { access, constants, open, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { promisify } from "node:util";
import { formatOf, HEAD_BYTES, isPicture } from "../media/format.ts";
import { type Refusal, refusal } from "../media/refusal.ts";
import type { VideoFrame } from "../video/frames.ts";
import { type Confinement, findConfinement } from "./confinement.ts";
import { decoderWords } from "./decoder-process.ts";
import { messagesOf } from "./message.ts";
import { videoFrame } from "./video-answer.ts";

export interface VideoHasherOptions {
  /** Frames taken of a second of video. Default 1. */
  readonly framesPerSecond?: number;
  /** Frames taken at most, from the beginning. Default 3,600. */
  readonly maxFrames?: number;
  /** A longer file is refused. Default 1 GiB; it lies in memory while it is decoded. */
  readonly maxBytes?: number;
  /** Pixels of one frame at most. Default 8192 x 4320. */
  readonly maxPixels?: number;
  /** After this long a file is given up. Default 120 s. */
  readonly milliseconds?: number;
  /** The program. Default `ffmpeg`. */
  readonly ffmpeg?: string;
}

/** What a video's file gives to look for. */
export interface VideoHashes {
  readonly kind: "video";
  readonly framesPerSecond: number;
  readonly frames: readonly VideoFrame[];
  /** Whether there was more of it than was looked at. */
  readonly more: boolean;
}

/** Decodes and hashes videos of strangers outside this process. */
export interface VideoHasher {
  readonly confinement: Pick<Confinement, "noNetwork" | "limits">;
  /** What ffmpeg calls its version; null where there is none. */
  readonly decoder: string | null;
  /** Never rejects for what a file is. @throws whatever reading `file` throws */
  hash(file: AsyncIterable<Uint8Array>): Promise<VideoHashes | Refusal>;
}

const DEFAULTS = {
  framesPerSecond: 1,
  maxFrames: 3600,
  maxBytes: 1024 ** 3,
  maxPixels: 8192 * 4320,
  milliseconds: 120_000,
  ffmpeg: "ffmpeg",
};
type Settings = typeof DEFAULTS;

/** Containers that hold their own pictures. Playlists, which name other files and hosts, are none of them. */
const CONTAINERS = "mov,matroska,avi,mpegts,flv,ogg";
const MEMORY = 2_000_000_000;
const FILE = 3;

export async function openVideoHasher(options: VideoHasherOptions = {}): Promise<VideoHasher> {
  const settings = { ...DEFAULTS, ...options };
  const [confinement, decoder] = [await findConfinement(), await versionOf(settings.ffmpeg)];
  return {
    confinement,
    decoder,
    hash: async (file) => {
      if (decoder === null)
        return refusal("media.no-decoder", `There is no program called ${settings.ffmpeg} that runs.`);
      await using held = await nameless();
      const refused = await keep(file, held, settings.maxBytes);
      return refused ?? (await hashHeld(held, confinement, settings));
    },
  };
}

async function versionOf(program: string): Promise<string | null> {
  return await promisify(execFile)(program, ["-version"]).then(
    ({ stdout }) => /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? null,
    () => null,
  );
}

/** A file in memory where there is such a place, without a name, so that nothing of it can stay behind. */
async function nameless(): Promise<FileHandle> {
  const memory = await access("/dev/shm", constants.W_OK).then(
    () => "/dev/shm",
    () => tmpdir(),
  );
  const path = join(memory, `fairlead-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}

async function keep(
  file: AsyncIterable<Uint8Array>,
  held: FileHandle,
  maxBytes: number,
): Promise<Refusal | null> {
  let bytes = 0;
  for await (const chunk of file) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      return refusal("media.too-many-bytes", `It has more than ${maxBytes} bytes; no more are decoded.`);
    await held.write(chunk);
  }
  const head = new Uint8Array(HEAD_BYTES);
  const { bytesRead } = await held.read(head, 0, HEAD_BYTES, 0);
  const format = formatOf(head.subarray(0, bytesRead));
  return format === null || isPicture(format)
    ? refusal("media.format-unknown", "Its first bytes are of no video format that is decoded here.")
    : null;
}

async function hashHeld(
  held: FileHandle,
  confinement: Confinement,
  settings: Settings,
): Promise<VideoHashes | Refusal> {
  const limits = { memory: MEMORY, cpuSeconds: Math.ceil(settings.milliseconds / 1000) };
  const decoder = confinement.start(settings.ffmpeg, ffmpegWords(settings), limits, [
    "ignore",
    "pipe",
    "pipe",
    held.fd,
  ]);
  const words = [...decoderWords("frame-hasher"), String(settings.maxPixels)];
  const hasher = confinement.start(process.execPath, words, limits, [
    decoder.stdout ?? "ignore",
    "pipe",
    "inherit",
  ]);
  // The pipe is the hasher's now: while this process held its end too, a decoder would wait for a dead reader for ever.
  decoder.stdout?.destroy();
  const late = setTimeout(
    () => [decoder, hasher].map((child) => child.kill("SIGKILL")),
    settings.milliseconds,
  );
  try {
    const [ended, said] = [endOf(decoder), textOf(decoder)];
    const frames = await framesOf(hasher, settings.maxFrames);
    const { code, why } = await ended;
    if (hasher.killed && decoder.killed)
      return refusal("media.too-slow", "It was not decoded in the time that a file has.");
    if (frames === null || (frames.length === 0 && code !== 0)) return undecodable(await said, why, settings);
    const kept = frames.slice(0, settings.maxFrames);
    const { framesPerSecond } = settings;
    return { kind: "video", framesPerSecond, frames: kept, more: frames.length > kept.length };
  } finally {
    clearTimeout(late);
    decoder.kill("SIGKILL");
    hasher.kill("SIGKILL");
  }
}

function undecodable(said: string, why: string, { maxPixels }: Settings): Refusal {
  if (said.includes("max pixel count"))
    return refusal(
      "media.too-many-pixels",
      `Its frames have more than the ${maxPixels} pixels that are decoded.`,
    );
  return refusal("media.broken", `It could not be decoded (${firstLine(said) || why}).`);
}

/** One frame more than is kept is asked for, to know whether there is more. */
function ffmpegWords({ framesPerSecond, maxFrames, maxPixels }: Settings): readonly string[] {
  const reading = `-v error -nostdin -threads 1 -noautorotate -max_pixels ${maxPixels} -protocol_whitelist file,pipe`;
  const taking = `-map 0:v:0 -an -sn -dn -vf fps=${framesPerSecond} -frames:v ${maxFrames + 1}`;
  const writing = "-pix_fmt rgb24 -c:v ppm -f image2pipe pipe:1";
  const input = ["-format_whitelist", CONTAINERS, "-i", `file:/proc/self/fd/${FILE}`];
  return [...reading.split(" "), ...input, ...taking.split(" "), ...writing.split(" ")];
}

/** @returns null if the hasher said what nobody understands, or died */
async function framesOf(hasher: ChildProcess, most: number): Promise<readonly VideoFrame[] | null> {
  if (hasher.stdout === null) return null;
  const frames: VideoFrame[] = [];
  const ended = endOf(hasher);
  try {
    for await (const { words } of messagesOf(hasher.stdout, 0)) {
      frames.push(videoFrame(words, frames.length));
      if (frames.length > most) break;
    }
  } catch {
    return null;
  }
  return frames.length > most || (await ended).code === 0 ? frames : null;
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; why: string }> {
  return await new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      resolve({ code: null, why: error.code ?? error.message }),
    );
    child.once("exit", (code, signal) => resolve({ code, why: signal ?? `ended with ${code}` }));
  });
}

async function textOf(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString("utf8")).slice(0, 500);
  });
  if (child.stderr !== null) await finished(child.stderr).catch(() => undefined);
  return said;
}

/** ffmpeg names the file that it was given, which has no name that anybody knows. */
function firstLine(said: string): string {
  return (said.split("\n", 1)[0] ?? "").replace(/^(\[[^\]]*\] ?)+/, "").replace(/^file:\S+ /, "");
}
