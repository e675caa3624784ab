import { type Pdq, plainPdq } from "./plain.ts";

/** PDQ in the fastest form that this place can run, in Node or a browser. */
export async function loadPdq(): Promise<Pdq> {
  return Promise.resolve(plainPdq());
}
