import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { hexOfHash } from "../pdq/hash.ts";
import { likeness, telling, type VideoFrame } from "./frames.ts";

const aHash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const aVideo = fc
  .uniqueArray(aHash, { minLength: 1, maxLength: 12, selector: hexOfHash })
  .map((hashes) => hashes.map((hash, frame): VideoFrame => ({ frame, hash: hexOfHash(hash), quality: 90 })));

/** The same hash with its first `bits` bits turned. */
function near(hex: string, bits: number): string {
  const hash = Uint8Array.from(Buffer.from(hex, "hex"));
  for (let bit = 0; bit < bits; bit++) hash[bit >> 3] = (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return hexOfHash(hash);
}

test("a video is like itself, and a part of it is wholly in it", () => {
  fc.assert(
    fc.property(aVideo, fc.nat(), (video, at) => {
      assert.deepEqual(likeness(video, video), { ofQuery: 100, ofOther: 100 });
      const part = video.slice(at % video.length);
      assert.equal(likeness(part, video).ofQuery, 100);
      assert.equal(likeness(video, part).ofOther, 100);
    }),
  );
});

test("what one sees of the other is what the other sees of it", () => {
  fc.assert(
    fc.property(aVideo, aVideo, (a, b) => {
      const [there, back] = [likeness(a, b), likeness(b, a)];
      assert.deepEqual(there, { ofQuery: back.ofOther, ofOther: back.ofQuery });
    }),
  );
});

test("a frame counts up to the distance and not beyond, and only with enough in it", () => {
  const one: VideoFrame[] = [{ frame: 0, hash: "5a".repeat(32), quality: 50 }];
  const at = (bits: number, quality = 50): VideoFrame[] => [
    { frame: 0, hash: near("5a".repeat(32), bits), quality },
  ];
  assert.deepEqual(likeness(one, at(31)), { ofQuery: 100, ofOther: 100 });
  assert.deepEqual(likeness(one, at(32)), { ofQuery: 0, ofOther: 0 });
  assert.deepEqual(likeness(one, at(0, 49)), { ofQuery: 0, ofOther: 0 });
  assert.deepEqual(likeness([], []), { ofQuery: 0, ofOther: 0 });
});

test("of a still scene one frame is told, and again what comes back later", () => {
  const [scene, other] = ["5a".repeat(32), "a5".repeat(32)];
  const hashes = [scene, near(scene, 2), near(scene, 1), near(scene, 3), other, scene];
  const frames = hashes.map((hash, frame) => ({ frame, hash, quality: 80 }));
  assert.deepEqual(
    telling(frames).map(({ frame }) => frame),
    [0, 3, 4, 5],
  );
});
