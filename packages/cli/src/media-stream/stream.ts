import { EDITS, type EditName } from "./edits.ts";
import type { Original } from "./original.ts";

/** A post of a platform's media stream. What it is a copy of is known here and to no station. */
export interface StreamPost {
  readonly edit: EditName;
  /** The known picture that this is a copy of; none of a picture that nobody knows. */
  readonly copyOf: string | undefined;
  readonly bytes: Uint8Array;
}

export interface StreamPlan {
  /** In the bank. */
  readonly known: readonly Original[];
  /** Not in it; edited as the known ones are. */
  readonly others: readonly Original[];
  readonly edits: readonly EditName[];
  /** How many of the known pictures are posted with each edit, in turn. */
  readonly copiesEach: number;
  /** With how many edits each of the others is posted, in turn. */
  readonly postsOfOther: number;
}

/** The posts, one edit after another, made as they are asked for. */
export async function* mediaStream(plan: StreamPlan): AsyncGenerator<StreamPost> {
  const { known, others, edits, copiesEach, postsOfOther } = plan;
  for (const [turn, edit] of edits.entries()) {
    for (let copy = 0; copy < Math.min(copiesEach, known.length); copy += 1) {
      const original = known[(turn * copiesEach + copy) % known.length];
      if (original !== undefined) yield { edit, copyOf: original.name, bytes: await EDITS[edit](original) };
    }
    for (const [index, other] of others.entries()) {
      const isDue = (turn - (index % edits.length) + edits.length) % edits.length < postsOfOther;
      if (isDue) yield { edit, copyOf: undefined, bytes: await EDITS[edit](other) };
    }
  }
}

/** How many posts a plan makes. */
export function postsIn({ known, others, edits, copiesEach, postsOfOther }: StreamPlan): number {
  return (
    edits.length * Math.min(copiesEach, known.length) + others.length * Math.min(postsOfOther, edits.length)
  );
}
