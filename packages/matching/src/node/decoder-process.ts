import type { ChildProcess } from "node:child_process";
import { extname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { codeFolders } from "./code-folders.ts";
import type { Confinement, ProgramLimits } from "./confinement.ts";
import { type Message, messagesOf, writeMessage } from "./message.ts";

/** How a request to a decoding process ended. */
export type Answered =
  | { readonly how: "answered"; readonly words: unknown }
  | { readonly how: "too-slow" }
  /** It is gone: a signal's name, or what it ended with. */
  | { readonly how: "died"; readonly why: string };

/** One process that decodes files of strangers, one after the other. */
export interface DecoderProcess {
  /** False once it has died: it answers nothing any more. */
  readonly lives: boolean;
  /** How many files it was asked about. */
  readonly asked: number;
  /** Sends one file and waits for what it says; never rejects. One at a time. */
  ask(words: unknown, bytes: Uint8Array, milliseconds: number): Promise<Answered>;
  kill(): void;
}

/** What a decoder says is a few hashes and no bytes. */
const NO_BYTES = 0;
const SAID = 300;

/**
 * Starts Node with one of this folder's programs.
 *
 * @param program its name in this folder, without its ending
 */
export function startDecoder(
  confinement: Confinement,
  program: string,
  limits: ProgramLimits,
): DecoderProcess {
  const child = confinement.start(process.execPath, decoderWords(program), limits, ["pipe", "pipe", "pipe"]);
  return overPipes(child as Piped);
}

/**
 * Node's words for one of this folder's programs. Node's own permissions leave it the reading of our code and nothing else;
 * the confinement is what holds when a decoder in native code has been taken over.
 */
export function decoderWords(program: string): readonly string[] {
  // Where the package was installed from npm it is JavaScript.
  const ending = extname(import.meta.filename);
  return [
    "--permission",
    "--allow-addons",
    ...codeFolders().map((folder) => `--allow-fs-read=${folder}`),
    "--disable-warning=SecurityWarning",
    "--disable-warning=ExperimentalWarning",
    join(import.meta.dirname, `${program}${ending}`),
  ];
}

type Piped = ChildProcess & {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
};

function overPipes(child: Piped): DecoderProcess {
  let lives = true;
  let asked = 0;
  let said = "";
  const answers = messagesOf(child.stdout, NO_BYTES);
  const died = new Promise<Answered>((resolve) => {
    const end = (why: string): void => {
      lives = false;
      resolve({ how: "died", why: said === "" ? why : `${why}: ${said.trim()}` });
    };
    child.once("error", (error) => end(error.message));
    child.once("close", (code, signal) => end(signal ?? `ended with ${code}`));
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString("utf8")).slice(-SAID);
  });
  // A process that does not read its input has ended or will: how it ends is what counts.
  child.stdin.on("error", () => undefined);
  const kill = (): void => {
    lives = false;
    child.kill("SIGKILL");
  };
  return {
    get lives() {
      return lives;
    },
    get asked() {
      return asked;
    },
    kill,
    ask: async (words, bytes, milliseconds) => {
      asked++;
      writeMessage(child.stdin, words, bytes);
      const timer = new AbortController();
      const late = after(milliseconds, timer.signal);
      const answer = await Promise.race([nextOf(answers), died, late]);
      timer.abort();
      if (answer.how !== "answered") kill();
      return answer;
    },
  };
}

async function nextOf(answers: AsyncGenerator<Message>): Promise<Answered> {
  try {
    const next = await answers.next();
    return next.done === true
      ? await new Promise(() => undefined)
      : { how: "answered", words: next.value.words };
  } catch (error) {
    return { how: "died", why: error instanceof Error ? error.message : "it said what nobody understands" };
  }
}

async function after(milliseconds: number, signal: AbortSignal): Promise<Answered> {
  return await new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ how: "too-slow" }), milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
}
