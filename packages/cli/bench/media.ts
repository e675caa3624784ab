import { parseArgs } from "node:util";
import { listOf } from "../src/media-stream/bank-list.ts";
import { EDIT_NAMES } from "../src/media-stream/edits.ts";
import { postMedia } from "../src/media-stream/post-media.ts";
import { type Judged, mediaRows } from "../src/media-stream/score.ts";
import { mediaStream, postsIn, type StreamPlan, type StreamPost } from "../src/media-stream/stream.ts";
import { tableOf } from "./media/table.ts";
import { madePictures, picturesOf } from "./media/pictures.ts";
import { type Look, LOOKS, platformWith } from "./media/platforms.ts";

// npm run bench -- media [--json] [--known 120] [--others 300] [--copies 40] [--seed 1] [--pictures DIR]: posts edited copies of innocent pictures
// through the door for media of running stations, with each kind of edit as many copies, and pictures that no bank has, edited alike.
// Recall and precision by kind of edit: of exact matches, and of all matches where pictures are hashed by their pixels (plain), JPEGs
// by their coefficients (quick), and by probes too (deep); and the time of a post. Pictures are drawn from the seed, or a folder's.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    known: { type: "string", default: "120" },
    others: { type: "string", default: "300" },
    copies: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    pictures: { type: "string" },
  },
});

const pictures =
  values.pictures === undefined
    ? await madePictures(values.seed, Number(values.known), Number(values.others))
    : await picturesOf(values.pictures);
const plan: StreamPlan = {
  ...pictures,
  edits: EDIT_NAMES,
  copiesEach: Number(values.copies),
  // A few are posted with every edit, so that precision rests on something; hundreds with two.
  postsOfOther: pictures.others.length < 100 ? EDIT_NAMES.length : 2,
};

const looks = Object.keys(LOOKS) as Look[];
const judged = new Map<Look, Judged[]>(looks.map((look) => [look, []]));
const times = new Map<Look, number[]>(looks.map((look) => [look, []]));

{
  await using stack = new AsyncDisposableStack();
  const hook = { after: (end: () => unknown) => stack.defer(async () => void (await end())) };
  const entries = await listOf(pictures.known);
  const platforms = new Map(
    await Promise.all(looks.map(async (look) => [look, await platformWith(hook, look, entries)] as const)),
  );
  let posted = 0;
  for await (const post of mediaStream(plan)) {
    posted += 1;
    if (posted % 200 === 0) process.stderr.write(`${posted} of ${postsIn(plan)} posts\n`);
    for (const [look, at] of platforms) {
      const before = performance.now();
      const said = await postMedia(at, contextOf(posted), post.bytes);
      times.get(look)?.push(performance.now() - before);
      if (said === undefined) throw new Error("a station that nothing else asks had no time");
      judged.get(look)?.push(judgedOf(post, said.matches));
    }
  }
}

const rows = Object.fromEntries(looks.map((look) => [look, mediaRows(judged.get(look) ?? [])]));
const milliseconds = Object.fromEntries(looks.map((look) => [look, median(times.get(look) ?? [])]));
const result = {
  name: "media",
  pictures: values.pictures === undefined ? "made up, and one photograph of the reference" : "of a folder",
  known: pictures.known.length,
  others: pictures.others.length,
  posts: postsIn(plan),
  medianMillisecondsAPost: milliseconds,
  kinds: rows["plain"]?.map((row, at) => ({
    edit: row.edit,
    copies: row.copies,
    others: row.others,
    exact: row.exact,
    plain: row.any,
    quick: rows["quick"]?.[at]?.any,
    deep: rows["deep"]?.[at]?.any,
  })),
};
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : tableOf(result));

function judgedOf({ edit, copyOf }: StreamPost, found: Judged["found"]): Judged {
  return { edit, copyOf, found };
}

function contextOf(number: number) {
  return {
    reference: `bench-${number}`,
    account: { id: `account-${number}` },
    at: new Date(Date.now() - 60_000).toISOString(),
    address: "192.0.2.17",
    port: 40_123,
    where: `https://chat.example/albums/${number}`,
    public: true,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
