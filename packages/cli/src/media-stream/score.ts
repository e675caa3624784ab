import type { EditName } from "./edits.ts";

/** What a station said of one post, beside the truth. */
export interface Judged {
  readonly edit: EditName;
  readonly copyOf: string | undefined;
  readonly found: ReadonlyArray<{ readonly entry: string; readonly match: "exact" | "perceptual" }>;
}

/** How posts of one kind were recognised. */
export interface MediaScore {
  copies: number;
  /** Copies that were found as what they are. */
  right: number;
  others: number;
  /** Posts that were taken for a picture that they are no copy of. */
  wrong: number;
}

/** By which matches a post may be found. */
export const WAYS = ["exact", "any"] as const;
export type Way = (typeof WAYS)[number];

export function scoreMedia(judged: readonly Judged[], way: Way): MediaScore {
  const score = { copies: 0, right: 0, others: 0, wrong: 0 };
  for (const { copyOf, found } of judged) {
    const entries = found.filter(({ match }) => way === "any" || match === "exact").map(({ entry }) => entry);
    if (copyOf === undefined) score.others += 1;
    else score.copies += 1;
    if (copyOf !== undefined && entries.includes(copyOf)) score.right += 1;
    if (entries.some((entry) => entry !== copyOf)) score.wrong += 1;
  }
  return score;
}

/** Of the copies, the share that was found; null where there were none. */
export function recallOf({ copies, right }: MediaScore): number | null {
  return copies === 0 ? null : rounded(right / copies);
}

/** Of what was found, the share that is right; null where nothing was. */
export function precisionOf({ right, wrong }: MediaScore): number | null {
  return right + wrong === 0 ? null : rounded(right / (right + wrong));
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}

/** One line of the table: an edit, or all of them. */
export interface MediaRow {
  edit: EditName | "all";
  copies: number;
  others: number;
  exact: { recall: number | null; precision: number | null };
  any: { recall: number | null; precision: number | null };
}

/** A line for each edit in the order in which they first come, and one of all. */
export function mediaRows(judged: readonly Judged[]): MediaRow[] {
  const byEdit: Array<[MediaRow["edit"], readonly Judged[]]> = [...Map.groupBy(judged, ({ edit }) => edit)];
  return [...byEdit, ["all", judged] satisfies [MediaRow["edit"], readonly Judged[]]].map(([edit, posts]) => {
    const [exact, any] = [scoreMedia(posts, "exact"), scoreMedia(posts, "any")];
    return {
      edit,
      copies: any.copies,
      others: any.others,
      exact: { recall: recallOf(exact), precision: precisionOf(exact) },
      any: { recall: recallOf(any), precision: precisionOf(any) },
    };
  });
}
