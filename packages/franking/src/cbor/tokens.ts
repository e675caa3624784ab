import { Tokenizer } from "cborg";
import { FrankingError } from "../error.ts";

type Token = ReturnType<Tokenizer["next"]>;

/**
 * The tokens of a CBOR encoding, refusing what this profile does not use and counting how deep it is nested, so that bytes from a
 * stranger neither build a float nor exhaust the stack.
 * @throws FrankingError `wire.cbor-malformed`, `wire.cbor-limit` from `next()`
 */
export function strictTokens(bytes: Uint8Array, depth: number) {
  const tokens = new Tokenizer(bytes, {
    allowIndefinite: false,
    allowUndefined: false,
    allowBigInt: true,
  });
  /** How many items each open array or map still waits for. */
  const open: number[] = [];
  return {
    done: () => tokens.done(),
    pos: () => tokens.pos(),
    next(): Token {
      const token = tokens.next();
      assertUsed(token);
      const items = itemsOf(token);
      if (items > 0) open.push(items);
      else closeFinished(open);
      if (open.length > depth)
        throw new FrankingError("wire.cbor-limit", `the CBOR is nested deeper than ${depth} levels`);
      return token;
    },
  };
}

// RFC 8949, section 3: major types.
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const SIMPLE = 7;

function assertUsed({ type }: Token): void {
  if (type.major < TAG) return;
  if (type.major === SIMPLE && (type.name === "true" || type.name === "false" || type.name === "null"))
    return;
  throw new FrankingError("wire.cbor-malformed", `this profile of CBOR has no ${type.name}`);
}

function itemsOf({ type, value }: Token): number {
  if (type.major === ARRAY) return Number(value);
  return type.major === MAP ? Number(value) * 2 : 0;
}

/** An item is complete: its array or map waits for one less, and is itself complete when it waits for none. */
function closeFinished(open: number[]): void {
  while (open.length > 0) {
    const left = (open.pop() ?? 0) - 1;
    if (left > 0) {
      open.push(left);
      return;
    }
  }
}
