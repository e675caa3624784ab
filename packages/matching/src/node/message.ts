import type { Readable, Writable } from "node:stream";

/** A message between the station's process and a decoding one: a few words, and bytes that belong to them. */
export interface Message {
  readonly words: unknown;
  readonly bytes: Uint8Array;
}

/** Longer words are no message of ours: a decoder that was taken over may say anything. */
const WORDS = 1024 * 1024;
const HEAD = 8;

/** Writes one message: the lengths of words and bytes (32 bits each, big-endian), the words as JSON, the bytes. */
export function writeMessage(to: Writable, words: unknown, bytes: Uint8Array = new Uint8Array(0)): void {
  const text = Buffer.from(JSON.stringify(words));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(text.length, 0);
  head.writeUInt32BE(bytes.length, 4);
  to.write(head);
  to.write(text);
  to.write(bytes);
}

/**
 * The messages that come in, until the stream ends.
 *
 * @param maxBytes a message with more bytes is an error
 * @throws Error when what comes is no message
 */
export async function* messagesOf(from: Readable, maxBytes: number): AsyncGenerator<Message> {
  let chunks: Buffer[] = [];
  let have = 0;
  let need = HEAD;
  for await (const chunk of from as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    have += chunk.length;
    while (have >= need) {
      const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      chunks = [all];
      const [words, bytes] = [all.readUInt32BE(0), all.readUInt32BE(4)];
      if (words > WORDS || bytes > maxBytes)
        throw new Error(`a message of ${words} and ${bytes} bytes is longer than any of ours`);
      need = HEAD + words + bytes;
      if (have < need) break;
      const text = all.toString("utf8", HEAD, HEAD + words);
      yield { words: JSON.parse(text) as unknown, bytes: all.subarray(HEAD + words, need) };
      chunks = [all.subarray(need)];
      have -= need;
      need = HEAD;
    }
  }
}
