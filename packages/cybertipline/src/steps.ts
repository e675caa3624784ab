/** Work that can be put aside after each of its steps, and what it comes to. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps one after the other. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** @param turn lets others have their turn before the next step */
export async function inTurns<Result>(steps: Steps<Result>, turn: () => Promise<unknown>): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    await turn();
    step = steps.next();
  }
  return step.value;
}
