import type { MediaRow } from "./score.ts";

/** What came of a platform's media stream, for a person: one line for each kind of edit. */
export function mediaLines(media: {
  posts: number;
  toReview: number;
  reported: number;
  kinds: readonly MediaRow[];
}): string[] {
  const { posts, toReview, reported, kinds } = media;
  return [
    `${posts} made-up pictures posted, copies of known ones among them; ${toReview} wait for a person, ${reported} reported as a graded list knows them`,
    lineOf("", "copies", "others", "recall", "precision"),
    ...kinds.map(({ edit, copies, others, any }) =>
      lineOf(edit, String(copies), String(others), shareOf(any.recall), shareOf(any.precision)),
    ),
  ];
}

function lineOf(edit: string, ...cells: readonly string[]): string {
  return `  ${edit.padEnd(26)}${cells.map((cell) => cell.padStart(10)).join("")}`;
}

function shareOf(share: number | null): string {
  return share === null ? "-" : share.toFixed(2);
}
