import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import fc from "fast-check";
import { newDigests } from "../node/digests.ts";
import { plainDigests } from "./plain.ts";

for (const [name, open] of Object.entries({ newDigests, plainDigests }))
  test(`${name}: the digests of a file are those of its published examples, however it is cut`, () => {
    const stream = open();
    stream.update(Buffer.from("a"));
    stream.update(Buffer.from("bc"));
    assert.deepEqual(stream.finish(), {
      md5: "900150983cd24fb0d6963f7d28e17f72",
      sha1: "a9993e364706816aba3e25717850c26c9cd0d89d",
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      bytes: 3,
    });
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 90 })), (chunks) => {
        const cut = open();
        for (const chunk of chunks) cut.update(chunk);
        const whole = Buffer.concat(chunks);
        const digest = (algorithm: string) => createHash(algorithm).update(whole).digest("hex");
        const [md5, sha1, sha256] = [digest("md5"), digest("sha1"), digest("sha256")];
        assert.deepEqual(cut.finish(), { md5, sha1, sha256, bytes: whole.length });
      }),
    );
  });
