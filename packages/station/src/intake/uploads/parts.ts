import { StationError } from "../../errors.ts";

/** A body that is read in parts, each to its end before the next. */
export interface BodyParts {
  /** The next part, of at least one byte and at most as many as were asked for; undefined at the end. */
  next(mostBytes: number): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/**
 * Takes a body apart without holding more of it than the portion in hand. A connection that breaks ends the part that it breaks in: what
 * came before is as good as what comes with an end.
 * @param mostBytes what may come in all
 * @throws from a part: StationError `request.too-large`
 */
export function bodyParts(body: AsyncIterator<Uint8Array>, mostBytes: number): BodyParts {
  let pending: Uint8Array = Buffer.alloc(0);
  let taken = 0;
  let hasEnded = false;

  /** The bytes at hand; none of them only at the end. */
  const fill = async (): Promise<Uint8Array> => {
    while (pending.length === 0 && !hasEnded) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await body.next();
      } catch {
        hasEnded = true;
        break;
      }
      if (next.done === true) hasEnded = true;
      else pending = next.value;
      taken += pending.length;
      if (taken > mostBytes)
        throw new StationError("request.too-large", "More bytes came than the upload has left to take.", {
          remedy: "Ask for the offset by HEAD, and send what is missing to the length that you declared.",
        });
    }
    return pending;
  };
  async function* part(most: number): AsyncGenerator<Uint8Array> {
    for (let left = most; left > 0; ) {
      const portion = (await fill()).subarray(0, left);
      if (portion.length === 0) return;
      pending = pending.subarray(portion.length);
      left -= portion.length;
      yield portion;
    }
  }
  return {
    async next(most) {
      return (await fill()).length === 0 ? undefined : part(most);
    },
  };
}
