import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import test from "node:test";
import fc from "fast-check";
import { messagesOf, writeMessage } from "./message.ts";

async function written(messages: readonly { words: unknown; bytes: Uint8Array }[]): Promise<Buffer> {
  const pipe = new PassThrough();
  for (const { words, bytes } of messages) writeMessage(pipe, words, bytes);
  pipe.end();
  return Buffer.concat(await Array.fromAsync(pipe as AsyncIterable<Buffer>));
}

function* cut(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const aMessage = fc.record({ words: fc.jsonValue(), bytes: fc.uint8Array({ maxLength: 50 }) });

test("messages arrive as they were written, wherever the pipe cuts them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aMessage, { maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      async (messages, size) => {
        const stream = Readable.from(cut(await written(messages), size), { objectMode: true });
        const read = await Array.fromAsync(messagesOf(stream, 50));
        assert.deepEqual(
          read.map(({ words, bytes }) => ({ words, bytes: Uint8Array.from(bytes) })),
          messages.map(({ words, bytes }) => ({
            words: JSON.parse(JSON.stringify(words)) as unknown,
            bytes,
          })),
        );
      },
    ),
  );
});

test("what says that it is longer than any message is none", async () => {
  const long = Buffer.from("ffffffff00000000", "hex");
  const heavy = Buffer.from("0000000200000033", "hex");
  for (const head of [long, heavy])
    await assert.rejects(Array.fromAsync(messagesOf(Readable.from([head]), 50)), /longer than any of ours/);
});
