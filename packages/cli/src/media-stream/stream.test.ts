import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPhotograph } from "@fairlead/simulator";
import { originalOf } from "./original.ts";
import { mediaStream, postsIn, type StreamPost } from "./stream.ts";

const pictures = await Promise.all(
  Array.from({ length: 7 }, async (_, number) => {
    return await originalOf(`p${number}`, drawPhotograph("kites", number, { width: 64, height: 64 }));
  }),
);

test("each edit has as many copies of known pictures, each picture its turn, and every other picture its posts", async () => {
  const plan = {
    known: pictures.slice(0, 4),
    others: pictures.slice(4),
    edits: ["same bytes", "grey", "mirrored", "as PNG"],
    copiesEach: 2,
    postsOfOther: 3,
  } as const;
  const posts: StreamPost[] = [];
  for await (const post of mediaStream(plan)) posts.push(post);
  assert.equal(posts.length, postsIn(plan));
  assert.equal(posts.length, 4 * 2 + 3 * 3);
  for (const edit of plan.edits)
    assert.equal(posts.filter((post) => post.edit === edit && post.copyOf !== undefined).length, 2);
  assert.deepEqual(new Set(posts.map(({ copyOf }) => copyOf)), new Set(["p0", "p1", "p2", "p3", undefined]));
  const others = posts.filter(({ copyOf, edit }) => copyOf === undefined && edit === "same bytes");
  for (const { bytes } of others) assert.ok(pictures.slice(4).some(({ file }) => file.equals(bytes)));
});
